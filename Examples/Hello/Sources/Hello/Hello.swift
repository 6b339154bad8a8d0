// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
import TandemServer

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Greets at `/hello/NAME`, and counts to ten at `/count`, a second a number.
@main
struct Hello {
    static func main() async throws {
        let port = getenv("PORT").flatMap { Int(String(cString: $0)) } ?? 8080
        let server = Server(ServerConfiguration(.tcp(port: port)), handler: Greeter()) { addresses in
            for address in addresses { print("Hello is at \(address)/hello/world") }
        }
        try await server.serve()
    }
}

struct Greeter: Handler {
    func respond(to request: Request) async throws -> Response {
        guard request.path == "/count" else {
            throw HTTPError(.notFound, "There is /hello/NAME and /count here.")
        }
        return Response(contentType: "text/plain") { writer in
            for number in 1...10 {
                try await writer.write("\(number)\n")
                try await Task.sleep(for: .seconds(1))
            }
        }
    }

    func respondImmediately(to request: Request) throws -> Response? {
        let path = request.path
        guard path.hasPrefix("/hello/") else { return nil }
        return Response("Hello, \(path.dropFirst("/hello/".count))!\n")
    }
}
