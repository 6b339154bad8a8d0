// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import CTandemCodecs

/// How content is packed for the way (RFC 9110, section 8.4.1).
public enum ContentCoding: String, Sendable, Hashable, CaseIterable, CustomStringConvertible {
    /// Zstandard (RFC 8878), where the system has `libzstd.so.1`.
    case zstd
    /// Brotli (RFC 7932), where the system has `libbrotlienc.so.1` and `libbrotlidec.so.1`.
    case br
    /// gzip (RFC 1952).
    case gzip
    /// The zlib format (RFC 1950), which HTTP calls "deflate".
    case deflate
    /// Not packed at all.
    case identity

    /// The coding's name in a header field.
    public var description: String { self.rawValue }

    /// Whether this machine has what the coding needs.
    public var isAvailable: Bool { self.library.map(tandem_available) ?? true }

    /// The codings that this machine has but identity, the ones that serve best first.
    ///
    /// For 10 KB of JSON Zstandard takes half of the processor's time that gzip and Brotli take, and is smaller than
    /// gzip; Brotli is the smallest.
    public static let available = Self.allCases.filter { $0 != .identity && $0.isAvailable }

    /// A coding by its name in a header field, without regard to case; `x-gzip` is gzip (RFC 9110, section 8.4.1.3).
    package init?(token: Substring) {
        let name = token.lowercased()
        self.init(rawValue: name == "x-gzip" ? "gzip" : name)
    }

    /// The library to load for it; zlib is linked.
    var library: CodecLibrary? {
        switch self {
        case .br: .brotli
        case .zstd: .zstd
        case .gzip, .deflate, .identity: nil
        }
    }
}
