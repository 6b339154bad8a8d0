// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Keys in no order, the same for every program.
struct Keys {
    private var state: UInt64
    private let count: UInt64

    /// Keys from 1 to the count.
    init(upTo count: Int, seed: Int) {
        self.state = UInt64(seed)
        self.count = UInt64(count)
    }

    mutating func next() -> Int64 {
        self.state = self.state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int64((self.state >> 33) % self.count) + 1
    }
}
