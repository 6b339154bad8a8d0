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
    static let keys = ["a", "bcdefg", "hijklmn", "opqrstuv", "wxyzabcde", "fghijklmnopqrst", "uvwxyzabcdefghij"]

    var a: Int
    @Key("bcdefg") var six: Int
    @Key("hijklmn") var seven: Int
    @Key("opqrstuv") var eight: Int
    @Key("wxyzabcde") var nine: Int
    @Key("fghijklmnopqrst") var fifteen: Int
    @Key("uvwxyzabcdefghij") var sixteen: Int

    init() {
        (self.a, self.six, self.seven, self.eight) = (1, 6, 7, 8)
        (self.nine, self.fifteen, self.sixteen) = (9, 15, 16)
    }
}

@Schema private struct Quoted: Equatable {
    @Key("a\"b") var value: Int
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
