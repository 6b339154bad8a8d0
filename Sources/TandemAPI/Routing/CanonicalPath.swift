// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP

/// The path of a request, in the form in which paths are compared.
///
/// It is percent-decoded UTF-8, in which an encoded slash is a byte that UTF-8 does not have: so each slash in it parts
/// two segments, and no byte is a part of an escape.
struct CanonicalPath: Sendable {
    /// The path, and behind it what the target has.
    let bytes: Bytes
    /// How many of the bytes are the path.
    let count: Int

    /// The path of a request's target, without a copy where it is in that form already, as most are.
    ///
    /// - Throws: 400 where a `%` is not followed by two hexadecimal digits, or the bytes are not UTF-8.
    init(ofTarget target: Bytes) throws(HTTPError) {
        let (count, isCanonical) = target.withSpan(Self.measure)
        if isCanonical {
            self.bytes = target
            self.count = count
        } else {
            do throws(Fault) {
                let path = try target.withSpan { target throws(Fault) in try Self.bytes(target.extracting(0..<count)) }
                self.bytes = Bytes(path)
                self.count = path.count
            } catch {
                throw .malformedPath
            }
        }
    }

    /// Whether it is that of `OPTIONS *`.
    var isAsterisk: Bool { self.count == 1 && self.bytes.first == UInt8(ascii: "*") }
}

// MARK: - Bytes

extension CanonicalPath {
    /// What stands for `%2F`.
    static let encodedSlash: UInt8 = 0xFF

    /// Why bytes are no path.
    enum Fault: Error {
        /// The `%` at an offset is not followed by two hexadecimal digits.
        case escape(at: Int)
        /// They are not UTF-8.
        case encoding
    }

    /// The bytes of a path, or of a part of one, in canonical form.
    static func bytes(_ path: Span<UInt8>) throws(Fault) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(path.count)
        var encodedSlashes: [Int] = []
        var index = 0
        while index < path.count {
            if path[index] != UInt8(ascii: "%") {
                bytes.append(path[index])
                index += 1
            } else if let byte = PercentEncoding.byte(path, at: index, before: path.count) {
                if byte == UInt8(ascii: "/") { encodedSlashes.append(bytes.count) }
                bytes.append(byte)
                index += PercentEncoding.length
            } else {
                throw .escape(at: index)
            }
        }
        do {
            _ = try UTF8Span(validating: bytes.span)
        } catch {
            throw .encoding
        }
        for index in encodedSlashes { bytes[index] = Self.encodedSlash }
        return bytes
    }

    /// The length of a target's path, and whether it is canonical as it stands.
    private static func measure(_ target: Span<UInt8>) -> (count: Int, isCanonical: Bool) {
        var isCanonical = true
        var count = 0
        while count < target.count {
            let byte = target[count]
            if byte == UInt8(ascii: "?") { break }
            if byte == UInt8(ascii: "%") || byte > 0x7F { isCanonical = false }
            count += 1
        }
        return (count, isCanonical)
    }
}
