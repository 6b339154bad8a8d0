// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SeededRandom
import TandemSchema

/// Makes values that are nearly right.
struct Mutator {
    private var generator: SeededGenerator

    private static let leaves: [JSON] = [
        nil, true, false, 0, 1, 3, 5, 6, 9, 10, -1, 2.5, .number("1.0"), .number("1e1"),
        .number("12345678901234567890"), "",
        "a", "low", "high", "urgent", "circle", "polygon", "nothing", "ada@example.org", "no one",
        "21 characters in here",
        [], [:], ["a"], ["a", "a"], [1, "b", nil], ["x": 1], ["x": 1, "y": 2],
    ]
    private static let names = ["subject", "body", "stars", "tags", "x", "y", "z", "type", "value", "radius", "center"]

    init(seed: UInt64) {
        self.generator = SeededGenerator(seed: seed)
    }

    mutating func mutated(_ value: JSON) -> JSON {
        switch value {
        case .object(let object) where Int.random(in: 0..<4, using: &self.generator) > 0:
            return .object(self.mutated(object))
        case .array(var values) where !values.isEmpty && Bool.random(using: &self.generator):
            let index = Int.random(in: 0..<values.count, using: &self.generator)
            values[index] = self.mutated(values[index])
            return .array(values)
        default:
            return Self.leaves.randomElement(using: &self.generator) ?? nil
        }
    }

    private mutating func mutated(_ object: JSONObject) -> JSONObject {
        var object = object
        let name = object.map(\.name).randomElement(using: &self.generator)
        switch (Int.random(in: 0..<4, using: &self.generator), name) {
        case (0, let name?): object[name] = nil
        case (1, _):
            let name = Self.names.randomElement(using: &self.generator) ?? ""
            object[name] = Self.leaves.randomElement(using: &self.generator)
        case (_, let name?): object[name] = object[name].map { self.mutated($0) }
        default: break
        }
        return object
    }
}
