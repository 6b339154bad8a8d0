// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What a client accepts: the `accept-encoding` field (RFC 9110, section 12.5.3).
struct AcceptEncoding {
    /// The weights in thousandths of the codings listed.
    private var weights: [ContentCoding: Int] = [:]
    /// The weight of those not listed, from `*`.
    private var others = 0

    init(_ headers: Headers) {
        guard headers.contains("accept-encoding") else { return }
        for member in headers.list("accept-encoding") {
            let parts = member.split(separator: ";", maxSplits: 1, omittingEmptySubsequences: false)
            let name = parts[0].trimmingSpaces()
            let weight = parts.count == 1 ? 1000 : Self.weight(parts[1].trimmingSpaces())
            if name == "*" {
                self.others = weight
            } else if let coding = ContentCoding(token: name), self.weights[coding] == nil {
                self.weights[coding] = weight
            }
        }
    }

    /// The offer that the client likes best, the first among equals; identity where it likes none, even one that
    /// excludes identity, since RFC 9110 prefers an answer to a 406.
    func best(of offers: [ContentCoding]) -> ContentCoding {
        var best = (coding: ContentCoding.identity, weight: 0)
        for offer in offers {
            let weight = self.weights[offer] ?? self.others
            if weight > best.weight { best = (offer, weight) }
        }
        return best.weight >= self.weights[.identity] ?? 0 ? best.coding : .identity
    }

    /// Reads `q=0.5` as thousandths (RFC 9110, section 12.4.2); what is malformed is not wanted.
    private static func weight(_ parameter: Substring) -> Int {
        let text = parameter.utf8
        guard (3...7).contains(text.count), text.starts(with: "q=".utf8) || text.starts(with: "Q=".utf8) else {
            return 0
        }
        let digits = text.dropFirst(2)
        guard digits.dropFirst().first ?? UInt8(ascii: ".") == UInt8(ascii: ".") else { return 0 }
        var weight = 0
        for (place, byte) in zip([1000, 0, 100, 10, 1], digits) where place > 0 {
            let digit = byte &- UInt8(ascii: "0")
            guard digit < 10 else { return 0 }
            weight += place * Int(digit)
        }
        return weight <= 1000 ? weight : 0
    }
}
