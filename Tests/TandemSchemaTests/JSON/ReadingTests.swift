// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema
import Testing

/// The violations of a text that is no value of a type, a line each.
func violations<Value: Schema>(of text: String, as type: Value.Type, limits: JSONLimits = JSONLimits()) -> [String] {
    do {
        _ = try JSON.decode(type, from: text, limits: limits)
        return []
    } catch let error as ValidationError {
        return error.violations.map { "\($0.pointer) \($0.rule)" }
    } catch {
        return ["\(error)"]
    }
}

@Suite("Objects are read into structs")
struct ReadingTests {
    private static let whole = TicketReport(
        subject: "s",
        body: "b",
        priority: .high,
        stars: 3,
        tags: ["x", "y"],
        email: "a@b.example"
    )

    @Test(
        "The order of keys, the space around them and their escapes do not matter",
        arguments: [
            #"{"subject":"s","body":"b","priority":"high","stars":3,"tags":["x","y"],"e-mail":"a@b.example"}"#,
            #"{"e-mail":"a@b.example","tags":["x","y"],"stars":3,"priority":"high","body":"b","subject":"s"}"#,
            " {\n\t\"body\" : \"b\" , \"stars\" : 3 ,\r\n\"tags\" : [ \"x\" , \"y\" ] , \"subject\" : \"s\" ,"
                + "\"priority\" : \"high\", \"e-mail\" : \"a@b.example\" } ",
            #"{"\u0073ubject":"s","bod\u0079":"b","priority":"hi\u0067h","stars":3.0,"tags":["x","\u0079"],"e-mail":"a@b.example"}"#,
            #"{"subject":"other","subject":"s","body":"b","priority":"high","stars":3e0,"tags":["x","y"],"e-mail":"a@b.example","more":[{"a":1}]}"#,
        ]
    )
    func order(text: String) throws {
        #expect(try JSON.decode(TicketReport.self, from: text) == Self.whole)
    }

    @Test("What is not there is its default, or nil")
    func defaults() throws {
        let ticket = try JSON.decode(TicketReport.self, from: #"{"subject":"s"}"#)
        #expect(ticket == TicketReport(subject: "s", stars: nil, email: nil))
        #expect(try JSON.decode(TicketReport.self, from: #"{"subject":"s","stars":null,"e-mail":null}"#) == ticket)
    }

    @Test("Everything that is wrong is found at once")
    func allViolations() {
        let text = #"{"subject":"","body":7,"priority":"urgent","stars":9,"tags":["a","a",1,"b"],"e-mail":"nobody"}"#
        #expect(
            violations(of: text, as: TicketReport.self) == [
                "/subject length", "/body type", "/priority enum", "/stars range", "/tags/2 type", "/e-mail format",
            ]
        )
        #expect(
            violations(of: #"{"tags":["a","b","c","a"],"stars":2.5}"#, as: TicketReport.self) == [
                "/tags items", "/tags unique", "/stars type", "/subject required",
            ]
        )
        #expect(violations(of: "[]", as: TicketReport.self) == [" type"])
    }

    @Test("A violation says what was expected and what came")
    func description() throws {
        let error = #expect(throws: ValidationError.self) {
            try JSON.decode(TicketReport.self, from: #"{"subject":"","priority":"urgent","stars":9,"body":[1]}"#)
        }
        #expect(
            error?.description == """
                /subject must be 1 to 20 characters, not 0 characters.
                /priority must be "low", "normal" or "high", not "urgent".
                /stars must be at least 1 and at most 5, not 9.
                /body must be a string, not an array.
                """
        )
    }

    @Test("No more violations are kept than the limit says")
    func violationLimit() {
        let text = "[" + Array(repeating: "true", count: 50).joined(separator: ",") + "]"
        #expect(violations(of: text, as: [Int].self, limits: JSONLimits(violations: 3)).count == 3)
    }

    @Test(
        "Keys that no property has are skipped, refused or kept",
        arguments: [(#"{"x":1,"y":2,"z":3,"a/b":4}"#, ["/z unknown", "/a~1b unknown"]), (#"{"x":1,"y":2}"#, [])]
    )
    func unknown(text: String, expected: [String]) throws {
        #expect(violations(of: text, as: Point.self) == expected)
        let open = try JSON.decode(Open.self, from: #"{"b":[1],"name":"n","\u0061":null}"#)
        #expect(open == Open(name: "n", unknownKeys: ["b": [1], "a": nil]))
        #expect(try JSON.text(open) == #"{"name":"n","b":[1],"a":null}"#)
    }

    @Test("A rule of the type's own is checked once its properties are")
    func ownRule() {
        #expect(violations(of: #"{"from":2,"to":1}"#, as: Stay.self) == ["/to order"])
        #expect(violations(of: #"[{"from":1,"to":2},{"from":2,"to":2}]"#, as: [Stay].self) == ["/1/to order"])
        #expect(violations(of: #"{"from":2}"#, as: Stay.self) == ["/to required"])
    }

    @Test("A change tells a key that is missing from one that is null")
    func patch() throws {
        let change = try JSON.decode(TicketChange.self, from: #"{"level":null}"#)
        #expect(change == TicketChange(subject: .missing, level: .null))
        #expect(try JSON.text(change) == #"{"level":null}"#)
        #expect(violations(of: #"{"level":10}"#, as: TicketChange.self) == ["/level range"])
        var level: Int? = 3
        change.level.apply(to: &level)
        #expect(level == nil)
    }

    @Test("Types may contain themselves")
    func recursive() throws {
        let tree = Tree(name: "a", children: [Tree(name: "b"), Tree(name: "c", children: [Tree(name: "d")])])
        #expect(try JSON.decode(Tree.self, from: JSON.text(tree)) == tree)
        #expect(
            violations(of: #"{"name":"a","children":[{"name":"b","children":[{}]}]}"#, as: Tree.self) == [
                "/children/0/children/0/name required"
            ]
        )
    }

    @Test("What is nested too deep, too long or has too many digits is refused")
    func limits() {
        let deep = String(repeating: "[", count: 200) + String(repeating: "]", count: 200)
        #expect(throws: JSONError(.tooDeep, at: 129)) { try JSON.decode(JSON.self, from: deep) }
        #expect(throws: JSONError(.tooLong, at: 3)) {
            try JSON.decode(JSON.self, from: "[1,2]", limits: JSONLimits(bytes: 3))
        }
        #expect(throws: JSONError(.numberTooLong, at: 1)) {
            try JSON.decode(JSON.self, from: "[12345]", limits: JSONLimits(numberBytes: 4))
        }
    }
}
