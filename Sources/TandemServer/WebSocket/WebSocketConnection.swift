// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import TandemHTTP

/// One WebSocket on its event loop: frames in, messages to the handler, frames out.
///
/// Never leaves its loop. What arrives while the handler waits for it is handed over, answered and written within one
/// call of `received`.
final class WebSocketConnection {
    let loop: LoopState
    let settings: WebSocketSettings
    let exchange: Exchange
    var place = 0

    /// What carries the bytes, until it is closed.
    var transport: (any Transport)?
    var phase = Phase.open
    /// Why no more messages come; `nil` while they may.
    var ending: Ending?
    /// When the client is asked whether it is there, or given up.
    var deadline = NIODeadline.distantFuture
    /// Whether the client is asked, and has not answered yet.
    var awaitsPong = false
    var stall = WriteStall()

    private var parser: WebSocketParser
    /// What has arrived and is not yet taken.
    private var input: ByteBuffer?
    private var inbox = MessageInbox()
    private var reader: Waiter<WebSocketMessage?>?
    private var hasBeenRead = false
    private var isProcessing = false
    var isReading = true
    /// Whether the client has sent its last byte.
    var inputIsClosed = false

    /// What is sent at the end of this turn, or once the client has read what was sent before.
    var output: ByteBuffer?
    /// Whether what is written is sent without more ado at the end of this call.
    private(set) var isInTurn = false
    var isFlushDue = false
    /// The latest frame that a slow reader has not room for, where all others are dropped.
    var latest: WebSocketFrame?
    var writers: [(frame: WebSocketFrame, waiter: Waiter<Void>)] = []
    var bytesSent = 0

    /// What packs messages, where that was agreed on.
    private var deflater: MessageDeflater?

    private let observation: Observation?
    /// What the handler threw.
    var failure: (any Error)?

    /// Where a connection stands in its life.
    enum Phase {
        case open
        /// Our close frame is sent, the client's is awaited.
        case closing
        /// Nothing more comes that matters: what is to be written is, and then our half of the connection is closed.
        case ending
        /// Our half is closed; what still comes is dropped until the client closes too.
        case lingering
        case closed
    }

    /// Why no more messages come.
    struct Ending {
        let error: WebSocketError
        /// Whether the messages end, rather than fail.
        let isNormal: Bool
    }

    /// A task that waits on this connection.
    struct Waiter<Value> {
        let id: Int
        let continuation: CheckedContinuation<Result<Value, WebSocketError>, Never>
    }

    init(
        _ upgrade: WebSocketUpgrade,
        transport: any Transport,
        loop: LoopState,
        exchange: Exchange,
        observation: Observation?
    ) {
        self.settings = upgrade.settings
        self.parser = WebSocketParser(upgrade.settings, compression: upgrade.compression)
        self.deflater = upgrade.compression.map { MessageDeflater($0) }
        self.transport = transport
        self.loop = loop
        self.exchange = exchange
        self.observation = observation
    }

    /// Begins, with the head that is to be sent and what has arrived behind the request.
    func opened(head: ByteBuffer?, received: ByteBuffer?) {
        self.loop.add(self)
        self.loop.context.observer.webSocketOpened()
        self.clientIsThere()
        self.output = head
        self.flushLater()
        if let received, received.readableBytes > 0 {
            self.input = ByteBuffer(bytes: received.readableBytesView)
            self.process()
        }
        if self.loop.context.isDraining { self.drain() }
    }
}

// MARK: - What the transport tells

extension WebSocketConnection: CarriedConnection {
    func received(_ bytes: consuming ByteBuffer) {
        guard self.phase == .open || self.phase == .closing else { return self.loop.giveBackReadBuffer(bytes) }
        self.clientIsThere()
        if self.input == nil {
            self.input = bytes
        } else {
            self.input?.writeImmutableBuffer(bytes)
            self.loop.giveBackReadBuffer(bytes)
        }
        self.isInTurn = true
        self.loop.executor.runningWoken { self.process() }
        self.isInTurn = false
        self.flush()
        self.releaseReadBuffer()
    }

    /// Gives the loop's read buffer back: what is left of a frame waits in storage of its own size.
    private func releaseReadBuffer() {
        guard let input = self.input, input.readableBytes < LoopState.readSize / 4 else { return }
        self.input = input.readableBytes > 0 ? ByteBuffer(bytes: input.readableBytesView) : nil
        self.loop.giveBackReadBuffer(input)
    }

    func inputEnded() {
        self.inputIsClosed = true
        switch self.phase {
        case .open, .closing, .lingering: self.abort()
        case .ending, .closed: break
        }
    }

