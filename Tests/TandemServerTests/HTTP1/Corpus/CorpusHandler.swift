// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
import TandemServer

/// Answers with what the server made of the request, so that a request that was read wrongly shows.
struct CorpusHandler: Handler {
    /// What is quick to answer is answered at once, so that both ways through the server are used.
    func respondImmediately(to request: Request) throws -> Response? {
        request.body.complete == nil
            ? nil : Response(Self.describe(request, body: request.body.complete?.string ?? "?"))
    }

    func respond(to request: Request) async throws -> Response {
        if request.path == "/unread" { return Response("unread") }
        let body = try await request.body.collect(upTo: 1 << 20)
        return Response(Self.describe(request, body: body.string ?? "?"))
    }

    /// `METHOD TARGET BODY`, and for some paths something else of the request.
    private static func describe(_ request: Request, body: String) -> String {
        let target = request.query.map { "\(request.path)?\($0)" } ?? request.path
        let trailers = request.body.trailers.map { "\($0.name)=\($0.value)" }
        switch request.path {
        case "/authority": return "authority \(request.authority ?? "none")"
        case "/x": return "x=\(request.headers.all("x"))"
        default:
            return ([request.method.rawValue, target, body] + trailers).filter { !$0.isEmpty }.joined(separator: " ")
        }
    }
}

extension CorpusCase.Setting {
    var configuration: ServerConfiguration {
        .test { configuration in
            switch self {
            case .plain: break
            case .limited:
                configuration.limits.requestLine = 100
                configuration.limits.headerBytes = 200
                configuration.limits.headerCount = 6
                configuration.limits.body = 20
            case .hosts: configuration.hosts = ["h", "example.com", ".example.org"]
            }
        }
    }
}
