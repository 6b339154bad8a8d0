// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
import TandemSchema

extension EngineServer {
    /// The answer to a request, where it need not wait.
    func immediateAnswer(to request: Request) -> Response? {
        do throws(EngineError) {
            switch try self.admit(request) {
            case .client where self.options.allowRequest == nil: return try self.handshake(request)
            case .session(let session) where request.method == .get:
                return session.pollImmediately().map { Self.response($0) }
            default: return nil
            }
        } catch {
            return Self.response(error)
        }
    }

    /// The answer to a request.
    func answer(_ request: Request) async -> Response {
        do throws(EngineError) {
            switch try self.admit(request) {
            case .client:
                try await self.allow(request)
                return try self.handshake(request)
            case .session(let session):
                switch request.method {
                case .get: return Self.response(await session.poll())
                case .post: return try await self.deliver(request, to: session)
                default: return Response(status: .internalServerError)
                }
            }
        } catch {
            return Self.response(error)
        }
    }

    private func handshake(_ request: Request) throws(EngineError) -> Response {
        let session = EngineSession(Handshake(request), in: self.sessions)
        let opening = self.opening(of: session)
        guard self.open(session) else { throw .badRequest }
        var response = Self.response(.packets([opening]))
        if let cookie = self.options.cookie { response.headers.add("set-cookie", cookie.field(session.id)) }
        return response
    }

    /// Takes the packets of a request's body.
    private func deliver(_ request: Request, to session: EngineSession) async throws(EngineError) -> Response {
        guard session.update({ state, effects in state.beginPost(&effects) }) else {
            return Response(status: .badRequest)
        }
        defer { session.update { state, _ in state.endPost() } }
        let body: Bytes
        do {
            body = try await request.body.collect(upTo: self.options.maxHttpBufferSize)
        } catch {
            if (error as? HTTPError)?.status == .contentTooLarge { return Response(status: .contentTooLarge) }
            session.fail(.transportError)
            throw .badRequest
        }
        guard request.headers["content-type"] != "application/octet-stream" else {
            session.fail(.transportError)
            throw .badRequest
        }
        do {
            try await self.deliver(body, to: session)
        } catch {
            session.fail(.parseError)
            throw .badRequest
        }
        // Not as plain text, which some browsers would have people download.
        var response = Response(Bytes("ok"), contentType: "text/html")
        response.headers.add("cache-control", "no-store")
        return response
    }

    private func deliver(_ body: Bytes, to session: EngineSession) async throws(MalformedPacket) {
        guard var payload = EnginePayload(body) else { throw MalformedPacket() }
        var count = 0
        while let packet = try payload.next(), await session.take(packet) {
            count += 1
            // A megabyte holds half a million packets; others have their turn in between.
            if count % 64 == 0 { await Task.yield() }
        }
    }

    private static func response(_ outcome: PollOutcome) -> Response {
        switch outcome {
        case .packets(let packets):
            let body = EnginePayload.encode(packets)
            var response = Response(body, contentType: "text/plain; charset=UTF-8")
            response.headers.add("cache-control", "no-store")
            return response
        case .overlap: return Response(status: .badRequest)
        case .gone: return Self.response(.sessionUnknown)
        }
    }

    /// A refusal as the reference implementation writes it.
    private static func response(_ error: EngineError) -> Response {
        var json = Bytes("{\"code\":\(error.code),\"message\":")
        json.append(Bytes((try? JSON.encode(error.message)) ?? []))
        json.append("}")
        return Response(json: json, status: error.code == 4 ? .forbidden : .badRequest)
    }
}
