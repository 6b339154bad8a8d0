// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization
import TandemSchema

/// A client that says that it was here, and what it had last.
struct ReturningClient {
    private let namespace: SocketIONamespace
    private let client: SocketIOClient
    private let auth: JSONObject
    private let pid: String
    private let offset: String
    private let recovery: SocketIOOptions.ConnectionStateRecovery

    /// `nil` where it says no such thing, or nobody would remember.
    init?(_ namespace: SocketIONamespace, _ client: SocketIOClient, _ auth: JSONObject) {
        guard let recovery = namespace.namespaces.options.connectionStateRecovery,
            case .string(let pid)? = auth["pid"], case .string(let offset)? = auth["offset"]
        else { return nil }
        self.namespace = namespace
        self.client = client
        self.auth = auth
        self.pid = pid
        self.offset = offset
        self.recovery = recovery
    }

    /// Gives it back what it had; `false` where it has to join as any other does.
    func admit(_ listeners: NamespaceListeners.Listeners) async -> Bool {
        // Its connection is lost, though we have not heard so yet.
        if let before = self.namespace.adapter.local.socket(pid: self.pid), before.client !== self.client {
            before.closed(.transportClose)
            // Where another thread has begun to close it, that is about to be done.
            while before.isClosing { await Task.yield() }
            before.client.session.close(.transportClose)
        }
        let restored = Mutex<SocketIOSocket?>(nil)
        if !self.recovery.skipMiddlewares {
            _ = await self.restore { session in
                restored.withLock { $0 = self.socket(of: session) }
                return false
            }
            guard let socket = restored.withLock({ $0 }) else { return false }
            // It has its answer where it does not pass.
            guard await self.namespace.passes(socket, listeners) else { return true }
        }
        let isAdmitted = await self.restore { session in
            let socket = restored.withLock { restored in
                let socket = restored ?? self.socket(of: session)
                restored = socket
                return socket
            }
            return self.namespace.admit(socket, session.missedPackets)
        }
        guard isAdmitted, let socket = restored.withLock({ $0 }) else { return false }
        self.namespace.begin(socket, listeners)
        return true
    }

    private func restore(_ admit: @Sendable (SocketIOSession) -> Bool) async -> Bool {
        // An adapter that fails remembers nothing.
        (try? await self.namespace.adapter.restoreSession(pid: self.pid, offset: self.offset, admit: admit)) ?? false
    }

    private func socket(of session: SocketIOSession) -> SocketIOSocket {
        SocketIOSocket(self.namespace, self.client, auth: self.auth, session: session)
    }
}
