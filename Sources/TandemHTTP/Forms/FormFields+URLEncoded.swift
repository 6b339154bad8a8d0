// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// The encoding `application/x-www-form-urlencoded`, as the URL Standard has it (url.spec.whatwg.org, section 5).
extension FormFields {
    /// The fields of a text such as `name=Ada+Lovelace&tag=a&tag=b`.
    ///
    /// No text is an error: `+` is a space, a `%` that two hexadecimal digits do not follow stands for itself, bytes
    /// that are not UTF-8 become U+FFFD, a field without `=` is empty, and `&&` holds none.
    public init(urlEncoded text: String) {
        self.init(decoding: ByteBuffer(string: text).readableBytesUInt8Span)
    }

    /// The fields as text for a query or a body: `name=Ada+Lovelace&tag=a&tag=b`.
    public var urlEncoded: String {
        var text: [UInt8] = []
        for (name, value) in self {
            if !text.isEmpty { text.append(UInt8(ascii: "&")) }
            Self.encode(name, into: &text)
            text.append(UInt8(ascii: "="))
            Self.encode(value, into: &text)
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The fields of an encoded body.
    ///
    /// - Throws: 413 where they are longer than `limits.fieldBytes`, or more than `limits.fields`.
    package init(urlEncoded bytes: Bytes, limits: FormLimits) throws(HTTPError) {
        if bytes.count > limits.fieldBytes { throw .contentTooLarge(limit: limits.fieldBytes) }
        let span = bytes.buffer.readableBytesUInt8Span
        var count = 1
        for index in 0..<span.count where span[index] == UInt8(ascii: "&") { count += 1 }
        if count > limits.fields { throw .tooManyFormFields(limit: limits.fields) }
        self.init(decoding: span)
    }

    init(decoding bytes: Span<UInt8>) {
        self.init()
        var start = 0
        while start < bytes.count {
            var end = start
            var equals: Int?
            while end < bytes.count, bytes[end] != UInt8(ascii: "&") {
                if equals == nil, bytes[end] == UInt8(ascii: "=") { equals = end }
                end += 1
            }
            if start < end {
                let nameEnd = equals ?? end
                let valueStart = equals.map { $0 + 1 } ?? end
                self.add(Self.decode(bytes, start..<nameEnd), Self.decode(bytes, valueStart..<end))
            }
            start = end + 1
        }
    }

    private static func decode(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(range.count)
        var index = range.lowerBound
        while index < range.upperBound {
            if let byte = PercentEncoding.byte(bytes, at: index, before: range.upperBound) {
                text.append(byte)
                index += PercentEncoding.length
            } else {
                text.append(bytes[index] == UInt8(ascii: "+") ? 0x20 : bytes[index])
                index += 1
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func encode(_ value: String, into text: inout [UInt8]) {
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "*"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                text.append(byte)
            case 0x20:
                text.append(UInt8(ascii: "+"))
            default:
                text.append(UInt8(ascii: "%"))
                text.append(hexDigit(byte >> 4))
                text.append(hexDigit(byte & 15))
            }
        }
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
    }
}
