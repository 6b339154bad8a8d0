// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Several parts of a file as `multipart/byteranges` (RFC 9110, section 14.6).
struct MultipartRanges: Sendable {
    /// Random, so that no file can hold it on purpose.
    let boundary: String
    private let file: OpenFile
    private let parts: [(head: String, range: Range<Int>)]

    init(_ file: OpenFile, _ ranges: [Range<Int>], size: Int, contentType: String) {
        let boundary = (0..<2).map { _ in String(UInt64.random(in: .min ... .max), radix: 36) }.joined()
        self.boundary = boundary
        self.file = file
        self.parts = ranges.map { range in
            let head = "--\(boundary)\r\ncontent-type: \(contentType)\r\ncontent-range: \(range.contentRange(of: size))"
            return (head + "\r\n\r\n", range)
        }
    }

    private var end: String { "--\(self.boundary)--\r\n" }

    private var length: Int {
        self.parts.reduce(self.end.utf8.count) { $0 + $1.head.utf8.count + $1.range.count + 2 }
    }

    /// The body: read from the file as the client takes it.
    var stream: BodyStream {
        BodyStream(length: self.length) { writer in
            for part in self.parts {
                try await writer.write(part.head)
                let region = FileRegion(file: self.file, offset: part.range.lowerBound, length: part.range.count)
                try await region.stream.write(writer)
                try await writer.write("\r\n")
            }
            try await writer.write(self.end)
        }
    }
}
