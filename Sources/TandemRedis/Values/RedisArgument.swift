// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if Redis
/// One word of a command: a name, a key, a value.
///
/// Redis takes each for itself, so none can end another.
public struct RedisArgument: Hashable, Sendable {
    let content: Content

    enum Content: Hashable, Sendable {
        case text(String)
        case bytes([UInt8])
    }

    /// A text, as UTF-8.
    public init(_ text: String) { self.content = .text(text) }

    /// Bytes, as they are.
    public init(_ bytes: [UInt8]) { self.content = .bytes(bytes) }

    /// A whole number, in decimal.
    public init(_ number: some BinaryInteger) { self.content = .text(String(number)) }

    /// A number; the infinities as Redis writes them, `inf` and `-inf`.
    public init(_ number: Double) {
        self.content = .text(number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)")
    }

    /// A duration in whole milliseconds, as PX and PEXPIRE take it; at least 1.
    init(milliseconds duration: Duration) { self.init(max(1, duration / .milliseconds(1))) }

    /// How many bytes it has.
    var count: Int {
        switch self.content {
        case .text(let text): text.utf8.count
        case .bytes(let bytes): bytes.count
        }
    }
}

extension RedisArgument: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    /// A text, as UTF-8.
    public init(stringLiteral text: String) { self.init(text) }
}

extension RedisArgument: ExpressibleByIntegerLiteral {
    /// A whole number, in decimal.
    public init(integerLiteral number: Int) { self.init(number) }
}
#endif
