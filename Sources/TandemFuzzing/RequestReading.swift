// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

package import NIOCore
package import TandemHTTP

/// What the bytes of a connection come to, read as the server reads them: heads and bodies in turn, until one fails.
///
/// However the bytes are split, it is the same, where they end with a line: the error in a line without its end may be
/// seen at once or not before the end has come.
package struct RequestReading: Hashable, Sendable {
    /// A request whose head is whole.
    package struct Item: Hashable, Sendable {
        package var method: String
        package var target: String
        package var authority: String?
        package var version: Version
        /// The header lines as they came.
        package var lines: String
        package var framing: BodyFraming
        package var keepsAlive: Bool
        package var expectsContinue: Bool
        package var asksUpgrade: Bool
        package var body: [UInt8] = []
        /// The trailer lines; `nil` while the body is not whole.
        package var trailers: String?
    }

    /// How the reading ended.
    package enum End: Hashable, Sendable {
        /// Between two requests.
        case clean
        /// In the middle of one.
        case unfinished
        /// With an error of this status; what it says may depend on how much of a bad line had come.
        case failed(status: UInt16)
    }

    package fileprivate(set) var items: [Item] = []
    package fileprivate(set) var end = End.clean

    /// Reads the pieces of a connection's bytes.
    package init(_ pieces: some Sequence<ByteBuffer>, limits: Limits = Limits()) {
        var reader = RequestReader(limits: limits)
        for piece in pieces { reader.take(piece) }
        self = reader.finish()
    }

    init() {}
}

/// Reads requests as a connection does, and checks that it keeps no more than the limits allow.
struct RequestReader {
    private let limits: Limits
    private var input = ByteBuffer()
    private var parser = RequestParser()
    private var decoder: BodyDecoder?
    private var reading = RequestReading()

    init(limits: Limits) {
        self.limits = limits
    }

    mutating func take(_ bytes: ByteBuffer) {
        self.input.writeImmutableBuffer(bytes)
        self.advance()
        // A line that is not whole waits for its end: of a head, of trailers, or of a chunk's size.
        let (most, overflow) = self.limits.requestLine.addingReportingOverflow(self.limits.headerBytes)
        let isBounded = overflow || self.input.readableBytes <= max(most, 1024) + 4
        precondition(self.hasFailed || isBounded, "more is kept than the limits allow")
    }

    mutating func finish() -> RequestReading {
        if !self.hasFailed {
            self.reading.end = self.decoder == nil && self.input.readableBytes == 0 ? .clean : .unfinished
        }
        return self.reading
    }

    private var hasFailed: Bool {
        if case .failed = self.reading.end { true } else { false }
    }

    private mutating func advance() {
        guard !self.hasFailed else { return }
        do throws(HTTPError) {
            while try self.decoder == nil ? self.takeHead() : self.takeBody() {}
        } catch {
            self.reading.end = .failed(status: error.status.code)
        }
    }

    private mutating func takeHead() throws(HTTPError) -> Bool {
        guard let head = try self.parser.parse(&self.input, limits: self.limits) else { return false }
        self.reading.items.append(RequestReading.Item(head))
        self.decoder = BodyDecoder(head.framing)
        return true
    }

    private mutating func takeBody() throws(HTTPError) -> Bool {
        let last = self.reading.items.count - 1
        switch try self.decoder?.decode(&self.input, limits: self.limits) {
        case .bytes(let bytes):
            self.reading.items[last].body += bytes.readableBytesView
            return true
        case .end(let trailers):
            self.reading.items[last].trailers = String(buffer: trailers.lines)
            self.decoder = nil
            return true
        case .needsMore, nil:
            return false
        }
    }
}

extension RequestReading.Item {
    init(_ head: RequestHead) {
        self.method = head.method.rawValue
        self.target = String(buffer: head.target)
        self.authority = head.authority.map { String(buffer: $0) }
        self.version = head.version
        self.lines = String(buffer: head.headers.lines)
        self.framing = head.framing
        self.keepsAlive = head.keepsAlive
        self.expectsContinue = head.expectsContinue
        self.asksUpgrade = head.asksUpgrade
    }
}
