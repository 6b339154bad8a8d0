// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SeededRandom
import Testing

@testable import TandemHTTP

@Suite("Server-sent events on the wire")
struct ServerSentEventTests {
    @Test(
        "An event is written field by field",
        arguments: [
            (ServerSentEvent(data: "hello"), "data: hello\n\n"),
            (ServerSentEvent(data: ""), "data: \n\n"),
            (ServerSentEvent(data: " lead"), "data:  lead\n\n"),
            (ServerSentEvent(data: "a\nb\r\nc\rd"), "data: a\ndata: b\ndata: c\ndata: d\n\n"),
            (ServerSentEvent(data: "a\n\r\n\n"), "data: a\ndata: \ndata: \ndata: \n\n"),
            (ServerSentEvent(data: "\r"), "data: \ndata: \n\n"),
            (ServerSentEvent(data: "é\u{2028}x"), "data: é\u{2028}x\n\n"),
            (ServerSentEvent(data: "x", event: "tick", id: "7"), "event: tick\nid: 7\ndata: x\n\n"),
            (ServerSentEvent(data: "x", event: "a\nid: 1\r\ndata: y"), "event: a id: 1 data: y\ndata: x\n\n"),
            (ServerSentEvent(id: "a\0b\rc"), "id: ab c\n\n"),
            (ServerSentEvent(id: ""), "id: \n\n"),
            (ServerSentEvent(retry: .milliseconds(1500)), "retry: 1500\n\n"),
            (ServerSentEvent(retry: .microseconds(1999)), "retry: 1\n\n"),
            (ServerSentEvent(retry: .seconds(-5)), "retry: 0\n\n"),
            (ServerSentEvent(retry: .seconds(Int64.max)), "retry: \(Int64.max)\n\n"),
            (ServerSentEvent(retry: .seconds(Int64.min)), "retry: 0\n\n"),
            (ServerSentEvent(comment: "a\ndata: b"), ": a\n: data: b\n\n"),
            (ServerSentEvent(), "\n"),
        ]
    )
    func encoding(event: ServerSentEvent, text: String) {
        #expect(event.encoded.string == text)
    }

    @Test("What a client reads is what was sent, whatever the text")
    func roundTrip() {
        var random = SeededGenerator(seed: 5)
        let alphabet = Array("ab:\n\r \t\0é,".unicodeScalars)
        func text() -> String {
            var scalars = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...8, using: &random) {
                if let scalar = alphabet.randomElement(using: &random) { scalars.append(scalar) }
            }
            return String(scalars)
        }
        for _ in 0..<1000 {
            let sent = ServerSentEvent(data: text(), event: text(), id: text(), comment: text())
            var client = EventStreamClient()
            client.receive(String(decoding: sent.encoded, as: UTF8.self) + "data: end\n\n")
            #expect(client.events.count == 2)
            #expect(client.events.first?.data == EventStreamClient.normalized(sent.data ?? "", lineEnd: "\n"))
            let name = EventStreamClient.normalized(sent.event ?? "", lineEnd: " ").filter { $0 != "\0" }
            #expect(client.events.first?.name == (name.isEmpty ? "message" : name))
            let id = EventStreamClient.normalized(sent.id ?? "", lineEnd: " ").filter { $0 != "\0" }
            #expect(client.events.first?.id == id)
        }
    }

    @Test("The last event that a client has seen is read from its request")
    func lastEventID() {
        #expect(Request(.get, "/", headers: ["Last-Event-ID": "42"]).lastEventID == "42")
        #expect(Request(.get, "/", headers: ["Last-Event-ID": ""]).lastEventID == nil)
        #expect(Request(.get, "/").lastEventID == nil)
    }
}

/// A client as the standard describes it (WHATWG HTML, section 9.2.6), line by line and without hurry.
private struct EventStreamClient {
    private(set) var events: [(name: String, data: String, id: String)] = []
    private var data = ""
    private var name = ""
    private var id = ""

    mutating func receive(_ text: String) {
        for line in Self.normalized(text, lineEnd: "\n").unicodeScalars.split(
            separator: "\n",
            omittingEmptySubsequences: false
        ).dropLast() {
            self.read(String(line))
        }
    }

    static func normalized(_ text: String, lineEnd: String) -> String {
        var scalars = String.UnicodeScalarView()
        var previous: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            if scalar == "\r" || (scalar == "\n" && previous != "\r") {
                scalars.append(contentsOf: lineEnd.unicodeScalars)
            } else if scalar != "\n" {
                scalars.append(scalar)
            }
            previous = scalar
        }
        return String(scalars)
    }

    private mutating func read(_ line: String) {
        let scalars = line.unicodeScalars
        if scalars.isEmpty { return self.dispatch() }
        let colon = scalars.firstIndex(of: ":")
        let field = String(scalars[..<(colon ?? scalars.endIndex)])
        var value = colon.map { scalars[scalars.index(after: $0)...] } ?? scalars[scalars.endIndex...]
        if value.first == " " { value.removeFirst() }
        switch field {
        case "data": self.data += String(value) + "\n"
        case "event": self.name = String(value)
        case "id" where !value.contains("\0"): self.id = String(value)
        default: break
        }
    }

    private mutating func dispatch() {
        defer { (self.data, self.name) = ("", "") }
        guard !self.data.isEmpty else { return }
        let data = String(self.data.unicodeScalars.dropLast())
        self.events.append((self.name.isEmpty ? "message" : self.name, data, self.id))
    }
}
