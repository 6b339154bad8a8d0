// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore

extension Request {
    /// The names and texts of the query: `/tickets?page=2&tag=a&tag=b`; empty where there is none.
    ///
    /// They are decoded each time this is asked for; keep the result to ask for several.
    public var queryItems: FormFields {
        let bytes = self.target.readableBytesUInt8Span
        for index in 0..<bytes.count where bytes[index] == UInt8(ascii: "?") {
            return FormFields(decoding: bytes.extracting((index + 1)..<bytes.count))
        }
        return FormFields()
    }
}
