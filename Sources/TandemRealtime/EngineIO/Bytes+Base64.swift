// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import TandemHTTP

extension Bytes {
    /// The bytes that a text of base64 stands for (RFC 4648, section 4), with its padding; `nil` where it is none.
    init?(base64 text: String) {
        guard let data = Data(base64Encoded: text) else { return nil }
        self.init(data)
    }

    /// The bytes in base64, with padding.
    var base64: String { Data(self).base64EncodedString() }
}
