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
        var qualities: [String: Int] = [:]
        for member in accepted {
            let parts = member.split(separator: ";").map { $0.trimmingSpaces().lowercased() }
            guard let name = parts.first else { continue }
            let quality = parts.dropFirst().first { $0.hasPrefix("q=") }.map { self.quality($0.dropFirst(2)) } ?? 1000
            qualities[name == "x-gzip" ? "gzip" : name] = quality
        }
        var best: Precompressed?
        // Not coded at all is the last choice unless it is asked for by name.
        var bestQuality = max(qualities["identity"] ?? 0, 1) - 1
        for coding in available {
            let quality = qualities[coding.rawValue] ?? qualities["*"] ?? 0
            if quality > bestQuality { (best, bestQuality) = (coding, quality) }
        }
        return best
    }

    /// A weight in thousandths (RFC 9110, section 12.4.2); what is malformed weighs nothing.
    private static func quality(_ text: Substring) -> Int {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let decimals = parts.count > 1 ? parts[1] : ""
        guard parts[0] == "0" || parts[0] == "1", decimals.utf8.count <= 3,
            decimals.utf8.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 })
        else { return 0 }
        let thousandths = Int(decimals + String(repeating: "0", count: 3 - decimals.utf8.count)) ?? 0
        return min(parts[0] == "1" ? 1000 + thousandths : thousandths, 1000)
    }
}
