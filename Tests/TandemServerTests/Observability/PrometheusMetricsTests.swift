// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Metrics
import TandemHTTP
import Testing

@testable import TandemServer

@Suite("Metrics as Prometheus reads them")
struct PrometheusMetricsTests {
    let metrics = PrometheusMetrics(durationBuckets: [0.1, 1], valueBuckets: [10, 100], seriesLimit: 3)

    private var lines: [String] {
        String(decoding: self.metrics.exposition, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    @Test("Nothing recorded is an empty text, served as version 0.0.4")
    func empty() {
        #expect(self.lines == [])
        #expect(self.metrics.response.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
    }

    @Test("A counter goes up only, and the same labels in another order are the same counter")
    func counter() {
        Counter(label: "jobs", dimensions: [("queue", "a"), ("kind", "b")], factory: self.metrics).increment(by: 2)
        Counter(label: "jobs", dimensions: [("kind", "b"), ("queue", "a")], factory: self.metrics).increment()
        Counter(label: "jobs", dimensions: [("kind", "b"), ("queue", "a")], factory: self.metrics).increment(by: -7)
        #expect(self.lines == ["# TYPE jobs counter", #"jobs{kind="b",queue="a"} 3"#])
    }

    @Test("A counter of fractions adds to the whole ones")
    func floatingCounter() {
        FloatingPointCounter(label: "cost", factory: self.metrics).increment(by: 0.25)
        Counter(label: "cost", factory: self.metrics).increment(by: 2)
        FloatingPointCounter(label: "cost", factory: self.metrics).increment(by: Double.nan)
        FloatingPointCounter(label: "cost", factory: self.metrics).increment(by: Double.infinity)
        #expect(self.lines == ["# TYPE cost counter", "cost 2.25"])
    }

    @Test("The largest steps do not trap")
    func overflow() {
        let counter = Counter(label: "most", factory: self.metrics)
        counter.increment(by: Int64.max)
        counter.increment(by: Int64.max)
        let timer = Timer(label: "long", factory: self.metrics)
        timer.recordNanoseconds(.max)
        #expect(self.lines.contains(#"long_bucket{le="+Inf"} 1"#))
    }

    @Test("A reset counter is zero")
    func reset() {
        let counter = FloatingPointCounter(label: "cost", factory: self.metrics)
        counter.increment(by: 1.5)
        counter.reset()
        #expect(self.lines == ["# TYPE cost counter", "cost 0"])
    }

    @Test("A meter and a gauge hold their last value")
    func gauges() {
        let meter = Meter(label: "open", factory: self.metrics)
        meter.increment(by: 3)
        meter.decrement()
        Gauge(label: "heat", factory: self.metrics).record(-1.5)
        #expect(self.lines == ["# TYPE heat gauge", "heat -1.5", "# TYPE open gauge", "open 2"])
    }

    @Test(
        "A gauge prints what Go reads",
        arguments: [
            (Double.nan, "NaN"), (.infinity, "+Inf"), (-.infinity, "-Inf"), (-0.0, "0"), (1e300, "1e+300"),
            (0.1, "0.1"), (12_345_678_901, "12345678901"),
        ]
    )
    func numbers(value: Double, text: String) {
        #expect(prometheusNumber(value) == text)
    }

    @Test("A recorder's buckets are cumulative, and a value on a bound is within")
    func histogram() {
        let recorder = Recorder(label: "size", dimensions: [("kind", "x")], factory: self.metrics)
        for value in [10.0, 10.5, 1_000, .nan, .infinity] { recorder.record(value) }
        #expect(
            self.lines == [
                "# TYPE size histogram",
                #"size_bucket{kind="x",le="10"} 1"#,
                #"size_bucket{kind="x",le="100"} 2"#,
                #"size_bucket{kind="x",le="+Inf"} 3"#,
                #"size_sum{kind="x"} 1020.5"#,
                #"size_count{kind="x"} 3"#,
            ]
        )
    }

    @Test("A timer counts in seconds")
    func timer() {
        Timer(label: "took", factory: self.metrics).recordMilliseconds(250)
        #expect(
            self.lines == [
                "# TYPE took histogram", #"took_bucket{le="0.1"} 0"#, #"took_bucket{le="1"} 1"#,
                #"took_bucket{le="+Inf"} 1"#, "took_sum 0.25", "took_count 1",
            ]
        )
    }

