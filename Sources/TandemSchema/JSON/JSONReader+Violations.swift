// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension JSONReader {
    /// Notes what is wrong with the value that was read; beyond `JSONLimits.violations` no more are kept.
    public mutating func note(_ violation: Violation) {
        if self.found.count < max(self.limits.violations, 1) { self.found.append(violation) }
    }

    /// Notes that the value at the cursor is of another type than was expected, and skips it.
    public mutating func refuse(expected: String, rule: String = "type") throws(JSONError) {
        let first = self.cursor
        try self.skipValue()
        self.note(Violation(rule, expected: expected, actual: Self.shown(self.bytes(from: first))))
    }

    /// A value's text, shortened; an array or an object by its kind alone.
    private static func shown(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        switch bytes.first {
        case UInt8(ascii: "{"): return "an object"
        case UInt8(ascii: "["): return "an array"
        default:
            let text = String(decoding: bytes, as: UTF8.self)
            return text.count > 64 ? text.prefix(63) + "…" : text
        }
    }

    /// Reads a value under a key; what is wrong with it is noted under that key.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - value: What takes the value; `nil` where it is wrong.
    /// - Throws: `JSONError` where the text is no JSON.
    @inlinable
    public mutating func value<Value: Schema>(at key: StaticString, into value: inout Value?) throws(JSONError) {
        let before = self.found.count
        value = try Value(json: &self)
        if self.found.count != before { self.prefix(since: before, with: key.description) }
    }

    /// Reads a value or `null` under a key; what is wrong with it is noted under that key.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - value: What takes the value; `nil` where it is `null`, or wrong.
    /// - Returns: Whether it is as it should be.
    /// - Throws: `JSONError` where the text is no JSON.
    @inlinable
    public mutating func valueOrNull<Value: Schema>(
        at key: StaticString,
        into value: inout Value?
    ) throws(JSONError) -> Bool {
        if try self.readNull() {
            value = nil
            return true
        }
        try self.value(at: key, into: &value)
        return value != nil
    }

    /// What a property is that its object does not have; notes where that is an error.
    @inlinable
    public mutating func missing<Value: Schema>(_ type: Value.Type = Value.self, at key: StaticString) -> Value? {
        if let absent = Value.absent { return absent }
        self.note(Violation("required", expected: "there"), at: key)
        return nil
    }

    /// Notes where a value breaks a rule.
    @inlinable
    public mutating func check<R: Rule>(_ value: R.Value, _ rule: R, at key: StaticString) {
        if let violation = rule.violation(of: value) { self.note(violation, at: key) }
    }

    @usableFromInline
    mutating func note(_ violation: Violation, at key: StaticString) {
        let before = self.found.count
        self.note(violation)
        self.prefix(since: before, with: key.description)
    }

    /// Puts a step before the pointers of the violations noted since there were `count`.
    @usableFromInline
    mutating func prefix(since count: Int, with step: String) {
        let step = Violation.pointer(to: step)
        for index in count..<self.found.count { self.found[index].pointer = step + self.found[index].pointer }
    }
}

extension Violation {
    /// A key as a step of a JSON pointer (RFC 6901, section 3).
    static func pointer(to key: String) -> String {
        guard key.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else { return "/" + key }
        return key.unicodeScalars.reduce(into: "/") { step, scalar in
            switch scalar {
            case "~": step += "~0"
            case "/": step += "~1"
            default: step.unicodeScalars.append(scalar)
            }
        }
    }
}
