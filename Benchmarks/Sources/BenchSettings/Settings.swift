// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// What the benchmark tells a server: where to listen, with how many event loops, and which data to serve.
package struct Settings: Sendable {
    package var port: Int
    package var tlsPort: Int?
    package var threads: Int
    package var certificate: String
    package var key: String
    package var file: String
    private var recordsFile: String?

    /// Reads the program's arguments (`PORT TLS_PORT`), then its environment.
    package init() {
        let arguments = CommandLine.arguments
        let environment = ProcessInfo.processInfo.environment
        func number(_ index: Int, _ name: String) -> Int? {
            (arguments.count > index ? arguments[index] : environment[name]).flatMap(Int.init)
        }
        port = number(1, "PORT") ?? 8080
        tlsPort = number(2, "TLS_PORT")
        threads = environment["THREADS"].flatMap(Int.init) ?? 1
        certificate = environment["CERT"] ?? ""
        key = environment["KEY"] ?? ""
        file = environment["BENCH_FILE"] ?? ""
        recordsFile = environment["BENCH_RECORDS"]
    }

    /// The records that `/large` answers with.
    package func records<Record: Decodable>(of type: Record.Type = Record.self) throws -> [Record] {
        guard let recordsFile else { return [] }
        return try JSONDecoder().decode([Record].self, from: Data(contentsOf: URL(filePath: recordsFile)))
    }
}
