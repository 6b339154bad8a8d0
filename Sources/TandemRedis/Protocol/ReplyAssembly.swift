// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if Redis
/// Puts a reply together of its parts, which come in order, arrays before what they hold.
final class ReplyAssembly {
    /// The arrays that are begun, the innermost last.
    private var open: [(values: [RedisValue], missing: Int)] = []
    private var value: RedisValue?

    /// The reply that is complete, once.
    func takeValue() -> RedisValue? {
        defer { self.value = nil }
        return self.value
    }

    func beginArray(_ count: Int) {
        if count > 0 { self.open.append(([], count)) } else { self.add(.array([])) }
    }

    func add(_ value: RedisValue) {
        var value = value
        while let innermost = self.open.indices.last {
            self.open[innermost].values.append(value)
            self.open[innermost].missing -= 1
            if self.open[innermost].missing > 0 { return }
            value = .array(self.open.removeLast().values)
        }
        self.value = value
    }
}
#endif
