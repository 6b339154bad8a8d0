// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// The metrics by their names.
struct PrometheusRegistry {
    let seriesLimit: Int
    private(set) var families: [String: PrometheusFamily] = [:]
    /// By name; for metrics yet to come too.
    var help = PrometheusHelp.server

    init(seriesLimit: Int) {
        self.seriesLimit = seriesLimit
    }

    /// The series of a label and its dimensions, made where it is not there yet.
    mutating func series<Series: PrometheusSeries>(
        _ label: String,
        _ dimensions: [(String, String)],
        _ kind: PrometheusFamily.Kind,
        make: () -> Series
    ) -> Series {
        let name = self.freeName(prometheusName(label), for: kind)
        var family = self.families[name] ?? PrometheusFamily(name: name, kind: kind)
        var labels = prometheusLabels(dimensions, for: kind)
        if let known = family.series[labels] as? Series { return known }
        if family.series.count >= self.seriesLimit, !labels.isEmpty { labels = #"overflow="true""# }
        if let known = family.series[labels] as? Series { return known }
        let series = make()
        family.series[labels] = series
        self.families[name] = family
        return series
    }

    /// Lets go of a series; a metric without series is no longer shown.
    mutating func forget(_ series: ObjectIdentifier) {
        for (name, family) in self.families {
            guard let labels = family.series.first(where: { ObjectIdentifier($0.value) == series })?.key else {
                continue
            }
            self.families[name]?.series[labels] = nil
            if family.series.count == 1 { self.families[name] = nil }
        }
    }

    /// The name, or where a metric of another kind has it, the name and the kind: `jobs_gauge`.
    private func freeName(_ name: String, for kind: PrometheusFamily.Kind) -> String {
        if self.families[name]?.kind == kind { return name }
        let wanted = kind.sampleNames(name)
        let isTaken = self.families.values.contains { !$0.kind.sampleNames($0.name).isDisjoint(with: wanted) }
        return isTaken ? self.freeName("\(name)_\(kind.rawValue)", for: kind) : name
    }
}

/// The metrics of one name.
struct PrometheusFamily {
    enum Kind: String {
        case counter, gauge, histogram

        /// The names that a metric's lines begin with.
        func sampleNames(_ name: String) -> Set<String> {
            self == .histogram ? [name, name + "_bucket", name + "_sum", name + "_count"] : [name]
        }
    }

    let name: String
    let kind: Kind
    /// By the labels as they are written.
    var series: [String: any PrometheusSeries] = [:]

    init(name: String, kind: Kind) {
        self.name = name
        self.kind = kind
    }
}

/// What the server's own metrics mean.
enum PrometheusHelp {
    static let server = [
        "http_server_requests_total": "Requests answered, by method and status.",
        "http_server_request_duration_seconds": "Seconds from a request's head to its answer's last byte.",
        "http_server_requests_in_flight": "Requests being answered.",
        "http_server_connections": "Connections open.",
        "http_server_response_bytes_total": "Bytes of response bodies.",
    ]
}
