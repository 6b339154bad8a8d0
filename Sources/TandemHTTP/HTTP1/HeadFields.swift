// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// Where the parts of a head stand, and what its framing fields say.
struct HeadFields {
    var method = 0..<0
    var target = 0..<0
    var version = Version.http1_1
    var linesStart = 0
    var linesEnd = 0

    private var host: Range<Int>?
    private var contentLength: Int?
    private var coding = TransferCoding.none
    private var closes = false
    private var keepsAlive = false
    private var expectsContinue = false
    private var connectionUpgrade = false
    private var upgrade = false

    /// The transfer codings seen so far (RFC 9112, section 6.1).
    private enum TransferCoding {
        case none, chunked, unknown
    }

    /// Looks at one field; only those that frame the message matter here.
    mutating func note(name: Range<Int>, value: Range<Int>, in bytes: Span<UInt8>) throws(HTTPError) {
        switch name.count {
        case 4 where bytes.matches(name, "host"): try self.noteHost(value, bytes)
        case 6 where bytes.matches(name, "expect"): try self.noteExpect(value, bytes)
        case 7 where bytes.matches(name, "upgrade"): self.upgrade = true
        case 10 where bytes.matches(name, "connection"): self.noteConnection(value, bytes)
        case 14 where bytes.matches(name, "content-length"): try self.noteLength(value, bytes)
        case 17 where bytes.matches(name, "transfer-encoding"): try self.noteCoding(value, bytes)
        default: break
        }
    }

    /// The head, once its last line has been seen; `bytes` are those of `buffer`.
    func head(of buffer: ByteBuffer, _ bytes: Span<UInt8>) throws(HTTPError) -> RequestHead {
        if self.host == nil, self.version == .http1_1 { throw .malformed("The Host field is missing.") }
        // The commonest has no string made for it.
        let method = bytes.matches(exactly: "GET", self.method) ? .get : Method(buffer.string(self.method))
        let (target, authority) = try RequestTarget.read(buffer, bytes, self.target, method)
        return RequestHead(
            method: method,
            target: target,
            authority: authority,
            version: self.version,
            headers: Headers(lines: buffer.slice(self.linesStart..<self.linesEnd)),
            framing: try self.framing(),
            keepsAlive: self.version == .http1_1 ? !self.closes : self.keepsAlive && !self.closes,
            expectsContinue: self.expectsContinue && self.version == .http1_1,
            asksUpgrade: self.upgrade && self.connectionUpgrade
        )
    }

    private func framing() throws(HTTPError) -> BodyFraming {
        switch (self.coding, self.contentLength) {
        case (.none, nil): return .none
        case (.none, let length?): return length == 0 ? .none : .length(length)
        case (_, _?): throw .malformed("Both Content-Length and Transfer-Encoding are given.")
        case (.unknown, nil):
            throw HTTPError(.notImplemented, "The only transfer coding understood is chunked.")
        case (.chunked, nil):
            guard self.version == .http1_1 else { throw .malformed("HTTP/1.0 has no transfer codings.") }
            return .chunked
        }
    }

    private mutating func noteHost(_ value: Range<Int>, _ bytes: Span<UInt8>) throws(HTTPError) {
        guard self.host == nil else { throw .malformed("The Host field is repeated.") }
        guard Authority.isValid(bytes, value) else {
            throw .malformed("The Host field is not a host and an optional port.")
        }
        self.host = value
    }

    private mutating func noteExpect(_ value: Range<Int>, _ bytes: Span<UInt8>) throws(HTTPError) {
        guard bytes.matches(value, "100-continue") else {
            throw HTTPError(.expectationFailed, "The only expectation understood is 100-continue.")
        }
        self.expectsContinue = true
    }

    private mutating func noteLength(_ value: Range<Int>, _ bytes: Span<UInt8>) throws(HTTPError) {
        guard self.contentLength == nil else { throw .malformed("The Content-Length field is repeated.") }
        guard let length = ContentLength.parse(bytes, value) else {
            throw .malformed("The Content-Length field is not a number.")
        }
        self.contentLength = length
    }

    /// Chunked must be the last coding and may stand once; any other coding is not understood.
    private mutating func noteCoding(_ value: Range<Int>, _ bytes: Span<UInt8>) throws(HTTPError) {
        var isEmpty = true
        try bytes.eachMember(value) { (member) throws(HTTPError) in
            isEmpty = false
            if self.coding == .chunked { throw .malformed("A transfer coding follows chunked.") }
            self.coding = bytes.matches(member, "chunked") && self.coding == .none ? .chunked : .unknown
        }
        if isEmpty { throw .malformed("The Transfer-Encoding field is empty.") }
    }

    private mutating func noteConnection(_ value: Range<Int>, _ bytes: Span<UInt8>) {
        bytes.eachMember(value) { member in
            if bytes.matches(member, "close") { self.closes = true }
            if bytes.matches(member, "keep-alive") { self.keepsAlive = true }
            if bytes.matches(member, "upgrade") { self.connectionUpgrade = true }
        }
    }
}

extension Span<UInt8> {
    /// Whether the bytes in a range are a lower-case `name`, without regard to case.
    @inline(__always)
    func matches(_ range: Range<Int>, _ name: StaticString) -> Bool {
        guard range.count == name.utf8CodeUnitCount else { return false }
        for index in 0..<range.count
        where FieldLine.lowercased(self[range.lowerBound + index]) != name.utf8Start[index] {
            return false
        }
        return true
    }

    /// Whether the bytes in a range are `text`.
    @inline(__always)
    func matches(exactly text: StaticString, _ range: Range<Int>) -> Bool {
        guard range.count == text.utf8CodeUnitCount else { return false }
        for index in 0..<range.count where self[range.lowerBound + index] != text.utf8Start[index] { return false }
        return true
    }

    /// Goes over the members of a comma-separated list that has no quotes, empty ones left out.
    func eachMember<Failure: Error>(
        _ range: Range<Int>,
        _ body: (Range<Int>) throws(Failure) -> Void
    ) throws(Failure) {
        var start = range.lowerBound
        while start < range.upperBound {
            var end = start
            while end < range.upperBound, self[end] != UInt8(ascii: ",") { end += 1 }
            let next = end + 1
            while start < end, FieldLine.isSpace(self[start]) { start += 1 }
            while end > start, FieldLine.isSpace(self[end - 1]) { end -= 1 }
            if start < end { try body(start..<end) }
            start = next
        }
    }
}

extension ByteBuffer {
    /// The bytes in a range of offsets from the first readable one, sharing storage.
    func slice(_ range: Range<Int>) -> ByteBuffer {
        self.getSlice(at: self.readerIndex + range.lowerBound, length: range.count) ?? ByteBuffer()
    }

    func string(_ range: Range<Int>) -> String {
        self.getString(at: self.readerIndex + range.lowerBound, length: range.count) ?? ""
    }
}
