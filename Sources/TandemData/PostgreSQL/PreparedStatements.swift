// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL
import CTandemPostgreSQL

/// The statements that a connection has prepared, those used last.
///
/// One text may be prepared several times, for values of different types; NULL goes with any.
struct PreparedStatements {
    private final class Prepared {
        let name: String
        let types: [UInt32]
        var lastUse: UInt64 = 0

        init(name: String, types: [UInt32]) {
            self.name = name
            self.types = types
        }

        func takes(_ values: [tandem_pq_value]) -> Bool {
            zip(self.types, values).allSatisfy { $0 == $1.type || $1.offset < 0 }
        }
    }

    private let capacity: Int
    private var byText: [StatementText: [Prepared]] = [:]
    private(set) var count = 0
    private var clock: UInt64 = 0
    /// Names that the server may forget.
    private var dropped: [String] = []

    init(capacity: Int) {
        self.capacity = capacity
    }

    /// Whether a text is worth keeping: a query, and not one so long that it was hardly written by hand.
    func keeps(_ text: String) -> Bool {
        guard self.capacity > 0, text.utf8.count <= 16_384, let first = text.utf8.first(where: { $0 > 0x20 }) else {
            return false
        }
        // SELECT, INSERT, UPDATE, DELETE, WITH, VALUES, MERGE.
        return "SsIiUuDdWwVvMm".utf8.contains(first)
    }

    /// The name of a statement that is prepared.
    mutating func name(of text: StatementText, _ values: [tandem_pq_value]) -> String? {
        guard let prepared = self.byText[text]?.last(where: { $0.takes(values) }) else { return nil }
        self.clock += 1
        prepared.lastUse = self.clock
        return prepared.name
    }

    /// Takes up a statement that is about to be prepared, and gives it a name.
    mutating func add(_ text: StatementText, _ values: [tandem_pq_value]) -> String {
        while self.count >= self.capacity, let oldest = self.byText.min(by: { Self.age($0) < Self.age($1) }) {
            for prepared in oldest.value { self.remove(oldest.key, prepared.name, isPrepared: true) }
        }
        self.clock += 1
        let prepared = Prepared(name: "t\(self.clock)", types: values.map(\.type))
        prepared.lastUse = self.clock
        self.byText[text, default: []].append(prepared)
        self.count += 1
        return prepared.name
    }

    private static func age(_ entry: (key: StatementText, value: [Prepared])) -> UInt64 {
        entry.value.reduce(0) { max($0, $1.lastUse) }
    }

    /// Forgets a statement; where the server knows it, it may do so too.
    mutating func remove(_ text: StatementText, _ name: String, isPrepared: Bool) {
        guard var all = self.byText[text], let index = all.firstIndex(where: { $0.name == name }) else { return }
        all.remove(at: index)
        self.byText[text] = all.isEmpty ? nil : all
        self.count -= 1
        if isPrepared { self.dropped.append(name) }
    }

    /// The names that the server may forget now.
    mutating func takeDropped() -> [String] {
        defer { self.dropped = [] }
        return self.dropped
    }
}
#endif
