// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import TandemHTTP

/// What carries the bytes of an HTTP/1 connection or a WebSocket: a socket of the reactor's, or a channel of NIO's behind TLS.
///
/// It never leaves its event loop, and calls the connection on it.
// Wide because: it is all that a connection asks of a socket, and there are two kinds of them alone.
protocol Transport: AnyObject {
    /// Sends bytes once `flush` is called; those sent before come first.
    func write(_ bytes: ByteBuffer)
    /// Sends a part of a file once `flush` is called.
    func write(_ file: TandemHTTP.FileRegion)
    /// Sends bytes and what was written before; what the socket does not take is kept for later.
    ///
    /// - Parameter bytes: Emptied, and given back with its storage where that is no longer needed.
    func flush(_ bytes: inout ByteBuffer)
    /// The bytes that wait for the client to read.
    var pendingBytes: Int { get }
    /// Whether files can be sent without being read into memory.
    var sendsFiles: Bool { get }
    /// Stops reading from the socket, or goes on.
    func setReading(_ isReading: Bool)
    /// Tells the client that nothing more comes; to be called once nothing is pending.
    func closeOutput()
    /// Closes; `CarriedConnection.closed` is called once that is done.
    func close()
    /// Closes so that the client sees it as a failure.
    func reset()
    /// Hands the connection to HTTP/2, with the bytes that have arrived.
    func switchToHTTP2(_ received: ByteBuffer, info: ConnectionInfo)
    /// Carries another connection's bytes from now on.
    func handOver(to connection: any CarriedConnection)
}

/// A connection that a transport carries: HTTP/1, or a WebSocket.
protocol CarriedConnection: ServedConnection {
    /// Bytes have arrived.
    func received(_ bytes: consuming ByteBuffer)
    /// The client has sent its last byte.
    func inputEnded()
    /// The client has caught up with what was sent.
    func becameWritable()
    /// All that was sent is with the client's socket.
    func allWritten()
    /// The transport is no more.
    func closed()
}

extension Transport {
    /// Whether the client keeps up with what is sent.
    var isWritable: Bool { self.pendingBytes < WaterMark.high }
}

/// How many bytes may wait for a client before its handler does, and how few let it go on.
enum WaterMark {
    static let high = 64 * 1024
    static let low = 32 * 1024
}
