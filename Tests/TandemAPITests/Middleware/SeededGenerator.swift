// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP

/// Random numbers that are the same in every run.
struct SeededGenerator: RandomNumberGenerator {
    private let ids: RandomIDs

    init(seed: UInt64) {
        self.ids = RandomIDs(seed: seed)
    }

    func next() -> UInt64 { self.ids.word() }
}
