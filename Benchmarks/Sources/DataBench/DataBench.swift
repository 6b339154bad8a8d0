// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import TandemAPI
import TandemData
import TandemServer

/// Reads and writes the catalogue in the database at `DATABASE_URL`, in this process or for clients.
///
///     data-bench find ROWS CONNECTIONS TASKS WARMUP SECONDS
///     data-bench insert FILE
///     data-bench serve PORT
@main
struct DataBench {
    static func main() async throws {
        let words = Array(CommandLine.arguments.dropFirst())
        let numbers = words.dropFirst().compactMap(Double.init)
        switch words.first {
        case "find" where numbers.count == 5:
            let (connections, tasks) = (Int(numbers[1]), Int(numbers[2]))
            let db = try self.database(connections: connections, isPipelined: tasks > connections)
            let reads = PointReads(db: db, rows: Int(numbers[0]), tasks: tasks)
            let (warmup, time) = (Duration.seconds(numbers[3]), Duration.seconds(numbers[4]))
            try await RequestHandler.run { try await self.find(reads, warmup, time) }
        case "insert" where words.count == 2:
            let packages = try Package.all(inFile: words[1])
            try await RequestHandler.run { try await self.insert(packages) }
        case "serve" where numbers.count == 1: try await self.serve(port: Int(numbers[0]))
        default: throw Usage("data-bench find|insert|serve …")
        }
    }

    private static func database(connections: Int = 10, isPipelined: Bool = true) throws -> Database {
        guard let url = ProcessInfo.processInfo.environment["DATABASE_URL"] else { throw Usage("no DATABASE_URL") }
        var settings = DatabaseSettings(url: url)
        settings.postgreSQL.connections = connections...connections
        if !isPipelined { settings.postgreSQL.pipelineDepth = 1 }
        return try Database(settings)
    }

    private static func find(_ reads: PointReads, _ warmup: Duration, _ time: Duration) async throws {
        let checksum = try await reads.checksum()
        _ = try await reads.run(for: warmup)
        print(try await Measurement { try await reads.run(for: time) }.json(checksum: checksum))
        await reads.db.close()
    }

    private static func insert(_ packages: [Package]) async throws {
        let db = try self.database()
        try await db.open()
        let measurement = try await Measurement {
            try await db.insertAll(packages)
            return packages.count
        }
        let checksum = packages.reduce(0) { $0 + $1.checksum }
        print(measurement.json(checksum: checksum))
        await db.close()
    }

    private static func serve(port: Int) async throws {
        let db = try self.database()
        try await db.open()
        var configuration = ServerConfiguration(.tcp(port: port))
        configuration.eventLoops = 1
        configuration.observability.accessLog = nil
        let routes = Routes()
        routes.mount(Packages(db: db))
        routes.mount(Reviews(db: db))
        try await Server(configuration, handler: try routes.handler()).serve()
    }
}
