// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemSchema

/// What listens to events by their names, with arguments of the types that a closure takes: a socket, and a namespace
/// for what other processes emit.
public protocol SocketIOListening {
    /// Calls a listener for each event of its name.
    func add(_ listener: SocketIOListener)
}

// Each number of arguments is written out: for closures as a parameter pack takes them, Swift 6.3 crashes.
extension SocketIOListening {
    /// Listens to an event, whose arguments are of the types that the closure takes.
    ///
    /// An event whose arguments are not is none: the listeners of errors are told. Additional arguments are left alone.
    /// A client that wants an acknowledgement gets it once the closure has returned, and none where it throws.
    public func on(
        _ event: String,
        _ handler: @escaping @Sendable () async throws -> Void
    ) {
        self.add(
            SocketIOListener(event) { _ in
                try await handler()
                return .none
            }
        )
    }

    /// Listens to an event with no arguments; what the closure returns is the acknowledgement.
    public func on<Answer: Schema>(
        _ event: String,
        _ handler: @escaping @Sendable () async throws -> Answer
    ) {
        self.add(
            SocketIOListener(event) { _ in
                return SocketIOPayload(try await handler())
            }
        )
    }

    /// Listens to an event with one argument.
    public func on<A: Schema>(
        _ event: String,
        _ handler: @escaping @Sendable (A) async throws -> Void
    ) {
        self.add(
            SocketIOListener(event) { event in
                let arguments = try event.arguments(as: A.self)
                try await handler(arguments)
                return .none
            }
        )
    }

    /// Listens to an event with one argument; what the closure returns is the acknowledgement.
    public func on<A: Schema, Answer: Schema>(
        _ event: String,
        _ handler: @escaping @Sendable (A) async throws -> Answer
    ) {
        self.add(
            SocketIOListener(event) { event in
                let arguments = try event.arguments(as: A.self)
                return SocketIOPayload(try await handler(arguments))
            }
        )
    }

    /// Listens to an event with two arguments.
    public func on<A: Schema, B: Schema>(
        _ event: String,
        _ handler: @escaping @Sendable (A, B) async throws -> Void
    ) {
        self.add(
            SocketIOListener(event) { event in
                let arguments = try event.arguments(as: A.self, B.self)
                try await handler(arguments.0, arguments.1)
                return .none
            }
        )
    }

    /// Listens to an event with two arguments; what the closure returns is the acknowledgement.
    public func on<A: Schema, B: Schema, Answer: Schema>(
        _ event: String,
        _ handler: @escaping @Sendable (A, B) async throws -> Answer
    ) {
        self.add(
            SocketIOListener(event) { event in
                let arguments = try event.arguments(as: A.self, B.self)
                return SocketIOPayload(try await handler(arguments.0, arguments.1))
            }
        )
    }

    /// Listens to an event with three arguments.
    public func on<A: Schema, B: Schema, C: Schema>(
        _ event: String,
        _ handler: @escaping @Sendable (A, B, C) async throws -> Void
    ) {
        self.add(
            SocketIOListener(event) { event in
                let arguments = try event.arguments(as: A.self, B.self, C.self)
                try await handler(arguments.0, arguments.1, arguments.2)
                return .none
            }
        )
    }

    /// Listens to an event with three arguments; what the closure returns is the acknowledgement.
    public func on<A: Schema, B: Schema, C: Schema, Answer: Schema>(
        _ event: String,
        _ handler: @escaping @Sendable (A, B, C) async throws -> Answer
    ) {
        self.add(
            SocketIOListener(event) { event in
                let arguments = try event.arguments(as: A.self, B.self, C.self)
                return SocketIOPayload(try await handler(arguments.0, arguments.1, arguments.2))
            }
        )
    }

    /// Listens to an event with four arguments.
    public func on<A: Schema, B: Schema, C: Schema, D: Schema>(
        _ event: String,
        _ handler: @escaping @Sendable (A, B, C, D) async throws -> Void
    ) {
        self.add(
            SocketIOListener(event) { event in
                let arguments = try event.arguments(as: A.self, B.self, C.self, D.self)
                try await handler(arguments.0, arguments.1, arguments.2, arguments.3)
                return .none
            }
        )
    }

    /// Listens to an event with four arguments; what the closure returns is the acknowledgement.
    public func on<A: Schema, B: Schema, C: Schema, D: Schema, Answer: Schema>(
        _ event: String,
        _ handler: @escaping @Sendable (A, B, C, D) async throws -> Answer
    ) {
        self.add(
            SocketIOListener(event) { event in
                let arguments = try event.arguments(as: A.self, B.self, C.self, D.self)
                return SocketIOPayload(try await handler(arguments.0, arguments.1, arguments.2, arguments.3))
            }
        )
    }

    /// Listens to an event with five arguments.
    public func on<A: Schema, B: Schema, C: Schema, D: Schema, E: Schema>(
        _ event: String,
        _ handler: @escaping @Sendable (A, B, C, D, E) async throws -> Void
    ) {
        self.add(
            SocketIOListener(event) { event in
                let arguments = try event.arguments(as: A.self, B.self, C.self, D.self, E.self)
                try await handler(arguments.0, arguments.1, arguments.2, arguments.3, arguments.4)
                return .none
            }
        )
    }

    /// Listens to an event with five arguments; what the closure returns is the acknowledgement.
    public func on<A: Schema, B: Schema, C: Schema, D: Schema, E: Schema, Answer: Schema>(
        _ event: String,
        _ handler: @escaping @Sendable (A, B, C, D, E) async throws -> Answer
    ) {
        self.add(
            SocketIOListener(event) { event in
                let arguments = try event.arguments(as: A.self, B.self, C.self, D.self, E.self)
                return SocketIOPayload(
                    try await handler(arguments.0, arguments.1, arguments.2, arguments.3, arguments.4)
                )
            }
        )
    }
}
