// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// What stands between two parts: CR LF, two hyphens and the boundary (RFC 2046, section 5.1.1).
struct MultipartDelimiter: Sendable {
    let bytes: [UInt8]

    init(boundary: String) {
        self.bytes = Array("\r\n--\(boundary)".utf8)
    }

    /// Where a delimiter stands in some bytes.
    enum Match: Equatable {
        /// Nowhere.
        case none
        /// The bytes from this offset to the end may be its beginning.
        case partial(Int)
        /// It begins at this offset.
        case whole(Int)
    }

    /// Finds the first delimiter in time linear in the bytes: it has a CR at its beginning alone, so what was compared
    /// in vain holds no other candidate.
    func search(_ bytes: UnsafeRawBufferPointer) -> Match {
        guard let base = bytes.baseAddress else { return .none }
        var offset = 0
        // Every access stays within `bytes`: what is searched and what is compared end at `bytes.count`.
        while offset < bytes.count {
            if bytes[offset] != 0x0D {
                guard let hit = memchr(base + offset, 0x0D, bytes.count - offset) else { return .none }
                offset = UnsafeRawPointer(hit) - base
            }
            let length = min(self.bytes.count, bytes.count - offset)
            var matched = 1
            while matched < length, bytes[offset + matched] == self.bytes[matched] { matched += 1 }
            if matched == length { return length == self.bytes.count ? .whole(offset) : .partial(offset) }
            offset += matched
        }
        return .none
    }
}
