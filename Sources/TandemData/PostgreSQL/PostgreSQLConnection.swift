// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL
import CTandemPostgreSQL
import Synchronization

/// A connection that several may use at once.
final class PostgreSQLConnection: Sendable {
    /// What becomes of it, for whoever keeps it.
    struct Owner: Sendable {
        /// So many requests have their answers.
        var answered: @Sendable (PostgreSQLConnection, Int) -> Void = { _, _ in }
        var closed: @Sendable (PostgreSQLConnection) -> Void = { _ in }
        var notified: @Sendable (PostgreSQLNotification) -> Void = { _ in }
    }

    let id: UInt64
    let socket: Int32
    /// What cancels the statement that runs.
    private let canceller: Canceller?
    private let watcher: SocketWatcher
    private let owner: Owner
    private let link: Mutex<PostgreSQLLink>

    private static let ids = Atomic<UInt64>(1)
    private static let tickets = Atomic<UInt64>(1)

    /// Takes over a connection of libpq's that stands.
    private init(_ handle: OpaquePointer, keptStatements: Int, watcher: SocketWatcher, owner: Owner) {
        self.id = Self.ids.wrappingAdd(1, ordering: .relaxed).oldValue
        self.socket = PQsocket(handle)
        self.canceller = PQgetCancel(handle).map(Canceller.init)
        self.watcher = watcher
        self.owner = owner
        self.link = Mutex(PostgreSQLLink(LibpqObject(pointer: handle), keptStatements: keptStatements))
    }

    /// Connects; to be called where it may block, as long as `connectTimeout` for each host.
    static func open(
        _ url: String,
        keptStatements: Int,
        watcher: SocketWatcher,
        owner: Owner
    ) throws(DatabaseError) -> PostgreSQLConnection {
        guard let handle = PQconnectdb(url) else {
            throw .lost(PostgreSQLError(message: "There is no memory for a connection."))
        }
        guard PQstatus(handle) == CONNECTION_OK else {
            defer { PQfinish(handle) }
            throw .lost(PostgreSQLError(message: PQerrorMessage(handle).map { String(cString: $0) } ?? ""))
        }
        let connection = PostgreSQLConnection(handle, keptStatements: keptStatements, watcher: watcher, owner: owner)
        watcher.add(connection)
        return connection
    }

    /// Whether a server answers there at all; to be called where it may block.
    static func isReachable(_ url: String) -> Bool { [PQPING_OK, PQPING_REJECT].contains(PQping(url)) }

    var isClean: Bool { self.link.withLock { $0.isClean } }

    /// Closes it; what is on the way fails.
    func close(_ error: DatabaseError? = nil) {
        self.watcher.remove(self)
        let (requests, writer, cause) = self.link.withLock { link in
            let cause = PostgreSQLError(message: link.message)
            let requests = link.close()
            defer { link.writer = nil }
            return (requests, link.writer, cause)
        }
        // The pool hears of it before those who may ask it for another.
        self.owner.closed(self)
        writer?.resume(returning: false)
        for request in requests {
            if case .failure(let error) = request.outcome {
                request.completion?(.failure(error))
            } else {
                request.completion?(.failure(error ?? .lost(cause)))
            }
        }
    }
}

// MARK: - Requests

