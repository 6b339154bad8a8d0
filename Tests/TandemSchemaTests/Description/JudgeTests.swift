// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema
import Testing

@Suite("The published schema accepts exactly what the decoder does")
struct JudgeTests {
    private func check<Value: Schema>(_ type: Value.Type, _ values: [Value], seed: UInt64) throws {
        var mutator = Mutator(seed: seed)
        let right = try values.map { try JSON.decode(JSON.self, from: JSON.text($0)) }
        var cases = right
        for _ in 0..<400 {
            let once = mutator.mutated(right[cases.count % right.count])
            cases += [once, mutator.mutated(once)]
        }
        let verdicts = try Judge.verdicts(on: cases, by: Value.jsonSchema)
        try #require(verdicts.count == cases.count)
        #expect(verdicts.contains(true) && verdicts.contains(false))
        for (value, verdict) in zip(cases, verdicts) {
            let text = try JSON.text(value)
            let accepts = (try? JSON.decode(Value.self, from: text)) != nil
            #expect(accepts == verdict, "\(Value.self): \(text)")
        }
    }

    @Test("Objects with rules, defaults, optionals and other keys")
    func objects() throws {
        let report = TicketReport(subject: "s", body: "b", stars: 3, tags: ["x", "y"], email: "a@b.example")
        try self.check(TicketReport.self, [report, TicketReport(subject: "t")], seed: 1)
        try self.check(Point.self, [Point(x: 1, y: 2.5)], seed: 2)
        try self.check(TicketChange.self, [TicketChange(subject: .value("s"), level: .null)], seed: 3)
    }

    @Test("Enums of words and of objects")
    func enums() throws {
        try self.check([Priority].self, [[.low, .high]], seed: 4)
        let circle = Shape.circle(center: Point(x: 0, y: 1), radius: 2)
        try self.check(Shape.self, [circle, .polygon([Point(x: 0, y: 1)]), .empty], seed: 5)
    }

    @Test("Generic types, types that contain themselves, dictionaries, sets and small integers")
    func containers() throws {
        try self.check(Page<Point>.self, [Page(items: [Point(x: 1, y: 2)], next: "a")], seed: 6)
        try self.check(Tree.self, [Tree(name: "a", children: [Tree(name: "b")])], seed: 7)
        try self.check([String: [Int8]].self, [["x": [1, -1], "y": []]], seed: 8)
        try self.check(Set<UInt8>.self, [[1, 2, 3]], seed: 9)
    }
}
