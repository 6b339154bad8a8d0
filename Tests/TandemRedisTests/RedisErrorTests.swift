// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemRedis
import Testing

@Suite("Errors of Redis")
struct RedisErrorTests {
    @Test
    func `Two are equal where they say the same`() {
        #expect(RedisError.refused("WRONGTYPE") != .disconnected("WRONGTYPE"))
    }
}
