// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Tandem
import TandemTesting
import Testing

@testable import Helpdesk

@Suite("The help desk")
struct HelpdeskTests {
    private let draft = TicketDraft(subject: "On fire", body: "It is.")
    private let ada: Headers = ["authorization": "Bearer ada"]

    @Test("A ticket is opened, answered, closed and then not answered any more")
    func life() async throws {
        try await Helpdesk().app().test { client in
            let created = try await client.post("/tickets", json: self.draft)
            let path = try #require(created.headers["location"])
            let answer = AnswerDraft(text: "Water.", closes: true)
            #expect(try await client.post("\(path)/answers", json: answer).status == .unauthorized)
            let answered = try await client.post("\(path)/answers", json: answer, headers: self.ada)
            #expect(try answered.json(Ticket.self).answers.map(\.agent) == ["ada"])
            let again = try await client.post("\(path)/answers", json: answer, headers: self.ada)
            #expect(again.problem?.code == "ticket-closed")
            #expect(try await client.delete(path, headers: self.ada).status == .noContent)
            #expect(try await client.get(path).problem?.code == "no-such-ticket")
        }
    }

    @Test("Tickets are listed as the query wants them")
    func list() async throws {
        try await Helpdesk().app().test { client in
            let high: [Ticket] = try await client.get("/tickets?priority=high").json()
            #expect(high.map(\.id) == [1])
            let last: [Ticket] = try await client.get("/tickets?limit=1").json()
            #expect(last.map(\.id) == [2])
            let refused = try await client.get("/tickets?limit=101&topic=tea")
            #expect(refused.problem?.errors.count == 2)
        }
    }

    @Test("The page's form opens a ticket, and what is written in it stays text")
    func page() async throws {
        try await Helpdesk().app().test { client in
            let form: FormFields = ["subject": "<script>alert(1)</script>", "body": "x", "priority": "low"]
            #expect(try await client.post("/board", form: form).headers["location"] == "/board")
            let page = try await client.get("/board").text
            #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
            #expect(!page.contains("<script>"))
        }
    }

    @Test("Files come back as they were")
    func files() async throws {
        try await Helpdesk().app().test { client in
            let bytes = Bytes((0..<100_000).map { UInt8(truncatingIfNeeded: $0) })
            let file = UploadedFile(name: "files", filename: "../a b.bin", bytes: bytes)
            let added = try await client.post("/tickets/1/attachments", form: [:], files: [file])
            let attachments: [AttachedFile] = try added.json()
            let name = try #require(attachments.first?.name)
            #expect(!name.contains("/"))
            let path = "/tickets/1/attachments/\(name.replacing(" ", with: "%20"))"
            #expect(try await client.get(path).body.elementsEqual(bytes))
        }
    }

    @Test("Who follows the changes hears of those that were and of those that come")
    func changes() async throws {
        try await Helpdesk().app().test { client in
            let events = try await client.stream(Request(.get, "/changes", headers: ["last-event-id": "1"])) { stream in
                var events: [String] = []
                for try await line in stream.lines where line.hasPrefix("data:") {
                    events.append(line)
                    if events.count == 1 { _ = try await client.post("/tickets", json: self.draft) }
                    if events.count == 2 { break }
                }
                return events
            }
            #expect(
                events == [
                    #"data: {"number":2,"event":{"type":"opened","ticket":2}}"#,
                    #"data: {"number":3,"event":{"type":"opened","ticket":3}}"#,
                ]
            )
        }
    }
}
