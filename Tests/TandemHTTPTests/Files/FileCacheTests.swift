// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import TandemHTTP

@Suite("What was found is kept for a moment")
struct FileCacheTests {
    private let start = ContinuousClock.now

    private func path(_ name: String) -> RequestedPath { RequestedPath(name: name) }

    @Test("A value is loaded once in its lifetime")
    func lifetime() {
        let cache = FileCache<Int>(capacity: 10, lifetime: .seconds(1))
        #expect(cache.value(for: self.path("a"), now: self.start) { 1 } == 1)
        #expect(cache.value(for: self.path("a"), now: self.start + .milliseconds(999)) { 2 } == 1)
        #expect(cache.value(for: self.path("a"), now: self.start + .seconds(1)) { 3 } == 3)
    }

    @Test("What is not there is not kept, and what has gone is let go")
    func missing() {
        let cache = FileCache<Int>(capacity: 10, lifetime: .seconds(1))
        #expect(cache.value(for: self.path("a"), now: self.start) { nil } == nil)
        #expect(cache.value(for: self.path("a"), now: self.start) { 1 } == 1)
        #expect(cache.value(for: self.path("a"), now: self.start + .seconds(2)) { nil } == nil)
        #expect(cache.count == 0)
    }

    @Test("A path with a slash at its end is another path")
    func slash() throws {
        let cache = FileCache<Int>(capacity: 10, lifetime: .seconds(1))
        let (file, directory) = (Request(.get, "/a"), Request(.get, "/a/"))
        let first = try #require(RequestedPath(target: file.target))
        let second = try #require(RequestedPath(target: directory.target))
        #expect(cache.value(for: first, now: self.start) { 1 } == 1)
        #expect(cache.value(for: second, now: self.start) { 2 } == 2)
    }

    @Test("It never holds more than its capacity, and keeps what is asked for often")
    func capacity() {
        let cache = FileCache<Int>(capacity: 8, lifetime: .seconds(1))
        var loads = 0
        for number in 0..<100 {
            _ = cache.value(for: self.path("often"), now: self.start) {
                loads += 1
                return 0
            }
            _ = cache.value(for: self.path("\(number)"), now: self.start) { number }
            #expect(cache.count <= 8)
        }
        #expect(loads == 1)
    }

    @Test("No capacity or no lifetime keeps nothing", arguments: [(0, 1), (1, 1), (8, 0)])
    func off(capacity: Int, seconds: Int) {
        let cache = FileCache<Int>(capacity: capacity, lifetime: .seconds(seconds))
        #expect(cache.value(for: self.path("a"), now: self.start) { 1 } == 1)
        #expect(cache.value(for: self.path("a"), now: self.start) { 2 } == 2)
        #expect(cache.count == 0)
    }
}
