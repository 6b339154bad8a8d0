// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if Redis
/// What Redis answers.
public indirect enum RedisValue: Hashable, Sendable {
    /// Nothing: a key that is not there, a condition that does not hold.
    case null
    /// A number.
    case integer(Int)
    /// A word about what was done, such as `OK`.
    case status(String)
    /// A value, which may be any bytes.
    case bytes([UInt8])
    /// Several values.
    case array([RedisValue])
    /// An error within an array, such as one of a transaction's commands; one by itself is thrown.
    case error(String)
}

extension RedisValue {
    /// Whether it is nothing.
    public var isNull: Bool { self == .null }

    /// It as a text; nil where it is none, or no UTF-8.
    public var text: String? {
        switch self {
        case .bytes(let bytes): String(validating: bytes, as: UTF8.self)
        case .status(let text): text
        case .integer(let number): String(number)
        default: nil
        }
    }

    /// It as bytes; nil where it is none.
    public var bytes: [UInt8]? {
        if case .bytes(let bytes) = self { return bytes }
        return self.text.map { Array($0.utf8) }
    }

    /// It as a whole number, also where Redis sends it as a text; nil where it is none.
    public var integer: Int? {
        if case .integer(let number) = self { return number }
        return self.text.flatMap { Int($0) }
    }

    /// It as a number, as scores are; nil where it is none.
    public var double: Double? {
        if case .integer(let number) = self { return Double(number) }
        return self.text.flatMap { Double($0) }
    }

    /// It as several values; nil where it is one.
    public var array: [RedisValue]? {
        if case .array(let values) = self { return values }
        return nil
    }
}
#endif
