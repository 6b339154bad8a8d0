// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Metrics
import Synchronization

/// The values of one metric with one set of labels: a counter, a gauge or a histogram.
protocol PrometheusSeries: AnyObject, Sendable {
    func write(name: String, labels: String, to text: inout PrometheusText)
}

/// Goes up only: whole steps are exact, fractions are kept apart.
final class PrometheusCounter: PrometheusSeries, CounterHandler, FloatingPointCounterHandler {
    private let whole = Atomic<Int64>(0)
    private let fraction = AtomicDouble()

    func increment(by amount: Int64) {
        if amount > 0 { self.whole.wrappingAdd(amount, ordering: .relaxed) }
    }

    func increment(by amount: Double) {
        if amount > 0, amount.isFinite { self.fraction.update { $0 + amount } }
    }

    func reset() {
        self.whole.store(0, ordering: .relaxed)
        self.fraction.update { _ in 0 }
    }

    func write(name: String, labels: String, to text: inout PrometheusText) {
        let (whole, fraction) = (self.whole.load(ordering: .relaxed), self.fraction.value)
        text.sample(name, labels, fraction == 0 ? String(whole) : prometheusNumber(Double(whole) + fraction))
    }
}

/// Goes up and down.
final class PrometheusGauge: PrometheusSeries, MeterHandler, RecorderHandler {
    private let value = AtomicDouble()

    func set(_ value: Int64) { self.set(Double(value)) }
    func set(_ value: Double) { self.value.update { _ in value } }
    func record(_ value: Int64) { self.set(Double(value)) }
    func record(_ value: Double) { self.set(value) }
    func increment(by amount: Double) { self.value.update { $0 + amount } }
    func decrement(by amount: Double) { self.value.update { $0 - amount } }

    func write(name: String, labels: String, to text: inout PrometheusText) {
        text.sample(name, labels, prometheusNumber(self.value.value))
    }
}

/// Counts values by the bucket they fall into.
final class PrometheusHistogram: PrometheusSeries, RecorderHandler, TimerHandler {
    private let bounds: [Double]
    private let state: Mutex<State>

    private struct State {
        /// One for each bound, and one for what is above all of them.
        var counts: [UInt64]
        var sum = 0.0
    }

    init(bounds: [Double]) {
        self.bounds = Set(bounds.filter(\.isFinite)).sorted()
        self.state = Mutex(State(counts: Array(repeating: 0, count: self.bounds.count + 1)))
    }

    func record(_ value: Int64) { self.record(Double(value)) }

    func record(_ value: Double) {
        guard value.isFinite else { return }
        let bucket = self.bounds.firstIndex { value <= $0 } ?? self.bounds.count
        self.state.withLock {
            $0.counts[bucket] &+= 1
            $0.sum += value
        }
    }

    func recordNanoseconds(_ duration: Int64) { self.record(Double(duration) / 1e9) }

    func write(name: String, labels: String, to text: inout PrometheusText) {
        let (counts, sum) = self.state.withLock { ($0.counts, $0.sum) }
        let others = labels.isEmpty ? "" : labels + ","
        var total: UInt64 = 0
        for (bound, count) in zip(self.bounds + [.infinity], counts) {
            total &+= count
            text.sample(name + "_bucket", #"\#(others)le="\#(prometheusNumber(bound))""#, String(total))
        }
        text.sample(name + "_sum", labels, prometheusNumber(sum))
        text.sample(name + "_count", labels, String(total))
    }
}

/// A floating-point number that threads change together.
private struct AtomicDouble: ~Copyable, Sendable {
    private let bits = Atomic<UInt64>(0)

    var value: Double { Double(bitPattern: self.bits.load(ordering: .relaxed)) }

    borrowing func update(_ change: (Double) -> Double) {
        var old = self.bits.load(ordering: .relaxed)
        while true {
            let new = change(Double(bitPattern: old)).bitPattern
            let (exchanged, seen) = self.bits.weakCompareExchange(expected: old, desired: new, ordering: .relaxed)
            if exchanged { return }
            old = seen
        }
    }
}
