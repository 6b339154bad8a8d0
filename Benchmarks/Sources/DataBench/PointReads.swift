// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemData

/// Rows read by their keys, each awaited before the next, by as many tasks as asked for.
struct PointReads {
    let db: Database
    let rows: Int
    let tasks: Int

    /// Reads for so long.
    ///
    /// - Returns: How many rows were read.
    func run(for time: Duration) async throws -> Int {
        let end = ContinuousClock.now + time
        return try await withThrowingTaskGroup(of: Int.self) { group in
            for task in 0..<self.tasks { group.addTask { try await self.run(until: end, seed: task) } }
            return try await group.reduce(0, +)
        }
    }

    private func run(until end: ContinuousClock.Instant, seed: Int) async throws -> Int {
        var keys = Keys(upTo: self.rows, seed: seed)
        var turns = 0
        repeat {
            for _ in 0..<32 {
                let id = keys.next()
                guard try await self.db.find(Package.self, id).id == id else { throw Usage("another row than \(id)") }
            }
            turns += 32
        } while ContinuousClock.now < end
        return turns
    }

    /// What the harness compares: a sum over all columns of the first rows.
    func checksum() async throws -> Int {
        var sum = 0
        for id in 1...1_000 { sum += try await self.db.find(Package.self, Int64(id)).checksum }
        return sum
    }
}
