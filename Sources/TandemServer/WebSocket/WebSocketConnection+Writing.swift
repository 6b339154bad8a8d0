// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import TandemHTTP

/// From messages to the socket.
extension WebSocketConnection {
    /// Whether the socket has not taken all that was sent.
    var isBehind: Bool { self.transport?.pendingBytes ?? 0 > 0 }

    /// Whether as much waits for the client as may.
    private var isFull: Bool {
        (self.transport?.pendingBytes ?? 0) + (self.output?.readableBytes ?? 0) >= self.settings.sendQueueBytes
    }

    /// Whether there is room for a message; what waits is sent first, as far as the client's socket takes it.
    private func hasRoom() -> Bool {
        if self.isFull { self.flush() }
        return !self.isFull
    }

    /// Sends a message, or does with it what becomes of those of a slow reader.
    ///
    /// - Returns: False where the sender has to wait.
    /// - Throws: Why the WebSocket is closed.
    func send(_ message: WebSocketMessage) throws(WebSocketError) -> Bool {
        if let ending = self.ending { throw ending.error }
        if self.hasRoom() {
            self.write(message)
            return true
        }
        if self.settings.slowReader == .wait { return false }
        self.deliver(WebSocketFrame(message))
        if let ending = self.ending { throw ending.error }
        return true
    }

    /// Sends a message once there is room for it.
    func send(_ message: WebSocketMessage, _ waiter: Waiter<Void>) {
        do throws(WebSocketError) {
            if try self.send(message) {
                waiter.continuation.resume(returning: .success(()))
            } else {
                self.writers.append((WebSocketFrame(message), waiter))
            }
        } catch {
            waiter.continuation.resume(returning: .failure(error))
        }
    }

    /// Sends a frame, or does with it what becomes of those of a slow reader; nobody waits.
    func deliver(_ frame: WebSocketFrame) {
        guard self.ending == nil else { return }
        if self.hasRoom() { return self.write(frame) }
        switch self.settings.slowReader {
        case .drop: break
        case .conflate: self.latest = frame
        case .wait, .close:
            self.close(.tryAgainLater, reason: "Messages are not read as fast as they come.", cancels: true)
        }
    }

    /// Sends a message that nobody else gets, as with a frame.
    func deliver(_ message: WebSocketMessage) {
        guard self.ending == nil else { return }
        if self.isFull { self.deliver(WebSocketFrame(message)) } else { self.write(message) }
    }

    /// Ends the wait of a task that was cancelled; its message is not sent.
    func cancelWriter(_ id: Int) {
        guard let index = self.writers.firstIndex(where: { $0.waiter.id == id }) else { return }
        let waiter = self.writers.remove(at: index).waiter
        waiter.continuation.resume(returning: .failure(.sendingCancelled))
    }

    /// Sends what there is room for now.
    func admitWriters() {
        if let latest = self.latest, !self.isFull {
            self.latest = nil
            self.write(latest)
        }
        while !self.writers.isEmpty, !self.isFull {
            let (frame, waiter) = self.writers.removeFirst()
            self.write(frame)
            waiter.continuation.resume(returning: .success(()))
        }
    }

    /// Answers a ping, where the client reads the answers: only the latest has to be answered.
    func answerPing(_ payload: Bytes) {
        guard self.phase == .open, !self.isFull else { return }
        self.write { $0.writeFrame(.pong, payload) }
    }

    private func write(_ message: WebSocketMessage) {
        if let packed = self.packed(message) {
            self.write { $0.writeImmutableBuffer(packed) }
        } else {
            self.write { $0.writeFrame(message) }
        }
    }

    /// Adds a frame to what is to be sent; the first of a turn is shared with whoever else sends it.
    func write(_ frame: WebSocketFrame) {
        let bytes = self.packed(frame) ?? frame.bytes
        if self.output == nil, !self.isInTurn {
            self.output = bytes
            self.bytesSent += bytes.readableBytes
            self.flushLater()
        } else {
            self.write { $0.writeImmutableBuffer(bytes) }
        }
    }

    private func write(_ body: (inout ByteBuffer) -> Void) {
        // Taken out while it changes, or the change would copy it.
        var output = self.output.take() ?? (self.isInTurn ? self.loop.takeWriteBuffer() : ByteBuffer())
        let before = output.readableBytes
        body(&output)
        self.bytesSent += output.readableBytes - before
        self.output = output
        self.flushLater()
    }

    func flushLater() {
        guard !self.isInTurn, !self.isFlushDue else { return }
        self.isFlushDue = true
        self.loop.flushLater(self)
    }

    func flushNow() {
        self.isFlushDue = false
        self.flush()
    }

    /// Sends what is to be sent, unless the client has yet to read what was sent before: so a slow reader costs one
    /// buffer, and not one for each message.
    func flush() {
        while let transport = self.transport, transport.pendingBytes == 0 {
            guard var output = self.output.take() else {
                if self.phase == .ending { self.allSent() }
                return
            }
            transport.flush(&output)
            if output.capacity >= LoopState.writeSize { self.loop.giveBackWriteBuffer(output) }
            self.admitWriters()
        }
    }
}

extension WebSocketError {
    fileprivate static let sendingCancelled = WebSocketError(.abnormal, "The task that sends was cancelled.")
}