    @Test(
        "Names are made valid",
        arguments: [
            ("plain", "plain"), ("with.dots-and spaces", "with_dots_and_spaces"), ("9lives", "_9lives"), ("", "_"),
            ("a:b", "a:b"), ("größe", "gr__e"), ("a\nb", "a_b"), ("日本", "__"),
        ]
    )
    func names(label: String, name: String) {
        #expect(prometheusName(label) == name)
    }

    @Test(
        "Labels are made valid and their values escaped",
        arguments: [
            ([("a", #"say "hi""#)], #"a="say \"hi\"""#),
            ([("a", "back\\slash")], #"a="back\\slash""#),
            ([("a", "two\nlines")], #"a="two\nlines""#),
            ([("a b", "1"), ("a.b", "2")], #"a_b="1""#),
            ([("__name__", "x")], #"dimension__name__="x""#),
            ([("le", "x")], #"le_="x""#),
            ([("a:b", "ü}")], #"a_b="ü}""#),
            ([], ""),
        ]
    )
    func labels(dimensions: [(String, String)], text: String) {
        #expect(prometheusLabels(dimensions, for: .histogram) == text)
    }

    @Test("A description stands above its metric, in one line, whenever it is given")
    func help() {
        Counter(label: "jobs", factory: self.metrics).increment()
        self.metrics.describe("jobs", as: "What is\nto \\do")
        #expect(self.lines.first == #"# HELP jobs What is\nto \\do"#)
    }

    @Test("A name that another kind has taken gets its own kind at the end")
    func conflict() {
        Counter(label: "jobs", factory: self.metrics).increment()
        Gauge(label: "jobs", factory: self.metrics).record(2)
        Gauge(label: "jobs", factory: self.metrics).record(5)
        Timer(label: "wait", factory: self.metrics).recordSeconds(1)
        Counter(label: "wait_count", factory: self.metrics).increment(by: 9)
        #expect(self.lines.contains("jobs 1"))
        #expect(self.lines.contains("jobs_gauge 5"))
        #expect(self.lines.contains("wait_count 1"))
        #expect(self.lines.contains("wait_count_counter 9"))
    }

    @Test("Dimensions past the limit count together")
    func seriesLimit() {
        for user in 0..<10 {
            Counter(label: "visits", dimensions: [("user", "\(user)")], factory: self.metrics).increment()
        }
        #expect(self.lines.count == 5)
        #expect(self.lines.contains(#"visits{overflow="true"} 7"#))
    }

    @Test("What is destroyed is no longer shown")
    func destroy() {
        let counter = Counter(label: "jobs", dimensions: [("queue", "a")], factory: self.metrics)
        let timer = Timer(label: "took", factory: self.metrics)
        Counter(label: "jobs", dimensions: [("queue", "b")], factory: self.metrics).increment()
        counter.destroy()
        timer.destroy()
        #expect(self.lines == ["# TYPE jobs counter", #"jobs{queue="b"} 1"#])
    }

    @Test("Many threads together lose no count")
    func concurrent() async {
        let metrics = self.metrics
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<500 {
                        Counter(label: "c", factory: metrics).increment()
                        FloatingPointCounter(label: "f", factory: metrics).increment(by: 0.5)
                        Meter(label: "m", factory: metrics).increment()
                        Recorder(label: "r", factory: metrics).record(1)
                    }
                }
            }
        }
        #expect(Set(["c 4000", "f 2000", "m 4000", "r_count 4000", "r_sum 4000"]).isSubset(of: self.lines))
    }
}
