// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP

/// The values of a pattern's parameters in the path of a request.
///
/// ```swift
/// // GET /users/Ada%20Lovelace, by the pattern /users/{name}
/// parameters["name"]  // "Ada Lovelace"
/// ```
///
/// Values are percent-decoded, and `%2F` in one is a slash; a value may therefore hold any character, and be `..`. One
/// that cannot be decoded no handler ever sees: a request whose path has a `%` without two hexadecimal digits behind
/// it, or is not UTF-8, is answered with 400 (`malformed-path`).
public struct PathParameters: Sendable {
    /// The names, from left to right.
    public let names: [String]
    /// The path in canonical form, where there are values in it.
    private let path: Bytes?
    private let ranges: ParameterRanges

    init(names: [String], path: Bytes, ranges: ParameterRanges) {
        self.names = names
        self.path = ranges.count == 0 ? nil : path
        self.ranges = ranges
    }

    /// No parameters.
    package init() {
        self.init(names: [], path: Bytes(), ranges: ParameterRanges())
    }

    /// The decoded value of a parameter; `nil` where the pattern has none of this name.
    public subscript(name: String) -> String? {
        self.names.firstIndex(of: name).flatMap(self.text)
    }

    /// The decoded value of the parameter at an index, from the left; `nil` where there are fewer.
    package func text(at index: Int) -> String? {
        self.withBytes(at: index, Self.text) ?? nil
    }

    /// How many segments the path has before that of the last parameter.
    var segmentsBeforeLast: Int {
        guard let path, self.ranges.count > 0 else { return 0 }
        return path.prefix(self.ranges[self.ranges.count - 1].lowerBound).count { $0 == UInt8(ascii: "/") } - 1
    }

    private static func text(_ bytes: Span<UInt8>) -> String? {
        for index in 0..<bytes.count where bytes[index] == CanonicalPath.encodedSlash {
            return String(decoding: Self.withSlashes(bytes), as: UTF8.self)
        }
        do {
            return String(copying: try UTF8Span(validating: bytes))
        } catch {
            return nil
        }
    }

    private static func withSlashes(_ bytes: Span<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        for index in 0..<bytes.count {
            text.append(bytes[index] == CanonicalPath.encodedSlash ? UInt8(ascii: "/") : bytes[index])
        }
        return text
    }

    /// Calls `body` with the bytes of the parameter at an index, for what needs no string, such as a number; `nil`
    /// where there are fewer.
    ///
    /// They are percent-decoded; a slash that was encoded is the byte 0xFF.
    package func withBytes<Result>(at index: Int, _ body: (Span<UInt8>) throws -> Result) rethrows -> Result? {
        guard index < self.ranges.count, let path = self.path else { return nil }
        return try path.withSpan { path in try body(path.extracting(self.ranges[index])) }
    }
}

extension PathParameters: CustomStringConvertible {
    /// The names; the values may be secret.
    public var description: String { self.names.joined(separator: ", ") }
}