    func becameWritable() {}

    func allWritten() {
        self.admitWriters()
        self.flush()
    }

    func closed() {
        guard self.phase != .closed else { return }
        self.phase = .closed
        self.transport = nil
        self.loop.remove(self)
        self.input = nil
        self.output = nil
        self.endMessages(.lost, isNormal: false)
        self.exchange.finish()
        self.loop.context.observer.webSocketClosed()
        self.observation?.end(
            status: self.failure == nil ? .switchingProtocols : .internalServerError,
            bytesSent: self.bytesSent,
            error: self.failure ?? self.ending.flatMap { $0.isNormal ? nil : $0.error }
        )
    }
}

extension WebSocketConnection {
    /// A message as one frame, packed, where it is to be sent so.
    func packed(_ message: WebSocketMessage) -> ByteBuffer? {
        self.deflater?.frame(message)
    }

    /// A frame with its message packed, where it is to be sent so.
    func packed(_ frame: WebSocketFrame) -> ByteBuffer? {
        self.deflater?.packed(frame)
    }
}

// MARK: - Messages

extension WebSocketConnection {
    /// Reads frames, until nobody takes what they hold.
    func process() {
        guard !self.isProcessing, var input = self.input.take() else { return }
        self.isProcessing = true
        do throws(WebSocketError) {
            while self.phase == .open || self.phase == .closing, !self.inbox.isFull {
                guard let event = try self.parser.next(&input) else { break }
                self.handle(event)
            }
        } catch {
            self.fail(error)
        }
        self.isProcessing = false
        let isOver = self.phase != .open && self.phase != .closing
        self.input = isOver ? nil : input
        self.updateReading()
    }

    private func handle(_ event: WebSocketParser.Event) {
        switch event {
        case .message(let message):
            guard self.phase == .open else { return }
            if let reader = self.reader.take() {
                reader.continuation.resume(returning: .success(message))
            } else {
                self.inbox.append(message)
            }
        case .ping(let payload):
            self.answerPing(payload)
        case .pong:
            break
        case .close(let code, let reason):
            self.clientClosed(code, reason)
        }
    }

    /// A message that is there, or comes out of what has arrived.
    func takeMessage() -> WebSocketMessage? {
        self.hasBeenRead = true
        guard let message = self.inbox.take() else { return nil }
        if !self.isReading, !self.inbox.isFull { self.process() }
        self.updateReading()
        return message
    }

    /// Gives the next message to a waiting task, now or once it is there.
    func next(_ waiter: Waiter<WebSocketMessage?>) {
        if let message = self.takeMessage() {
            waiter.continuation.resume(returning: .success(message))
        } else if let ending = self.ending {
            waiter.continuation.resume(returning: ending.isNormal ? .success(nil) : .failure(ending.error))
        } else if self.reader != nil {
            let error = WebSocketError(.internalError, "The messages of a WebSocket have two readers at once.")
            waiter.continuation.resume(returning: .failure(error))
        } else {
            self.reader = waiter
        }
    }

    /// Ends the wait of a task that was cancelled.
    func cancelReader(_ id: Int) {
        guard let reader = self.reader, reader.id == id else { return }
        self.reader = nil
        reader.continuation.resume(returning: .success(nil))
    }

    /// Says that no more messages come, and why; those that are there can still be taken.
    ///
    /// A handler that waits for messages learns it from them; one that does something else is cancelled where the
    /// client is lost, and one that has never asked for messages in any case.
    ///
    /// - Parameter cancels: False where the handler itself closes.
    func endMessages(_ error: WebSocketError, isNormal: Bool, cancels: Bool = true) {
        if self.ending == nil {
            self.ending = Ending(error: error, isNormal: isNormal)
            if let reader = self.reader.take() {
                reader.continuation.resume(returning: isNormal ? .success(nil) : .failure(error))
            } else if cancels, error.code == .abnormal || !self.hasBeenRead {
                self.exchange.cancel()
            }
        }
        let writers = self.writers
        self.writers = []
        self.latest = nil
        for (_, waiter) in writers { waiter.continuation.resume(returning: .failure(error)) }
    }

    /// Drops the messages that nobody has taken.
    func dropMessages() {
        self.inbox = MessageInbox()
    }

    /// While nobody takes the messages, the socket is not read; the close of the client is waited for in any case.
    func updateReading() {
        let reads = !self.inbox.isFull || self.phase != .open
        guard reads != self.isReading else { return }
        self.isReading = reads
        if reads { self.clientIsThere() }
        self.transport?.setReading(reads)
    }
}
