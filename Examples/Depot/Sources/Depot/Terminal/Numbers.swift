// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension BinaryInteger {
    /// The number with commas between thousands.
    var grouped: String {
        var text = ""
        for (index, digit) in "\(self.magnitude)".reversed().enumerated() {
            if index > 0, index.isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        return (self < 0 ? "-" : "") + String(text.reversed())
    }

    /// A number of bytes as people say it: `1.4 GB`.
    var asSize: String {
        var size = Double(self)
        for unit in ["bytes", "kB", "MB", "GB", "TB"] {
            if size < 1_000 || unit == "TB" {
                if unit == "bytes" { return "\(self.grouped) \(unit)" }
                let tenths = Int((size * 10).rounded())
                return size < 10 ? "\(tenths / 10).\(tenths % 10) \(unit)" : "\(Int(size.rounded())) \(unit)"
            }
            size /= 1_000
        }
        return ""
    }
}
