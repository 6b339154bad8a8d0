// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import TandemData
import TandemSchema
import Testing

@Suite("A model in JSON is what its properties are, without the hidden ones")
struct ModelJSONTests {
    @Test("A hidden property is neither written nor described")
    func hidden() throws {
        let ticket = try Ticket(ModelRowTests.values)
        let text = try JSON.text(ticket)
        #expect(text.contains(#""id":7,"subject":"Fire","body":"It burns.""#))
        #expect(text.contains(#""search":"fire""#))
        #expect(!text.contains("hash"))
        let schema = try JSON.text(Ticket.jsonSchema.keywords)
        #expect(schema.contains("maxLength"))
        for name in ["passwordHash", "password_hash"] {
            #expect(!schema.contains(name))
            #expect(!Ticket.typeScript.contains(name))
        }
    }

    @Test("A hidden property that has no default keeps the whole from being read, and that is said")
    func unreadable() throws {
        let ticket = try Ticket(ModelRowTests.values)
        let error = #expect(throws: ValidationError.self) {
            try JSON.decode(Ticket.self, from: JSON.text(ticket))
        }
        #expect(error?.violations.map(\.rule) == ["hidden"])
        #expect(error?.description.contains("'passwordHash' is never read from JSON") == true)
    }

    @Test("A hidden property with a default, or an optional one, is that whatever the JSON says")
    func defaults() throws {
        let agent = try JSON.decode(Agent.self, from: #"{"name":"Ada","token":"stolen"}"#)
        #expect(agent.name == "Ada")
        #expect(agent.token == nil)
        #expect(try JSON.text(Agent(name: "Ada", token: "secret")) == #"{"name":"Ada","isBusy":false}"#)
    }

    @Test("The rules of a model hold for its JSON")
    func rules() {
        let error = #expect(throws: ValidationError.self) {
            try JSON.decode(Note.self, from: #"{"id":1,"text":"","words":["a","a"]}"#)
        }
        #expect(error?.violations.map(\.pointer) == ["/text", "/words"])
    }

    @Test("A default that is another each time stands in no description, and need not be given")
    func changingDefault() throws {
        let schema = try JSON.text(Note.jsonSchema.keywords)
        #expect(schema.contains(#""required":["id","text","words"]"#))
        #expect(!schema.contains(#""default""#))
    }
}

@Model("notes") struct Note {
    @ID var id: Int
    @Length(1...) var text: String
    @Unique var words: [String]
    var at: Date = .now
    var token: UUID = UUID()
    var number: Int = Int.random(in: 1...6)
}
