// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension JSONReader {
    /// Calls `body` with a reader at the first value of a text, which nothing may follow.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - attachments: Values that stand beside it.
    ///   - limits: What it may cost.
    ///   - body: Reads the value, all of it.
    /// - Throws: `JSONError` where the text is no JSON, and what `body` throws.
    package static func read<Result>(
        _ text: String,
        attachments: [any Sendable] = [],
        limits: JSONLimits = JSONLimits(),
        _ body: (inout JSONReader) throws -> Result
    ) throws -> Result {
        var text = text
        return try text.withUTF8 { bytes in
            var reader = try JSONReader(bytes, limits: limits)
            reader.attachments = attachments
            let result = try body(&reader)
            try reader.finish()
            return result
        }
    }
}

extension JSONWriter {
    /// The text so far, in which values that JSON has no text for are `null`.
    package mutating func lenientText() -> String {
        self.failure = nil
        return (try? self.withBytes { String(decoding: $0, as: UTF8.self) }) ?? ""
    }
}
