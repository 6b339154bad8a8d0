// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemHTTP
public import TandemSchema

/// A server for Socket.IO's clients: protocol 5 on Engine.IO's protocol 4.
///
/// ```swift
/// let io = SocketIOServer()
/// io.onConnection { socket in
///     socket.join("lobby")
///     socket.on("chat message") { (text: String) in io.to("lobby").emit("chat message", text) }
/// }
/// app.use(io)
/// ```
/// What it can do, its main namespace `/` can: most functions here are that one's.
public final class SocketIOServer: Sendable, SocketIOBroadcaster {
    /// The namespace `/`, which clients join where they name no other.
    public let sockets: SocketIONamespace
    private let namespaces: SocketIONamespaces
    private let engine: EngineServer

    /// A server.
    ///
    /// - Parameters:
    ///   - options: Its options.
    ///   - adapter: Makes the adapter of each namespace; a `MemoryAdapter` where there is none.
    public init(
        _ options: SocketIOOptions = SocketIOOptions(),
        adapter: (@Sendable (LocalSockets) -> any SocketIOAdapter)? = nil
    ) {
        let recovery = options.connectionStateRecovery
        let namespaces = SocketIONamespaces(options, adapter ?? { MemoryAdapter($0, recovery: recovery) })
        let timeouts = ConnectTimeouts(options.connectTimeout)
        self.namespaces = namespaces
        self.sockets = namespaces.namespace("/")
        self.engine = EngineServer(options) { session in
            let client = SocketIOClient(session, namespaces)
            timeouts.watch(client)
            return client
        }
    }

    /// All sockets of the main namespace.
    public var broadcastOperator: BroadcastOperator { self.sockets.broadcastOperator }

    /// How many clients are connected.
    public var clientsCount: Int { self.engine.clientsCount }

    /// How many namespaces there are.
    var namespaceCount: Int { self.namespaces.all.count }

    // MARK: - Namespaces

    /// The namespace of a name, which clients may join from now on.
    public func of(_ name: String) -> SocketIONamespace {
        self.namespaces.namespace(name.hasPrefix("/") ? name : "/" + name)
    }

    /// The namespaces whose names match a pattern; each is made once a client asks for it.
    public func of(_ pattern: Pattern) -> SocketIOParentNamespace { self.of { name, _ in pattern.matches(name) } }

    /// The namespaces that a closure says there are; each is made once a client asks for it.
    ///
    /// - Parameter admits: Has the name, and what the client sent to authenticate itself.
    public func of(
        where admits: @escaping @Sendable (_ name: String, _ auth: JSONObject) async throws -> Bool
    ) -> SocketIOParentNamespace {
        let parent = SocketIOParentNamespace(self.namespaces, admits)
        self.namespaces.add(parent)
        return parent
    }

    // MARK: - The main namespace

    /// Calls a closure for each client before it joins the main namespace; where it throws, the client does not.
    public func use(_ middleware: @escaping @Sendable (SocketIOSocket) async throws -> Void) {
        self.sockets.use(middleware)
    }

    /// Calls a closure for each client that has joined the main namespace.
    public func onConnection(_ listener: @escaping @Sendable (SocketIOSocket) async throws -> Void) {
        self.sockets.onConnection(listener)
    }

    /// Is told what middleware and listeners of all namespaces throw, and which arguments could not be read.
    public func onError(_ listener: @escaping @Sendable (any Error, SocketIOSocket) -> Void) {
        self.namespaces.onError(listener)
    }

    // MARK: - Its end

    /// Disconnects all clients, and takes no more.
    public func close() async {
        self.engine.close(.serverShuttingDown)
        for namespace in self.namespaces.all { await namespace.adapter.close() }
    }
}

extension SocketIOServer: Middleware {
    /// Answers the requests of its clients, by their path, and leaves all others to what follows.
    public func respond(to request: Request, next: Next) async throws -> Response {
        try await self.engine.respond(to: request, next: next)
    }

    /// Answers the requests of its clients that need no waiting.
    public func respondImmediately(to request: Request, next: Next) throws -> Response? {
        try self.engine.respondImmediately(to: request, next: next)
    }
}
