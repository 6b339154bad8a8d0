// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// The path of a request as the name of a file below some directory.
///
/// It is percent-decoded once. What could mean another place than it says names nothing: `.`, `..` and empty
/// segments, NUL, backslashes, and encoded slashes. Any other byte stands for itself.
struct RequestedPath: Sendable {
    /// The segments joined by slashes, with none at either end.
    private(set) var name: [UInt8]
    /// Whether a directory is asked for.
    private(set) var endsWithSlash: Bool

    private init(name: [UInt8]) {
        self.name = name
        self.endsWithSlash = false
    }

    /// A path that the application names, not percent-encoded; slashes at its ends do not count.
    init(name: String) {
        self.init(name: Array(name.utf8.split(separator: Self.slash).joined(separator: [Self.slash])))
    }

    /// The path of a request's target, up to the query; `nil` where it names nothing.
    init?(target: ByteBuffer) {
        let bytes = target.readableBytesUInt8Span
        guard bytes.count > 0, bytes[0] == Self.slash else { return nil }
        self.name = []
        self.name.reserveCapacity(bytes.count)
        self.endsWithSlash = false
        var segmentStart = 0
        var index = 1
        while index < bytes.count, bytes[index] != UInt8(ascii: "?") {
            if bytes[index] == Self.slash {
                guard Self.isPlain(self.name[segmentStart...]) else { return nil }
                self.name.append(Self.slash)
                segmentStart = self.name.count
                index += 1
            } else {
                guard let (byte, length) = Self.decode(bytes, at: index), Self.mayStand(byte) else { return nil }
                self.name.append(byte)
                index += length
            }
        }
        if segmentStart == self.name.count {
            self.endsWithSlash = true
            if segmentStart > 0 { self.name.removeLast() }
        } else {
            guard Self.isPlain(self.name[segmentStart...]) else { return nil }
        }
    }

    /// The path below a directory of the path; `nil` where it is not below that.
    func below(_ prefix: RequestedPath) -> RequestedPath? {
        if prefix.name.isEmpty { return self }
        guard self.name.starts(with: prefix.name) else { return nil }
        var rest = self
        if self.name.count == prefix.name.count {
            rest.name = []
        } else {
            guard self.name[prefix.name.count] == Self.slash else { return nil }
            rest.name.removeFirst(prefix.name.count + 1)
        }
        return rest
    }

    /// The path without its first segments; `nil` where it has fewer.
    func dropping(_ count: Int) -> RequestedPath? {
        let segments = self.segments
        guard count <= segments.count else { return nil }
        var rest = self
        rest.name = Array(segments.dropFirst(count).joined(separator: [Self.slash]))
        return rest
    }

    /// The path of a file in the directory that this is the path of.
    func appending(_ file: String) -> RequestedPath {
        RequestedPath(name: self.name + (self.name.isEmpty ? [] : [Self.slash]) + Array(file.utf8))
    }

    /// The path with something added at the end of its last segment.
    func extended(by suffix: String) -> RequestedPath {
        RequestedPath(name: self.name + Array(suffix.utf8))
    }

    /// Whether a segment begins with a dot; `.well-known` (RFC 8615) does not count.
    var isHidden: Bool {
        let dot = UInt8(ascii: ".")
        var isStart = true
        for index in self.name.indices {
            if isStart, self.name[index] == dot, !self.isWellKnown(at: index) { return true }
            isStart = self.name[index] == Self.slash
        }
        return false
    }

    private func isWellKnown(at start: Int) -> Bool {
        self.name[start...].prefix { $0 != Self.slash }.elementsEqual(".well-known".utf8)
    }

    /// The segments.
    var segments: [ArraySlice<UInt8>] { self.name.split(separator: Self.slash) }

    private static let slash = UInt8(ascii: "/")

    private static func mayStand(_ byte: UInt8) -> Bool {
        byte != 0 && byte != slash && byte != UInt8(ascii: "\\")
    }

    private static func isPlain(_ segment: ArraySlice<UInt8>) -> Bool {
        let dot = UInt8(ascii: ".")
        return segment.count > 2 || !segment.allSatisfy { $0 == dot }
    }

    /// The byte at an offset, which may be percent-encoded, and the number of bytes that say it.
    private static func decode(_ bytes: Span<UInt8>, at index: Int) -> (byte: UInt8, length: Int)? {
        guard bytes[index] == UInt8(ascii: "%") else { return (bytes[index], 1) }
        return PercentEncoding.byte(bytes, at: index, before: bytes.count).map { ($0, PercentEncoding.length) }
    }
}

extension RequestedPath: Hashable {
    // The bytes are hashed in one piece: an array would hash them one by one.
    func hash(into hasher: inout Hasher) {
        self.name.withUnsafeBytes { hasher.combine(bytes: $0) }
        hasher.combine(self.endsWithSlash)
    }
}
