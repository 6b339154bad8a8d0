// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization
import TandemSchema
import Testing

@Suite("Structs are read into the memory they stay in")
struct InPlaceTests {
    @Test(
        "What was read of a struct that is not whole is let go, each value once",
        arguments: [
            (#"{"a":1,"b":2,"c":[3,4],"d":{"e":5}}"#, 5),
            (#"{"a":1,"a":1,"b":2,"b":null,"c":[3],"c":[4,5],"d":{"e":5},"d":{"e":6}}"#, 4),
            (#"{"b":2,"c":[3,4],"d":{"e":5}}"#, nil),
            (#"{"a":1,"b":2,"c":[3,-4],"d":{"e":5}}"#, nil),
            (#"{"a":1,"a":-1,"b":2,"c":[3],"d":{"e":5}}"#, nil),
            (#"{"a":1,"b":2,"c":[3],"d":{}}"#, nil),
            (#"{"a":1,"b":-2,"c":[3],"d":{"e":-5}}"#, nil),
            (#"{"a":1,"b":2,"c":[3,4],"d":{"e":5,}}"#, nil),
            (#"{"a":1,"b":2,"c":[3,4"#, nil),
            ("[]", nil),
        ] as [(String, Int?)]
    )
    func lifetimes(text: String, count: Int?) {
        let ledger = Ledger()
        Ledger.$current.withValue(ledger) {
            let whole = try? JSON.decode(Whole.self, from: text)
            #expect((whole == nil) == (count == nil))
            withExtendedLifetime(whole) { #expect(ledger.living == count ?? 0) }
            let list = try? JSON.decode([Whole?].self, from: "[null,\(text),\(text)]")
            withExtendedLifetime(list) { #expect(ledger.living == 3 * (count ?? 0)) }
        }
        #expect(ledger.living == 0)
    }

    @Test(
        "A name is found wherever it stands, near the end of the text too",
        arguments: [0, 1, 6, 7, 8, 9, 15, 16, 17, 40]
    )
    func names(spaces: Int) throws {
        let space = String(repeating: " ", count: spaces)
        for order in [Names.keys, Names.keys.reversed()] {
            let text = "{" + order.map { "\"\($0)\":\($0.count)" }.joined(separator: ",") + "}" + space
            let names = try JSON.decode(Names.self, from: text)
            #expect(names == Names())
            for key in order {
                let wrong = text.replacing("\"\(key)\"", with: "\"\(key.dropLast())_\"")
                #expect(violations(of: wrong, as: Names.self) == ["/\(key) required"])
            }
        }
    }

    @Test("A name that JSON escapes is only found with its escapes")
    func escapedName() throws {
        #expect(try JSON.decode(Quoted.self, from: #"{"a\"b":1}"#) == Quoted(value: 1))
        #expect(throws: JSONError.self) { try JSON.decode(Quoted.self, from: #"{"a"b":1}"#) }
    }

    @Test("Properties that are in no JSON come behind those that are, and are made anew each time")
    func hidden() throws {
        for number in 0..<2 {
            Badge.made.withLock { $0 = number }
            let badge = try JSON.decode(Badge.self, from: #"{"name":"Ada","number":7}"#)
            #expect(badge.name == "Ada" && badge.number == number && badge.note == nil)
        }
        #expect(violations(of: #"{"number":7}"#, as: Badge.self) == ["/name required"])
    }

    @Test("A property with an observer, and one with a wrapper, is read by the initializer")
    func notInPlace() throws {
        let watched = try JSON.decode(Watched.self, from: #"{"level":12,"count":3}"#)
        #expect(watched.level == 9 && watched.count == 3)
        #expect(violations(of: #"{"level":"x"}"#, as: Watched.self) == ["/level type", "/count required"])
    }
}

/// How many values that were read are there.
private final class Ledger: Sendable {
    @TaskLocal static var current = Ledger()
    private let count = Mutex(0)

    var living: Int { self.count.withLock { $0 } }

    func add(_ change: Int) { self.count.withLock { $0 += change } }
}

/// A value that is counted, on the heap so that its end is seen; below zero it is none.
private final class Counted: Schema {
    private let ledger = Ledger.current

    required init?(json reader: inout JSONReader) throws(JSONError) {
        self.ledger.add(1)
        guard let value = try reader.readInteger(Int.self) else { return nil }
        if value < 0 {
            reader.note(Violation("range", expected: "at least 0"))
            return nil
        }
    }

    deinit { self.ledger.add(-1) }

    func write(json writer: inout JSONWriter) { writer.write(0) }
    static func describe(in definitions: inout Definitions) -> JSONSchema { JSONSchema(type: "integer") }
}

@Schema private struct Whole {
    let a: Counted
    var b: Counted?
    var c: [Counted] = []
    var d: Part
}

@Schema private struct Part {
    var e: Counted
}

@Schema private struct Names: Equatable {
    static let keys = ["a", "bcdef", "ghijkl", "mnopqrst", "uvwxyzabc", "defghijklmnop", "qrstuvwxyzabcd"]

    var a: Int
    @Key("bcdef") var five: Int
    @Key("ghijkl") var six: Int
    @Key("mnopqrst") var eight: Int
    @Key("uvwxyzabc") var nine: Int
    @Key("defghijklmnop") var thirteen: Int
    @Key("qrstuvwxyzabcd") var fourteen: Int

    init() {
        (self.a, self.five, self.six, self.eight) = (1, 5, 6, 8)
        (self.nine, self.thirteen, self.fourteen) = (9, 13, 14)
    }
}

@Schema private struct Quoted: Equatable {
    @Key("a\"b") var value: Int
}

/// As `@Model` writes one.
private struct Badge: Schema {
    static let made = Mutex(0)
    private static let fields = JSONFields<Self> { fields in
        fields.add("name", \.name)
        fields.hide(\.number) { Self.made.withLock { $0 } }
        fields.hide(\.note) { nil }
    }

    let number: Int
    let name: String
    let note: [String]?

    static func read(json reader: inout JSONReader, into slot: inout JSONSlot<Self>) throws(JSONError) {
        try reader.read(Self.fields, into: &slot)
    }

    init?(json reader: inout JSONReader) throws(JSONError) {
        guard let value = try JSONSlot<Self>.read(&reader) else { return nil }
        self = value
    }

    func write(json writer: inout JSONWriter) { writer.write(self.name) }
    static func describe(in definitions: inout Definitions) -> JSONSchema { JSONSchema(type: "object") }
}

@Schema private struct Watched {
    @UpToNine var level: Int
    var count: Int { didSet { self.level = 0 } }
}

@propertyWrapper
private struct UpToNine: Sendable {
    private var value: Int
    var wrappedValue: Int {
        get { self.value }
        set { self.value = min(newValue, 9) }
    }

    init(wrappedValue: Int) { self.value = min(wrappedValue, 9) }
}
