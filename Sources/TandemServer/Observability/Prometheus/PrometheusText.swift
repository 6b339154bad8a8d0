// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Prometheus' text exposition format, version 0.0.4.
struct PrometheusText {
    private(set) var text = ""

    mutating func write(_ family: PrometheusFamily, help: String?) {
        if let help { self.text += "# HELP \(family.name) \(escaped(help, quotes: false))\n" }
        self.text += "# TYPE \(family.name) \(family.kind.rawValue)\n"
        for (labels, series) in family.series.sorted(by: { $0.key < $1.key }) {
            series.write(name: family.name, labels: labels, to: &self)
        }
    }

    mutating func sample(_ name: String, _ labels: String, _ value: String) {
        self.text += labels.isEmpty ? "\(name) \(value)\n" : "\(name){\(labels)} \(value)\n"
    }
}

/// A label of swift-metrics as a metric's name, `[a-zA-Z_:][a-zA-Z0-9_:]*`.
func prometheusName(_ label: String) -> String {
    sanitised(label) { $0 == UInt8(ascii: ":") }
}

/// Dimensions as they stand between the braces; of two with the same name the first counts.
func prometheusLabels(_ dimensions: [(String, String)], for kind: PrometheusFamily.Kind) -> String {
    var seen: Set<String> = []
    return dimensions.sorted { $0.0 < $1.0 }.compactMap { dimension, value in
        var name = sanitised(dimension) { _ in false }
        // Two underscores in front are Prometheus' own, and so is a histogram's `le`.
        if name.hasPrefix("__") { name = "dimension" + name }
        if name == "le", kind == .histogram { name = "le_" }
        return seen.insert(name).inserted ? #"\#(name)="\#(escaped(value, quotes: true))""# : nil
    }.joined(separator: ",")
}

/// A number as Go reads it.
func prometheusNumber(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    return Int64(exactly: value).map(String.init) ?? value.description
}

private func sanitised(_ text: String, allowing isAllowed: (UInt8) -> Bool) -> String {
    var name = ""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "a"..."z", "A"..."Z", "_": name.unicodeScalars.append(scalar)
        case "0"..."9":
            if name.isEmpty { name = "_" }
            name.unicodeScalars.append(scalar)
        case _ where scalar.isASCII && isAllowed(UInt8(truncatingIfNeeded: scalar.value)):
            name.unicodeScalars.append(scalar)
        default: name += "_"
        }
    }
    return name.isEmpty ? "_" : name
}

private func escaped(_ text: String, quotes: Bool) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\\": result += #"\\"#
        case "\n": result += #"\n"#
        case "\"" where quotes: result += #"\""#
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result
}
