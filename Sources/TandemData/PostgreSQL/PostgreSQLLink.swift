// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL
import CTandemPostgreSQL
import TandemSockets

/// libpq's connection, and what is on its way through it; for whoever holds the connection's lock.
///
/// It is in pipeline mode, with a sync behind each request, so that an error harms its own request alone.
struct PostgreSQLLink: ~Copyable {
    /// Nil once it is closed.
    private(set) var handle: OpaquePointer?
    var requests: [PostgreSQLRequest] = []
    /// What watches the socket.
    var loop: SocketLoop?
    /// Whether something is left to write.
    var isWaiting = false
    /// Whether what runs may take as long as it likes.
    var isPatient = false
    /// Who waits until everything is written.
    var writer: CheckedContinuation<Bool, Never>?
    private var statements: PreparedStatements
    private(set) var isPipelined = true
    /// Whether it is in a state that nothing leads out of.
    private var isStuck = false
    let isEncrypted: Bool

    /// Takes over a connection of libpq's.
    init(_ object: LibpqObject, keptStatements: Int) {
        let handle = object.pointer
        self.handle = handle
        self.statements = PreparedStatements(capacity: keptStatements)
        self.isEncrypted = PQsslInUse(handle) != 0
        PQsetnonblocking(handle, 1)
        PQenterPipelineMode(handle)
        // What the server says without being asked would go to the program's standard error.
        PQsetNoticeReceiver(handle, { _, _ in }, nil)
    }

    deinit {
        if let handle = self.handle { PQfinish(handle) }
    }

    /// Closes it, and gives back what will never be answered.
    mutating func close() -> [PostgreSQLRequest] {
        guard let handle = self.handle else { return [] }
        PQfinish(handle)
        self.handle = nil
        defer { self.requests = [] }
        return self.requests
    }

    /// What libpq says of the connection.
    var message: String {
        self.handle.flatMap { PQerrorMessage($0) }.map { String(cString: $0) } ?? "The connection is closed."
    }

    /// Why no statement can be sent.
    var refusal: DatabaseError? {
        if self.handle == nil {
            return .lost(PostgreSQLError(message: "The connection was closed before the statement.", isUnsent: true))
        }
        // Only the end of a COPY may come now.
        if self.isPipelined { return nil }
        let during = "A statement was run in a transaction during a bulk insert; wait for its end."
        return DatabaseError(.invalidStatement, during)
    }

    /// Whether nothing is on its way and no transaction is open.
    var isClean: Bool {
        guard let handle = self.handle else { return false }
        return self.requests.isEmpty && self.isPipelined && PQtransactionStatus(handle) == PQTRANS_IDLE
    }
}

// MARK: - Sending

extension PostgreSQLLink {
    /// Puts commands on the way; when one fails those behind it are left out.
    ///
    /// - Returns: Whether libpq took them.
    mutating func send(_ commands: [PostgreSQLCommand], _ request: consuming PostgreSQLRequest) -> Bool {
        guard let handle = self.handle, self.isPipelined else { return false }
        var isSent = true
        for command in commands {
            let ahead = self.send(command, on: handle, &request.prepared)
            isSent = isSent && ahead >= 0
            request.ahead += ahead + 1
        }
        request.ahead -= 1
        self.requests.append(request)
        return isSent && PQpipelineSync(handle) == 1
    }

    /// Sends a command, and before it what prepares it.
    ///
    /// - Returns: How many answers come before its own; less than 0 where libpq did not take it.
    private mutating func send(
        _ command: PostgreSQLCommand,
        on handle: OpaquePointer,
        _ prepared: inout (text: StatementText, name: String)?
    ) -> Int {
        prepared = nil
        let values = command.parameters.values
        let count = Int32(values.count)
        if command.isKept, let name = self.statements.name(of: command.text, values) {
            prepared = (command.text, name)
            return tandem_pq_send(handle, name, nil, command.parameters.bytes, values, count) == 1 ? 0 : -1
        }
        guard command.isKept, self.statements.keeps(command.text.string) else {
            return tandem_pq_send(handle, nil, command.text.string, command.parameters.bytes, values, count) == 1
                ? 0 : -1
        }
        let name = self.statements.add(command.text, values)
        prepared = (command.text, name)
        let dropped = self.statements.takeDropped()
        for old in dropped where PQsendQueryParams(handle, "DEALLOCATE \(old)", 0, nil, nil, nil, nil, 1) != 1 {
            return -1
        }
        let types = values.map(\.type)
        guard PQsendPrepare(handle, name, command.text.string, count, types) == 1,
            tandem_pq_send(handle, name, nil, command.parameters.bytes, values, count) == 1
        else { return -1 }
        return dropped.count + 1
    }

