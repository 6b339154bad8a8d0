// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension String {
    /// An integer as 16 lower-case hexadecimal digits.
    package init(hexadecimal value: UInt64) {
        self.init(digitsOf: value)
    }

    /// An integer as 32 lower-case hexadecimal digits.
    package init(hexadecimal value: UInt128) {
        self.init(digitsOf: value)
    }

    // Private, since other modules would call it without specializing it, at twenty times the cost.
    private init(digitsOf value: some FixedWidthInteger & UnsignedInteger) {
        let count = value.bitWidth / 4
        self.init(unsafeUninitializedCapacity: count) { digits in
            var rest = value
            for index in (0..<count).reversed() {
                let digit = UInt8(truncatingIfNeeded: rest & 15)
                digits[index] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
                rest >>= 4
            }
            return count
        }
    }
}
