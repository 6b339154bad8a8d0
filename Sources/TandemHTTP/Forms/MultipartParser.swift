// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// Splits a `multipart/form-data` body into its parts as it arrives, without I/O (RFC 7578; RFC 2046, section 5.1).
///
/// Give it bytes with `append`, say with `finish` that no more come, and ask `next` for events until it returns `nil`.
/// It keeps no more than one part's head, or what may be the beginning of a delimiter.
///
/// Stricter than RFC 2046 where parsers are known to differ: lines end with CR LF, header lines are not folded, and
/// a delimiter is followed by a line end and nothing else.
package struct MultipartParser: Sendable {
    package enum Event: Sendable, Equatable {
        /// A part begins.
        case part(MultipartHead)
        /// A run of the part's bytes.
        case bytes(Bytes)
        /// The part is over.
        case partEnd
        /// The body is over, and was well formed.
        case end
    }

    private enum State {
        case preamble
        /// Right after a delimiter's boundary.
        case boundary
        /// After a boundary, where nothing but spaces and a line end may come.
        case lineEnd(isLast: Bool)
        case head(MultipartHeadScanner)
        /// Before a part's first byte, at the line end of its head's empty line.
        case contentStart
        case content
        case epilogue
        case failed(HTTPError)
    }

    private let delimiter: MultipartDelimiter
    private let limits: FormLimits
    /// The line end before the first delimiter is the body's beginning: with one in front, all delimiters are alike.
    private var pending = ByteBuffer(string: "\r\n")
    private var state = State.preamble
    private var isFinished = false
    private var parts = 0

    package init(boundary: String, limits: FormLimits = FormLimits()) {
        self.delimiter = MultipartDelimiter(boundary: boundary)
        self.limits = limits
    }

    /// Takes bytes that have arrived.
    package mutating func append(_ bytes: Bytes) {
        if self.pending.readableBytes == 0 {
            self.pending = bytes.buffer
            return
        }
        if self.pending.readerIndex > 0 {
            // Only what is left is copied, not the run that it was the end of.
            var left = ByteBufferAllocator().buffer(capacity: self.pending.readableBytes + bytes.count)
            left.writeImmutableBuffer(self.pending)
            self.pending = left
        }
        self.pending.writeImmutableBuffer(bytes.buffer)
    }

    /// Says that no more bytes come; from then on `next` never returns `nil`.
    package mutating func finish() {
        self.isFinished = true
    }

    /// The next event, or `nil` where more bytes are needed.
    ///
    /// - Throws: 400 where the body is malformed or ends too early, 413 where a limit is passed; then ever again.
    package mutating func next() throws(HTTPError) -> Event? {
        do throws(HTTPError) {
            while true {
                switch try self.step() {
                case .event(let event): return event
                case .again: continue
                case .needsMore where self.isFinished:
                    throw HTTPError.malformedForm("The body ends before its final boundary.")
                case .needsMore: return nil
                }
            }
        } catch {
            self.state = .failed(error)
            throw error
        }
    }

    private enum Step {
        case event(Event), again, needsMore
    }

    private mutating func step() throws(HTTPError) -> Step {
        switch self.state {
        case .preamble: return self.skipPreamble()
        case .boundary: return try self.readBoundary()
        case .lineEnd(let isLast): return try self.readLineEnd(isLast: isLast)
        case .head(let scanner): return try self.readHead(scanner)
        case .contentStart: return self.startContent()
        case .content: return self.readContent()
        case .epilogue:
            self.pending.clear()
            return self.isFinished ? .event(.end) : .needsMore
        case .failed(let error): throw error
        }
    }
}

/// The steps, each from one state.
extension MultipartParser {
    private var nextByte: UInt8? {
        self.pending.getInteger(at: self.pending.readerIndex)
    }

    private func search() -> MultipartDelimiter.Match {
        self.pending.withUnsafeReadableBytes(self.delimiter.search)
    }

    private mutating func skip(_ count: Int) {
        self.pending.moveReaderIndex(forwardBy: count)
    }

    private mutating func skipPreamble() -> Step {
        switch self.search() {
        case .none:
            self.pending.clear()
            return .needsMore
        case .partial(let offset):
            self.skip(offset)
            return .needsMore
        case .whole(let offset):
            self.skip(offset + self.delimiter.bytes.count)
            self.state = .boundary
            return .again
        }
    }

    private mutating func readBoundary() throws(HTTPError) -> Step {
        guard let first = self.nextByte else { return .needsMore }
        guard first == UInt8(ascii: "-") else {
            self.state = .lineEnd(isLast: false)
            return .again
        }
        guard self.pending.readableBytes >= 2 else { return .needsMore }
        guard self.pending.readInteger(as: UInt16.self) == 0x2D2D else { throw .noLineEndAfterBoundary }
        self.state = .lineEnd(isLast: true)
        return .again
    }

    private mutating func readLineEnd(isLast: Bool) throws(HTTPError) -> Step {
        while let byte = self.nextByte, byte == 0x20 || byte == 0x09 { self.skip(1) }
        if self.pending.readableBytes == 0, isLast, self.isFinished {
            self.state = .epilogue
            return .again
        }
        guard let byte = self.nextByte else { return .needsMore }
        guard byte == 0x0D else { throw .noLineEndAfterBoundary }
        guard self.pending.readableBytes >= 2 else { return .needsMore }
        guard self.pending.readInteger(as: UInt16.self) == 0x0D0A else { throw .noLineEndAfterBoundary }
        guard !isLast else {
            self.state = .epilogue
            return .again
        }
        self.parts += 1
        if self.parts > self.limits.fields { throw .tooManyFormFields(limit: self.limits.fields) }
        self.state = .head(MultipartHeadScanner(limits: self.limits))
        return .again
    }

    private mutating func readHead(_ scanner: MultipartHeadScanner) throws(HTTPError) -> Step {
        var scanner = scanner
        guard let length = try scanner.scan(self.pending.readableBytesUInt8Span) else {
            self.state = .head(scanner)
            return .needsMore
        }
        let lines = self.pending.readSlice(length: length) ?? ByteBuffer()
        self.state = .contentStart
        return .event(.part(try MultipartHead(Headers(lines: lines))))
    }

    /// The empty line's end may already be a delimiter's, in a part without a single byte.
    private mutating func startContent() -> Step {
        switch self.search() {
        case .partial(0): return .needsMore
        case .whole(0): break
        default: self.skip(2)
        }
        self.state = .content
        return .again
    }

    private mutating func readContent() -> Step {
        let length: Int
        switch self.search() {
        case .whole(0):
            self.skip(self.delimiter.bytes.count)
            self.state = .boundary
            return .event(.partEnd)
        case .whole(let offset), .partial(let offset): length = offset
        case .none: length = self.pending.readableBytes
        }
        guard length > 0, let bytes = self.pending.readSlice(length: length) else { return .needsMore }
        return .event(.bytes(Bytes(bytes)))
    }
}

extension HTTPError {
    fileprivate static var noLineEndAfterBoundary: HTTPError {
        .malformedForm("A boundary is not followed by a line end (CR LF).")
    }
}
