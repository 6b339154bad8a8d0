// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import TandemFuzzing
import TandemHTTP
import Testing

extension RequestReading {
    /// What a text comes to in one piece.
    init(_ text: String, limits: Limits = Limits()) {
        self.init([ByteBuffer(string: text)], limits: limits)
    }

    /// What a text comes to, checked to be the same for a cut at every byte and for pieces of one byte and a few.
    static func everySplit(
        of text: String,
        limits: Limits = Limits(),
        sourceLocation: SourceLocation = #_sourceLocation
    ) -> RequestReading {
        let bytes = ByteBuffer(string: text)
        let whole = RequestReading([bytes], limits: limits)
        for count in 0...bytes.readableBytes {
            let cut = RequestReading(bytes.cut(after: count), limits: limits)
            guard cut != whole else { continue }
            Issue.record("Cut after \(count) bytes: \(cut), and whole: \(whole)", sourceLocation: sourceLocation)
            return whole
        }
        for length in [1, 2, 3, 7] {
            let split = RequestReading(bytes.pieces(of: length), limits: limits)
            #expect(split == whole, "in pieces of \(length)", sourceLocation: sourceLocation)
        }
        return whole
    }

    /// The status of the error, where there was one.
    var status: Int? {
        if case .failed(let status) = self.end { Int(status) } else { nil }
    }
}

extension Limits {
    /// The defaults but for some.
    static func changed(_ change: (inout Limits) -> Void) -> Limits {
        var limits = Limits()
        change(&limits)
        return limits
    }
}
