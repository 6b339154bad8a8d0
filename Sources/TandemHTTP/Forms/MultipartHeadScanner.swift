// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Checks the header lines of a part as they arrive, each byte once.
struct MultipartHeadScanner: Sendable {
    let limits: FormLimits
    private var lineStart = 0
    private var offset = 0
    private var count = 0

    init(limits: FormLimits) {
        self.limits = limits
    }

    /// The length of the lines before the empty one, or `nil` where that is not in what has arrived of the head.
    mutating func scan(_ bytes: Span<UInt8>) throws(HTTPError) -> Int? {
        while self.offset < bytes.count {
            if self.offset >= self.limits.partHeaderBytes {
                throw .partHeadersTooLarge(limit: self.limits.partHeaderBytes)
            }
            guard bytes[self.offset] == 0x0A else {
                self.offset += 1
                continue
            }
            guard self.offset > self.lineStart, bytes[self.offset - 1] == 0x0D else {
                throw .malformedForm("A header line of a part ends with LF alone.")
            }
            let line = self.lineStart..<(self.offset - 1)
            if line.isEmpty { return self.lineStart }
            try self.check(line, bytes)
            self.offset += 1
            self.lineStart = self.offset
        }
        return nil
    }

    private mutating func check(_ line: Range<Int>, _ bytes: Span<UInt8>) throws(HTTPError) {
        self.count += 1
        if self.count > self.limits.partHeaderCount {
            throw .tooManyPartHeaders(limit: self.limits.partHeaderCount)
        }
        var colon = line.lowerBound
        while colon < line.upperBound, FieldLine.isTokenByte(bytes[colon]) { colon += 1 }
        guard colon > line.lowerBound, colon < line.upperBound, bytes[colon] == UInt8(ascii: ":") else {
            throw .malformedForm("A header line of a part is not a name, a colon and a value.")
        }
        // Browsers leave control bytes in names as they are, but for CR and LF (WHATWG HTML, section 4.10.21.8).
        for index in colon..<line.upperBound where bytes[index] == 0x0D {
            throw .malformedForm("A header value of a part has a CR.")
        }
    }
}
