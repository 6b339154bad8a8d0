// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP

extension EngineServer {
    /// A request that was looked at: whom it is of.
    enum Admitted {
        case session(EngineSession)
        /// A client without a session yet.
        case client
    }

    /// Looks at a request as far as that can be done at once, in the order of the reference implementation.
    func admit(_ request: Request, isUpgrade: Bool = false) throws(EngineError) -> Admitted {
        let query = request.queryItems
        guard let transport = query["transport"].flatMap(EngineTransport.init),
            self.options.transports.contains(transport)
        else { throw .transportUnknown }
        if isUpgrade, transport == .polling { throw .badRequest }
        if let id = query["sid"], !id.isEmpty {
            guard let session = self.sessions[id], session.tick() else { throw .sessionUnknown }
            if isUpgrade { return .session(session) }
            guard transport == session.transport, transport == .polling else { throw .badRequest }
            return .session(session)
        }
        guard isUpgrade || request.method == .get else { throw .badHandshakeMethod }
        guard isUpgrade || transport == .polling else { throw .badRequest }
        if self.options.allowRequest == nil, query["EIO"] != "4" { throw .unsupportedVersion }
        return .client
    }

    /// Asks the application whether a client may connect, and looks at the version that it speaks.
    func allow(_ request: Request) async throws(EngineError) {
        if let allowRequest = self.options.allowRequest {
            do {
                try await allowRequest(request)
            } catch {
                throw .forbidden((error as? HTTPError)?.detail)
            }
        }
        guard request.queryItems["EIO"] == "4" else { throw .unsupportedVersion }
    }
}