extension PostgreSQLConnection {
    /// Waits for the result of what `submit` sends.
    ///
    /// - Parameter onCancel: What to do when the task is cancelled.
    func perform(
        submit: (_ ticket: UInt64, @escaping PostgreSQLRequest.Completion) -> Void,
        onCancel: @escaping @Sendable (_ ticket: UInt64) -> Void
    ) async throws(DatabaseError) -> PostgreSQLResult {
        let ticket = Self.tickets.wrappingAdd(1, ordering: .relaxed).oldValue
        let result: Result<PostgreSQLResult, DatabaseError> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                submit(ticket) { continuation.resume(returning: $0) }
                // The handler may have come before the request.
                if Task.isCancelled { onCancel(ticket) }
            }
        } onCancel: {
            onCancel(ticket)
        }
        return try result.get()
    }

    /// Sends commands, and has the last one's result given to `completion`.
    func submit(
        _ commands: [PostgreSQLCommand],
        ticket: UInt64 = 0,
        completion: @escaping PostgreSQLRequest.Completion
    ) {
        self.request(PostgreSQLRequest(ticket: ticket, began: .now, completion: completion)) { link, request in
            link.send(commands, request)
        }
    }

    /// Has a request go out, on this thread as far as the system takes its bytes.
    private func request(
        _ request: PostgreSQLRequest,
        send: (inout PostgreSQLLink, PostgreSQLRequest) -> Bool
    ) {
        enum Outcome { case sent, broken, closed, busy }
        let outcome: Outcome = self.link.withLock { link in
            guard link.handle != nil else { return .closed }
            // Only the end of a COPY may come now.
            guard link.isPipelined || request.isCopy else { return .busy }
            guard send(&link, request), let waits = link.flush() else { return .broken }
            if waits { self.watcher.change(self, writing: true) }
            return .sent
        }
        switch outcome {
        case .sent: return
        case .broken: self.close()
        case .busy:
            let during = "A statement was run in a transaction during a bulk insert; wait for its end."
            request.completion?(.failure(DatabaseError(.invalidStatement, during)))
        case .closed:
            let cause = PostgreSQLError(message: "The connection was closed before the statement.", isUnsent: true)
            request.completion?(.failure(.lost(cause)))
        }
    }

    /// No longer waits for an answer.
    ///
    /// - Returns: Whether it had not come yet.
    @discardableResult
    func drop(_ ticket: UInt64) -> Bool {
        let completion = self.link.withLock { link -> PostgreSQLRequest.Completion? in
            guard let index = link.requests.firstIndex(where: { $0.ticket == ticket }) else { return nil }
            defer { link.requests[index].completion = nil }
            return link.requests[index].completion
        }
        completion?(.failure(.abandoned))
        return completion != nil
    }

    /// Has the server give up the statement that runs; blocks until the server has heard.
    func cancelRunning() { self.canceller?.cancel() }

    /// Whether the answer to a request has not come yet.
    func awaits(_ ticket: UInt64) -> Bool {
        self.link.withLock { $0.requests.contains { $0.ticket == ticket } }
    }

    /// How long the first request has been waiting for its answer.
    func overdue(at now: ContinuousClock.Instant) -> Duration {
        self.link.withLock { link in link.requests.first.map { now - $0.began } ?? .zero }
    }

    /// Takes what has come; on the watcher's thread.
    func socketIsReady(isWritable: Bool) {
        var answered: [PostgreSQLRequest] = []
        let (stands, writer, notifications) = self.link.withLock { link in
            var stands = link.receive(&answered)
            var isFlushed = false
            if stands, isWritable {
                if let waits = link.flush() { isFlushed = !waits } else { stands = false }
            }
            if isFlushed { self.watcher.change(self, writing: false) }
            defer { if isFlushed { link.writer = nil } }
            return (stands, isFlushed ? link.writer : nil, link.notifications())
        }
        if !answered.isEmpty { self.owner.answered(self, answered.count) }
        writer?.resume(returning: true)
        for notification in notifications { self.owner.notified(notification) }
        for request in answered {
            let lost = DatabaseError.lost(PostgreSQLError(message: "The server gave no answer."))
            request.completion?(request.outcome ?? .failure(lost))
        }
        if !stands { self.close() }
    }
}

// MARK: - COPY

extension PostgreSQLConnection {
    /// Begins a COPY; nothing else may be on the way.
    func beginCopy(_ text: String) async throws(DatabaseError) {
        _ = try await self.requested { link, request in link.beginCopy(text, request) }
    }

    /// Sends some rows, and waits until the system has taken them.
    func copy(_ bytes: [UInt8]) async throws(DatabaseError) {
        guard self.link.withLock({ $0.copy(bytes) }) else {
            self.close()
            throw .lost(PostgreSQLError(message: "The connection broke during a COPY."))
        }
        try await self.flushed()
    }

    /// Ends a COPY, and waits for what the server says of it.
    func endCopy(failure: String? = nil) async throws(DatabaseError) {
        let outcome: Result<PostgreSQLResult, DatabaseError>
        do throws(DatabaseError) {
            outcome = .success(try await self.requested { link, request in link.endCopy(failure, request) })
        } catch {
            outcome = .failure(error)
        }
        if !self.link.withLock({ $0.resumePipeline() }) { self.close() }
        _ = try outcome.get()
    }

    private func requested(
        _ send: (inout PostgreSQLLink, PostgreSQLRequest) -> Bool
    ) async throws(DatabaseError) -> PostgreSQLResult {
        let result: Result<PostgreSQLResult, DatabaseError> = await withCheckedContinuation { continuation in
            let completion: PostgreSQLRequest.Completion = { continuation.resume(returning: $0) }
            self.request(PostgreSQLRequest(ticket: 0, began: .now, isCopy: true, completion: completion), send: send)
        }
        return try result.get()
    }

    private func flushed() async throws(DatabaseError) {
        let stands = await withCheckedContinuation { continuation in
            let now: Bool? = self.link.withLock { link in
                guard let waits = link.flush() else { return false }
                if waits {
                    link.writer = continuation
                    self.watcher.change(self, writing: true)
                }
                return waits ? nil : true
            }
            if let now { continuation.resume(returning: now) }
        }
        if !stands { throw .lost(PostgreSQLError(message: "The connection broke during a COPY.")) }
    }
}

/// libpq's key to the statement that a connection runs.
private final class Canceller: Sendable {
    private let key: LibpqObject

    init(_ pointer: OpaquePointer) {
        self.key = LibpqObject(pointer: pointer)
    }

    deinit { PQfreeCancel(self.key.pointer) }

    func cancel() {
        var message = [CChar](repeating: 0, count: 256)
        PQcancel(self.key.pointer, &message, 256)
    }
}
#endif
