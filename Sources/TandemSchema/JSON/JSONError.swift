// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Why a text is no JSON, or more of it than the limits allow.
public struct JSONError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong.
    public let reason: Reason
    /// Where, in bytes from the start.
    public let offset: Int

    /// What can be wrong with a text.
    public enum Reason: String, Sendable {
        /// The text ends inside a value.
        case unexpectedEnd = "it ends too early"
        /// A byte stands where the grammar has none like it.
        case unexpectedByte = "this may not stand here"
        /// Something follows the value.
        case trailingContent = "something follows the value"
        /// A number is not as RFC 8259, section 6 has it.
        case malformedNumber = "this is no number"
        /// A string has an escape that there is none of, or half of a surrogate pair.
        case malformedEscape = "this is no escape"
        /// A string has a control character that must be escaped.
        case controlCharacter = "a control character must be escaped"
        /// A string is not UTF-8.
        case invalidUTF8 = "a string is not UTF-8"
        /// Arrays and objects stand in each other deeper than `JSONLimits.depth`.
        case tooDeep = "it is nested too deep"
        /// The text is longer than `JSONLimits.bytes`.
        case tooLong = "it is too long"
        /// A number has more bytes than `JSONLimits.numberBytes`.
        case numberTooLong = "a number has too many digits"
    }

    package init(_ reason: Reason, at offset: Int) {
        self.reason = reason
        self.offset = offset
    }

    /// What is wrong, and where; nothing of the text itself.
    public var description: String { "The JSON cannot be read: \(self.reason.rawValue), at byte \(self.offset)." }
}
