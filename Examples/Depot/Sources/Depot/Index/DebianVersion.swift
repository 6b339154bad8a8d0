// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A version as Debian writes it, `[epoch:]upstream[-revision]`, in the order that dpkg has.
///
/// Numbers in it are compared as numbers, letters come before other signs, and `~` before everything, even the end:
/// `1.0~rc1 < 1.0 < 1.0-1 < 1.0a < 1.0+b < 1:0.9`.
struct DebianVersion: Hashable, Sendable, CustomStringConvertible {
    /// The version as it was written.
    let description: String
    let epoch: Int
    let upstream: Substring
    /// Empty where there is none, which is as good as `0`.
    let revision: Substring

    /// A version of a text, where it is one.
    init?(_ text: String) {
        var rest = text[...]
        var epoch: Int32 = 0
        if let colon = rest.firstIndex(of: ":") {
            guard rest[..<colon].utf8.allSatisfy(\.isDigit), let number = Int32(rest[..<colon]) else { return nil }
            epoch = number
            rest = rest[rest.index(after: colon)...]
        }
        let dash = rest.lastIndex(of: "-")
        let upstream = rest[..<(dash ?? rest.endIndex)]
        let revision = dash.map { rest[rest.index(after: $0)...] }
        guard !upstream.isEmpty, upstream.utf8.allSatisfy({ $0.isVersionSign || "-:".utf8.contains($0) }),
            revision?.isEmpty != true, revision?.utf8.allSatisfy(\.isVersionSign) != false
        else { return nil }
        self.description = text
        self.epoch = Int(epoch)
        self.upstream = upstream
        self.revision = revision ?? ""
    }

    static func == (left: DebianVersion, right: DebianVersion) -> Bool { Self.order(left, right) == 0 }

    func hash(into hasher: inout Hasher) {
        hasher.combine(self.epoch)
    }
}

extension DebianVersion: Comparable {
    static func < (left: DebianVersion, right: DebianVersion) -> Bool { Self.order(left, right) < 0 }

    /// Below 0 where the left is earlier, above 0 where it is later.
    private static func order(_ left: DebianVersion, _ right: DebianVersion) -> Int {
        if left.epoch != right.epoch { return left.epoch < right.epoch ? -1 : 1 }
        let upstream = Self.order(left.upstream.utf8, right.upstream.utf8)
        return upstream != 0 ? upstream : Self.order(left.revision.utf8, right.revision.utf8)
    }

    /// Compares signs and numbers by turns, each as far as it goes.
    private static func order(_ left: Substring.UTF8View, _ right: Substring.UTF8View) -> Int {
        var left = left
        var right = right
        while !left.isEmpty || !right.isEmpty {
            while left.first?.isDigit == false || right.first?.isDigit == false {
                let difference = Self.rank(left.first) - Self.rank(right.first)
                if difference != 0 { return difference }
                left = left.dropFirst()
                right = right.dropFirst()
            }
            let (leftNumber, rightNumber) = (left.takeNumber(), right.takeNumber())
            if leftNumber.count != rightNumber.count { return leftNumber.count - rightNumber.count }
            for (leftDigit, rightDigit) in zip(leftNumber, rightNumber) where leftDigit != rightDigit {
                return Int(leftDigit) - Int(rightDigit)
            }
        }
        return 0
    }

    /// Where a sign stands; a number and the end are alike.
    private static func rank(_ sign: UInt8?) -> Int {
        switch sign {
        case nil: 0
        case UInt8(ascii: "~"): -1
        case .some(let sign) where sign.isDigit: 0
        case .some(let sign) where sign.isLetter: Int(sign)
        case .some(let sign): Int(sign) + 256
        }
    }
}

extension Substring.UTF8View {
    /// Takes the digits that it begins with, and gives them without the zeros in front.
    fileprivate mutating func takeNumber() -> Substring.UTF8View {
        let digits = self.prefix(while: \.isDigit)
        self = self[digits.endIndex...]
        return digits.drop { $0 == UInt8(ascii: "0") }
    }
}

extension UInt8 {
    var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
    var isLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
    fileprivate var isVersionSign: Bool { self.isDigit || self.isLetter || ".+~".utf8.contains(self) }
}
