// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// How often something was done, and what that took: by the clock, and of this process's user and system time.
struct Measurement {
    let turns: Int
    let seconds: Double
    let cpuSeconds: Double

    /// Does something and counts how often.
    init(_ work: () async throws -> Int) async rethrows {
        let (start, cpu) = (Self.seconds(CLOCK_MONOTONIC), Self.seconds(CLOCK_PROCESS_CPUTIME_ID))
        self.turns = try await work()
        self.seconds = Self.seconds(CLOCK_MONOTONIC) - start
        self.cpuSeconds = Self.seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu
    }

    /// What the harness reads.
    func json(checksum: Int) -> String {
        """
        {"turns": \(self.turns), "seconds": \(self.seconds), "cpu_seconds": \(self.cpuSeconds), \
        "checksum": \(checksum)}
        """
    }

    private static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
