// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import TandemData
import TandemSchema
import Testing

@Suite("A draft is a row without what the database gives it")
struct DraftTests {
    @Test("A counted key is left out until there is one")
    func counted() {
        var draft = Note.Draft(text: "Buy milk", words: [])
        #expect(draft.filledColumns == ["text", "words", "at", "token", "number"])
        #expect(RowArray(draft).values.first == .text("Buy milk"))
        draft.id = 3
        #expect(draft.filledColumns.first == "id")
        #expect(RowArray(draft).values.first == .integer(3))
        #expect(RowArray(draft).values.count == draft.filledColumns.count)
    }

    @Test("Defaults are the model's; what the database computes is not there")
    func defaults() {
        let draft = Ticket.Draft(
            subject: "Fire",
            body: "",
            slug: "fire",
            customerID: .version7(),
            passwordHash: "hash",
            stars: 3
        )
        #expect(draft.status == .open)
        #expect(draft.version == 0)
        #expect(abs(draft.updatedAt.timeIntervalSinceNow) < 60)
        #expect(!draft.filledColumns.contains("search"))
        #expect(RowArray(draft).values.count == draft.filledColumns.count)
    }

    @Test("A key that is a UUID is a fresh one; others are to be given")
    func keys() {
        #expect(Customer.Draft(name: "Ada").id < Customer.Draft(name: "Bob").id)
        #expect(Agent.Draft(name: "Ada").name == "Ada")
        #expect(Membership.Draft(agent: "Ada", role: .owner).filledColumns == ["agent", "role", "since", "key"])
    }

    @Test("As the body of a request it keeps the rules, and what clients do not choose is not read")
    func body() throws {
        let draft = try JSON.decode(Customer.Draft.self, from: #"{"name":"Ada","id":"x"}"#)
        #expect(draft.name == "Ada")
        let note = try JSON.decode(Note.Draft.self, from: #"{"id":9,"text":"a","words":["b"]}"#)
        #expect(note.id == nil)
        let error = #expect(throws: ValidationError.self) {
            try JSON.decode(Note.Draft.self, from: #"{"text":"","words":[]}"#)
        }
        #expect(error?.violations.map(\.rule) == ["length"])
        let schema = try JSON.text(Customer.Draft.jsonSchema.keywords)
        #expect(schema.contains(#""CustomerDraft":"#))
        #expect(!schema.contains(#""id""#))
        let membership = try JSON.text(Membership.Draft.jsonSchema.keywords)
        #expect(membership.contains(#""required":["agent","role"]"#))
    }

    @Test("A secret that has to be given keeps a draft from being a body of requests")
    func secret() {
        let error = #expect(throws: ValidationError.self) {
            try JSON.decode(Ticket.Draft.self, from: #"{"subject":"Fire","passwordHash":"mine"}"#)
        }
        #expect(error?.violations.map(\.rule) == ["hidden"])
    }
}
