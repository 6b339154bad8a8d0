// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A coding that a file may lie beside itself in, as `app.js.br` beside `app.js`; best first.
enum Precompressed: String, CaseIterable {
    case brotli = "br"
    case zstandard = "zstd"
    case gzip = "gzip"

    /// What a file's name ends with in this coding.
    var suffix: String {
        switch self {
        case .brotli: ".br"
        case .zstandard: ".zst"
        case .gzip: ".gz"
        }
    }

    /// Chooses the coding to answer in (RFC 9110, section 12.5.3).
    ///
    /// - Parameters:
    ///   - available: What there is, best first.
    ///   - accepted: The members of Accept-Encoding.
    /// - Returns: The coding, or `nil` for none.
    static func negotiate(_ available: [Precompressed], accepted: [Substring]) -> Precompressed? {
        var (listed, identity, others) = ([Precompressed: Int](), 0, 0)
        for member in accepted {
            let parts = member.split(separator: ";", maxSplits: 1).map { $0.trimmingSpaces().lowercased() }
            let quality = parts.count > 1 ? self.quality(parts[1]) : 1000
            switch parts.first {
            case "identity": identity = quality
            case "*": others = quality
            case "x-gzip": listed[.gzip] = quality
            case let name: if let coding = name.flatMap(Self.init) { listed[coding] = quality }
            }
        }
        var best: Precompressed?
        // Not coded at all is the last choice unless it is asked for by name.
        var bestQuality = max(identity, 1) - 1
        for coding in available {
            let quality = listed[coding] ?? others
            if quality > bestQuality { (best, bestQuality) = (coding, quality) }
        }
        return best
    }

    /// Reads `q=0.5` as thousandths (RFC 9110, section 12.4.2); what is malformed weighs nothing.
    private static func quality(_ parameter: String) -> Int {
        let text = parameter.utf8
        guard text.starts(with: "q=0".utf8) || text.starts(with: "q=1".utf8), text.count <= 7 else { return 0 }
        var quality = 0
        for (place, byte) in zip([1000, 0, 100, 10, 1], text.dropFirst(2)) {
            let digit = byte &- UInt8(ascii: "0")
            guard place == 0 ? byte == UInt8(ascii: ".") : digit < 10 else { return 0 }
            quality += place * Int(digit)
        }
        return quality <= 1000 ? quality : 0
    }
}