    /// Writes what the system takes.
    ///
    /// - Returns: Whether something is left; nil where the connection broke.
    mutating func flush() -> Bool? {
        guard let handle = self.handle else { return nil }
        let result = PQflush(handle)
        return result < 0 ? nil : result == 1
    }
}

// MARK: - Receiving

extension PostgreSQLLink {
    /// Reads what has come.
    ///
    /// - Returns: Whether the connection still stands.
    mutating func receive(_ answered: inout [PostgreSQLRequest]) -> Bool {
        guard let handle = self.handle else { return false }
        // OpenSSL may hold on to the rest of what it has read, of which no socket tells.
        for _ in 0..<(self.isEncrypted ? 3 : 1) {
            let stands = PQconsumeInput(handle) == 1
            self.collect(&answered, from: handle)
            if !stands || self.isStuck { return false }
        }
        return true
    }

    /// Takes the results that are whole.
    private mutating func collect(_ answered: inout [PostgreSQLRequest], from handle: OpaquePointer) {
        // Between two commands libpq says once that there is no result.
        var blanks = 0
        while !self.requests.isEmpty, PQisBusy(handle) == 0 {
            guard let result = PQgetResult(handle) else {
                blanks += 1
                if !self.isPipelined, self.requests[0].outcome != nil { answered.append(self.requests.removeFirst()) }
                if blanks > 1 { return }
                continue
            }
            blanks = 0
            switch PQresultStatus(result) {
            case PGRES_PIPELINE_SYNC:
                PQclear(result)
                answered.append(self.requests.removeFirst())
            case PGRES_COPY_IN where !self.isPipelined:
                self.requests[0].outcome = .success(PostgreSQLResult(result))
                answered.append(self.requests.removeFirst())
                return
            case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
                PQclear(result)
                self.requests[0].outcome = .failure(DatabaseError(.invalidStatement, "COPY cannot run as a statement."))
                self.isStuck = true
                return
            default: self.take(result)
            }
        }
    }

    /// Takes a result for the first request.
    private mutating func take(_ result: OpaquePointer) {
        switch PQresultStatus(result) {
        case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
            if self.requests[0].ahead > 0 {
                self.requests[0].ahead -= 1
                PQclear(result)
            } else if self.requests[0].outcome == nil {
                self.requests[0].outcome = .success(PostgreSQLResult(result))
            } else {
                PQclear(result)
            }
        case PGRES_PIPELINE_ABORTED: PQclear(result)
        default:
            let cause = PostgreSQLError(result)
            PQclear(result)
            if case .failure = self.requests[0].outcome { return }
            self.requests[0].outcome = .failure(DatabaseError(cause))
            // It was to be prepared and is not, or is not any more, or is of no use.
            let isUnprepared = self.requests[0].ahead > 0 || cause.sqlState == "26000"
            if let (text, name) = self.requests[0].prepared, isUnprepared || cause.isStaleStatement {
                self.statements.remove(text, name, isPrepared: !isUnprepared)
            }
        }
    }

    /// What others have sent with NOTIFY.
    func notifications() -> [PostgreSQLNotification] {
        guard let handle = self.handle else { return [] }
        var all: [PostgreSQLNotification] = []
        while let pointer = PQnotifies(handle) {
            all.append(PostgreSQLNotification(pointer.pointee))
            PQfreemem(pointer)
        }
        return all
    }
}

// MARK: - COPY

extension PostgreSQLLink {
    /// Leaves pipeline mode, in which there is no COPY, and begins one.
    mutating func beginCopy(_ text: String, _ request: PostgreSQLRequest) -> Bool {
        guard let handle = self.handle, self.requests.isEmpty, PQexitPipelineMode(handle) == 1 else { return false }
        self.isPipelined = false
        self.requests.append(request)
        return PQsendQuery(handle, text) == 1
    }

    /// Puts some of the rows on the way.
    mutating func copy(_ bytes: [UInt8]) -> Bool {
        guard let handle = self.handle else { return false }
        return tandem_pq_copy(handle, bytes, Int32(clamping: bytes.count)) == 1
    }

    /// Says that there are no more, or why there will not be.
    mutating func endCopy(_ failure: String?, _ request: PostgreSQLRequest) -> Bool {
        guard let handle = self.handle else { return false }
        self.requests.append(request)
        return PQputCopyEnd(handle, failure) == 1
    }

    /// Goes back to pipeline mode when there is nothing on the way.
    mutating func resumePipeline() -> Bool {
        guard let handle = self.handle, self.requests.isEmpty else { return false }
        if !self.isPipelined, PQenterPipelineMode(handle) != 1 { return false }
        self.isPipelined = true
        return true
    }
}
#endif
