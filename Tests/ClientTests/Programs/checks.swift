// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Foundation

@main struct Checks {
    static func expect<Value: Equatable>(_ what: String, _ found: Value, _ expected: Value) {
        if found != expected { print("\(what): \(found) instead of \(expected)") }
    }

    static func failure(_ call: () async throws -> Void) async throws -> APIError {
        do {
            try await call()
        } catch let error as APIError {
            return error
        }
        throw URLError(.unknown)
    }

    static func main() async throws {
        guard let url = URL(string: CommandLine.arguments[1]) else { return }
        let client = Client(url)
        try await self.values(client)
        try await self.errors(client)
        try await self.streams(client)
        try await self.bodies(client, url)
        print("finished")
    }

    static func values(_ client: Client) async throws {
        let ticket = try await client.tickets.get(id: 3)
        expect("unicode", ticket.subject, "Grüße, 世界 🎉")
        expect("null", ticket.note, nil)
        expect("moment", ticket.openedAt.timeIntervalSince1970, 1_795_000_000.25)
        expect("types", [ticket.key.uuidString, "\(ticket.price)"], ["01020304-0506-0708-090A-0B0C0D0E0F10", "19.9"])
        expect("bytes", ticket.attachment, Data([0, 255, 7]))
        expect("digits", ticket.large, .max)
        expect("dictionary", ticket.counts, ["größe": 3])
        expect("recursion", ticket.related.first?.subject, "inner")
        expect("keyword", ticket.`class`, "plain")
        expect("anything", ticket.anything, .object(["x": .array([.number(1), .null, .bool(true)])]))
        expect("union", ticket.history.first, .opened(IncidentOpened(by: "Ada")))
        expect("defaults", try await client.tickets.list().count, 2)
        let found = try await client.tickets.list(mood: .angry, tag: ["a&b", "ü", "c d"], limit: 1)
        expect("query", found.map { "\($0.subject) \($0.mood)" }, ["a&b|ü|c d angry"])
        let due = Date(timeIntervalSince1970: 1_795_000_000.125)
        let draft = TicketDraft(
            subject: "fire 🔥",
            history: [.opened(.init(by: "me"))],
            due: due,
            replyTo: "a@b.example"
        )
        let made = try await client.tickets.create(draft)
        expect("body", [made.subject, made.mood.rawValue, made.replyTo], ["fire 🔥", "calm", "a@b.example"])
        expect("body's union", made.history, draft.history)
        expect("body's date", made.openedAt, due)
        try await client.tickets.close(id: 2)
        expect("missing", try await client.tickets.change(id: 4, TicketChange(note: .some(nil))), "4 missing null")
        expect("change", try await client.tickets.change(id: 4, TicketChange(subject: "x")), "4 x missing")
        expect("closure", try await client.getHelloName(name: "a/b ?%"), "Hello, a/b ?%!")
        expect("field", try await client.tickets.said(xWord: "word", session: 7), "word 7")
        expect("segment", try? await client.tickets.named(name: ".."), nil)
    }

    static func errors(_ client: Client) async throws {
        let closed = try await failure { try await client.tickets.close(id: 1) }
        expect("problem", "\(closed)", "409 ticket-closed: The ticket is closed.")
        let invalid = try await failure {
            _ = try await client.tickets.create(TicketDraft(subject: "", tags: ["a", "b", "c", "d"]))
        }
        expect("invalid", invalid.errors?.map(\.pointer) ?? [], ["/subject", "/tags"])
        let other = try await failure { _ = try await client.failing() }
        expect("other", "\(other)", "502 : Status 502")
    }

    static func streams(_ client: Client) async throws {
        var pings: [String] = []
        for try await event in client.pings.watch(count: 3) {
            pings.append("\(event.data.number) \(event.data.text) \(event.event) \(event.id ?? "")")
        }
        expect("events", pings, ["0 a\nb 🎉 message 0", "1 a\nb 🎉 second 1", "2 a\nb 🎉 message 2"])
        var lines: [String] = []
        for try await ping in client.pings.export() { lines.append("\(ping.number) \(ping.text)") }
        expect("lines", lines, (0..<3).map { "\($0) é\r\n" })
        let error = try await failure { for try await _ in client.pings.watchFailing() {} }
        expect("failing", error.code, "ticket-closed")
        let before = Int(try await client.left()) ?? -1
        let task = Task { for try await event in client.pings.watchEndless() where event.data.number == 5 { break } }
        try await task.value
        var now = before
        for _ in 0..<2000 where now == before { now = Int(try await client.left()) ?? -1 }
        expect("break", now, before + 1)
    }

    static func bodies(_ client: Client, _ url: URL) async throws {
        let sent = try await client.files.upload(
            title: "T 🎉",
            tags: ["a", "b"],
            nested: .init(depth: 3),
            photo: Upload(Data([1, 2, 3]), filename: "käse.png", contentType: "image/png"),
            others: [Upload(Data("x".utf8))]
        )
        let rest = ["käse.png:image/png:3", "file:application/octet-stream:1"]
        expect("upload", sent, ["T 🎉", "a|b", "3"] + rest)
        expect("raw", try await client.files.echo(Data([0, 255, 10])), Data([0, 255, 10]))
        let known = Client(url, token: { "t1" }, apiKey: "k 1", queryKey: "q&1", headers: ["x-extra": "e"])
        expect("token", try await known.who(), ["Bearer t1", "k 1", "q&1", "e"])
        expect("basic", try await Client(url, login: ("Ada", "ö:🎉")).who().first, "Basic QWRhOsO2OvCfjok=")
    }
}
