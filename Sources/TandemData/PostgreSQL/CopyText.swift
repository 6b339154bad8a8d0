// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL
import FoundationEssentials

/// Rows in the text form of COPY, which columns of every type understand: a line each, tabs between the values.
final class CopyText: RowSink {
    private(set) var bytes: [UInt8] = []
    /// Why a value has no such form.
    private(set) var failure: DatabaseError?

    func put(_ value: SQLValue, at column: Int) {
        if column > 0 { self.bytes.append(UInt8(ascii: "\t")) }
        switch value {
        case .null: self.bytes += #"\N"#.utf8
        case .boolean(let value): self.bytes.append(value ? UInt8(ascii: "t") : UInt8(ascii: "f"))
        case .integer(let value): self.put(value)
        case .double(let value): self.bytes += value.description.utf8
        case .text(let value), .json(let value): self.put(value)
        case .bytes(let value): self.put(value)
        case .timestamp(let value):
            guard let microseconds = PostgreSQLTime.microseconds(value) else {
                self.fail("A moment is out of the range that PostgreSQL keeps.")
                return
            }
            PostgreSQLTime.write(microseconds, to: &self.bytes)
        case .uuid(let value): self.bytes += value.uuidString.utf8
        case .decimal(let value):
            if value.isNaN { self.fail("A decimal is not a number.") }
            self.bytes += value.description.utf8
        case .invalid(let reason): self.fail(reason)
        }
    }

    func endRow() { self.bytes.append(UInt8(ascii: "\n")) }

    /// Hands over what was written so far.
    func take() -> [UInt8] {
        let bytes = self.bytes
        self.bytes.removeAll(keepingCapacity: true)
        return bytes
    }

    private func fail(_ reason: String) { self.failure = self.failure ?? DatabaseError(.invalidValue, reason) }

    private func put(_ value: Int64) {
        let start = self.bytes.count
        var rest = value.magnitude
        repeat {
            self.bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        if value < 0 { self.bytes.append(UInt8(ascii: "-")) }
        self.bytes[start...].reverse()
    }

    private func put(_ text: String) {
        let isPlain = text.utf8.withContiguousStorageIfAvailable { utf8 in
            // Of what is escaped, all but the backslash are below the space.
            let isPlain = utf8.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: "\\") }
            if isPlain { self.bytes.append(contentsOf: utf8) }
            return isPlain
        }
        if isPlain == true { return }
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\\"): self.bytes += #"\\"#.utf8
            case UInt8(ascii: "\n"): self.bytes += #"\n"#.utf8
            case UInt8(ascii: "\r"): self.bytes += #"\r"#.utf8
            case UInt8(ascii: "\t"): self.bytes += #"\t"#.utf8
            case 0: self.fail("A text holds the character U+0000, which PostgreSQL cannot keep.")
            default: self.bytes.append(byte)
            }
        }
    }

    private func put(_ bytes: [UInt8]) {
        let digits = Array("0123456789abcdef".utf8)
        self.bytes += #"\\x"#.utf8
        for byte in bytes {
            self.bytes.append(digits[Int(byte >> 4)])
            self.bytes.append(digits[Int(byte & 15)])
        }
    }
}
#endif
