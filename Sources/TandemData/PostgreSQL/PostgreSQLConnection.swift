// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL
import CTandemPostgreSQL
import Synchronization
import TandemSockets

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
    /// What is to be sent next.
    private let outbox = Mutex<[(PostgreSQLRequest, [PostgreSQLCommand], SocketLoop?)]>([])

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
        self.link.withLock { self.move(&$0, to: watcher.loop) }
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
            throw .unconnected(PQerrorMessage(handle).map { String(cString: $0) } ?? "")
        }
        return PostgreSQLConnection(handle, keptStatements: keptStatements, watcher: watcher, owner: owner)
    }

    /// Whether a server answers there at all; to be called where it may block.
    static func isReachable(_ url: String) -> Bool { [PQPING_OK, PQPING_REJECT].contains(PQping(url)) }

    var isClean: Bool { self.withLink { $0.isClean } }

    /// Closes it; what is on the way fails.
    func close(_ error: DatabaseError? = nil) {
        let (requests, writer, cause) = self.withLink { link in
            link.loop?.remove(self.socket, id: self.id)
            link.loop = nil
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
    /// Does something under the connection's lock, and then sends what others could not meanwhile.
    private func withLink<Value: Sendable>(_ body: (inout PostgreSQLLink) -> Value) -> Value {
        let value = self.link.withLock { body(&$0) }
        if !self.outbox.withLock({ $0.isEmpty }) { self.sendOutbox() }
        return value
    }
}

extension PostgreSQLConnection {
    /// Waits for the result of what `submit` sends, and calls `onCancel` when the task is cancelled meanwhile.
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
    ///
    /// The loop, if there is one, is to watch the socket from now on, unless something is on the way already.
    func submit(
        _ commands: [PostgreSQLCommand],
        ticket: UInt64 = 0,
        on loop: SocketLoop? = nil,
        completion: @escaping PostgreSQLRequest.Completion
    ) {
        let request = PostgreSQLRequest(ticket: ticket, began: .now, completion: completion)
        self.outbox.withLock { $0.append((request, commands, loop)) }
        self.sendOutbox()
    }

    /// Sends what is in the outbox, if nobody has the connection's lock; else whoever has it does so afterwards.
    ///
    /// A system call is made under the lock: nobody is to wait for another's.
    private func sendOutbox() {
        var refused: [(PostgreSQLRequest, DatabaseError)] = []
        var stands = true
        repeat {
            let isFree: Void? = self.link.withLockIfAvailable { link in
                for (request, commands, loop) in self.outbox.withLock({ $0.takeAll() }) {
                    if let error = link.refusal {
                        refused.append((request, error))
                    } else {
                        if let loop, loop !== link.loop, link.requests.isEmpty { self.move(&link, to: loop) }
                        stands = link.send(commands, request) && stands
                    }
                }
                stands = self.flush(&link) && stands
            }
            if isFree == nil { break }
        } while !self.outbox.withLock { $0.isEmpty }
        for (request, error) in refused { request.completion?(.failure(error)) }
        if !stands { self.close() }
    }

    /// Has what was sent written as far as the system takes it, and the rest when it does.
    ///
    /// - Returns: Whether the connection still stands.
    private func flush(_ link: inout PostgreSQLLink) -> Bool {
        guard let waits = link.flush() else { return link.handle == nil }
        if waits != link.isWaiting {
            link.isWaiting = waits
            link.loop?.change(self.socket, id: self.id, writing: waits)
        }
        return true
    }

    /// No longer waits for an answer.
    ///
    /// - Returns: Whether it had not come yet.
    @discardableResult
    func drop(_ ticket: UInt64) -> Bool {
        let unsent = self.outbox.withLock { outbox -> PostgreSQLRequest.Completion? in
            guard let index = outbox.firstIndex(where: { $0.0.ticket == ticket }) else { return nil }
            defer { outbox[index].0.completion = nil }
            return outbox[index].0.completion
        }
        let completion =
            unsent
            ?? self.withLink { link -> PostgreSQLRequest.Completion? in
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
        self.withLink { $0.requests.contains { $0.ticket == ticket } }
    }

    /// How long the first request has been waiting for its answer, where that is limited.
    func overdue(at now: ContinuousClock.Instant) -> Duration {
        self.withLink { link in link.isPatient ? .zero : link.requests.first.map { now - $0.began } ?? .zero }
    }

    /// Has what runs take as long as it likes, or no longer.
    func wait(patiently isPatient: Bool) {
        self.withLink { $0.isPatient = isPatient }
    }

    /// Has another loop watch the socket; the watcher where that one has ended.
    ///
    /// The loop holds the connection until it is closed: a weak reference would make each of the strong ones slower.
    private func move(_ link: inout PostgreSQLLink, to loop: SocketLoop) {
        link.loop?.remove(self.socket, id: self.id)
        let isWaiting = link.isWaiting
        link.loop = [loop, self.watcher.loop].first { loop in
            loop.add(self.socket, id: self.id, writing: isWaiting) { event in
                switch event {
                case .ready: self.socketIsReady()
                case .ended: self.loopHasEnded()
                }
            }
        }
    }

    private func loopHasEnded() {
        self.withLink { link in if link.handle != nil { self.move(&link, to: self.watcher.loop) } }
    }

    /// Takes what has come; on the thread of the loop that watches the socket.
    private func socketIsReady() {
        var answered: [PostgreSQLRequest] = []
        let (stands, writer, notifications) = self.withLink { link in
            let stands = link.receive(&answered) && (!link.isWaiting || self.flush(&link))
            let isWritten = stands && !link.isWaiting
            defer { if isWritten { link.writer = nil } }
            return (stands, isWritten ? link.writer : nil, link.notifications())
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
        try await self.written()
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
        let answer = PostgreSQLAnswer()
        let request = PostgreSQLRequest(ticket: 0, began: .now, completion: answer.bring)
        let stands = self.withLink { link in send(&link, request) && self.flush(&link) }
        if !stands {
            self.close()
            // A request that did not even get in line.
            if answer.result == nil { throw .lost(PostgreSQLError(message: "The connection broke during a COPY.")) }
        }
        // An error that came before the end of the rows has been read already; of it no socket tells any more.
        self.socketIsReady()
        return try await answer.wait()
    }

    /// Waits until the system has taken what was sent.
    private func written() async throws(DatabaseError) {
        let stands = await withCheckedContinuation { continuation in
            let now: Bool? = self.withLink { link in
                guard link.handle != nil, self.flush(&link) else { return false }
                if !link.isWaiting { return true }
                link.writer = continuation
                return nil
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
extension Array {
    fileprivate mutating func takeAll() -> Self {
        defer { self = [] }
        return self
    }
}
#endif
