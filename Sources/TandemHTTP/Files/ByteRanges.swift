// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What a Range field asks for of a representation (RFC 9110, section 14.2).
enum ByteRanges: Equatable {
    /// There is no such field, or it is malformed, of another unit, or abusive: the whole is sent.
    case whole
    /// No part of what is asked for exists.
    case unsatisfiable
    /// The parts to send, none empty, none overlapping another.
    case parts([Range<Int>])

    /// The most ranges in one field; a field with more is ignored, as each costs a part's head.
    static let mostRanges = 16

    /// Reads the fields of a request.
    ///
    /// - Parameters:
    ///   - values: The values of all Range fields; more than one is malformed.
    ///   - size: The length of the representation in bytes.
    init(_ values: [String], size: Int) {
        guard values.count == 1, let value = values.first, let set = Self.rangeSet(value) else {
            self = .whole
            return
        }
        var ranges: [Range<Int>] = []
        var isEmptySuffix = false
        let specs = set.split(separator: ",").map { $0.trimmingSpaces() }.filter { !$0.isEmpty }
        guard (1...Self.mostRanges).contains(specs.count) else {
            self = .whole
            return
        }
        for spec in specs {
            guard let range = Self.range(spec, size: size) else {
                self = .whole
                return
            }
            if case .suffixOfNothing = range { isEmptySuffix = true }
            if case .bytes(let bytes) = range { ranges.append(bytes) }
        }
        if ranges.isEmpty {
            // The end of an empty file is the empty file, which Content-Range cannot say.
            self = isEmptySuffix ? .whole : .unsatisfiable
        } else {
            self = .parts(Self.coalesced(ranges))
        }
    }

    /// What follows `bytes=`.
    private static func rangeSet(_ value: String) -> Substring? {
        guard let equals = value.firstIndex(of: "="), FieldLine.matches(String(value[..<equals]), "bytes") else {
            return nil
        }
        return value[value.index(after: equals)...]
    }

    private enum Spec {
        case bytes(Range<Int>)
        case beyond
        case suffixOfNothing
    }

    /// Reads `first-`, `first-last` or `-length`; `nil` where it is malformed.
    private static func range(_ spec: Substring, size: Int) -> Spec? {
        guard let dash = spec.firstIndex(of: "-") else { return nil }
        let (left, right) = (spec[..<dash], spec[spec.index(after: dash)...])
        if left.isEmpty {
            guard let length = self.number(right) else { return nil }
            if length == 0 { return .beyond }
            return size == 0 ? .suffixOfNothing : .bytes(max(0, size - length)..<size)
        }
        guard let first = self.number(left) else { return nil }
        var last = Int.max
        if !right.isEmpty {
            guard let number = self.number(right), number >= first else { return nil }
            last = number
        }
        return first < size ? .bytes(first..<(min(last, size - 1) + 1)) : .beyond
    }

    /// Reads digits; what is too great for an Int is the greatest Int.
    private static func number(_ text: Substring) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }) else { return nil }
        return Int(text) ?? .max
    }

    /// Joins ranges that overlap or touch; where none do, their order stays the client's.
    private static func coalesced(_ ranges: [Range<Int>]) -> [Range<Int>] {
        var joined: [Range<Int>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = joined.last, range.lowerBound <= last.upperBound {
                joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                joined.append(range)
            }
        }
        return joined.count == ranges.count ? ranges : joined
    }
}
