// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// How often something was done, and what that took of this process's user and system time.
struct Measurement {
    let turns: Int
    let cpuSeconds: Double

    /// Does something again and again for the time of the warm-up, and then for that of the measurement.
    init(of job: Job, _ work: () throws -> Void) rethrows {
        _ = try Self.turns(in: job.warmup, of: work)
        let before = Self.cpuSeconds()
        self.turns = try Self.turns(in: job.time, of: work)
        self.cpuSeconds = Self.cpuSeconds() - before
    }

    var json: String { "{\"turns\": \(self.turns), \"cpu_seconds\": \(self.cpuSeconds)}" }

    private static func turns(in time: Duration, of work: () throws -> Void) rethrows -> Int {
        let end = ContinuousClock.now + time
        var turns = 0
        repeat {
            try work()
            turns += 1
        } while ContinuousClock.now < end
        return turns
    }

    private static func cpuSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
