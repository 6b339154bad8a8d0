// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// What the benchmark tells a server: where to listen, with how many event loops, and which data to serve.
struct Settings {
    var port: Int
    var tlsPort: Int?
    var threads: Int
    var certificate: String
    var key: String
    var file: String
    var records: [Record]

    /// Reads the arguments (`PORT TLS_PORT`), then the environment.
    init(arguments: [String], environment: [String: String]) throws {
        func number(_ index: Int, _ name: String) -> Int? {
            (arguments.count > index ? arguments[index] : environment[name]).flatMap(Int.init)
        }
        port = number(1, "PORT") ?? 8080
        tlsPort = number(2, "TLS_PORT")
        threads = environment["THREADS"].flatMap(Int.init) ?? 1
        certificate = environment["CERT"] ?? ""
        key = environment["KEY"] ?? ""
        file = environment["BENCH_FILE"] ?? ""
        records =
            try environment["BENCH_RECORDS"].map {
                try JSONDecoder().decode([Record].self, from: Data(contentsOf: URL(filePath: $0)))
            } ?? []
    }
}
