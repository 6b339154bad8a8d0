// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
import Testing
import Tracing

@testable import TandemServer

@Suite("W3C trace context")
struct TraceContextTests {
    private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    private static let span = "00f067aa0ba902b7"

    @Test("A traceparent is read and written back the same")
    func roundTrip() throws {
        let text = "00-\(Self.trace)-\(Self.span)-01"
        let context = try #require(TraceContext(traceparent: text))
        #expect(context.traceID == Self.trace)
        #expect(context.spanID == Self.span)
        #expect(context.isSampled)
        #expect(context.traceparent == text)
    }

    @Test(
        "A valid traceparent is taken",
        arguments: [
            ("00-\(trace)-\(span)-00", false), ("00-\(trace)-\(span)-ff", true), ("00-\(trace)-\(span)-02", false),
            ("cc-\(trace)-\(span)-01", true), ("01-\(trace)-\(span)-01-what-comes", true),
            ("01-\(trace)-\(span)-01-", true),
        ]
    )
    func valid(text: String, isSampled: Bool) throws {
        #expect(try #require(TraceContext(traceparent: text)).isSampled == isSampled)
    }

    @Test(
        "A malformed traceparent is not taken",
        arguments: [
            "", "-", "00", "00-\(trace)", "00-\(trace)-\(span)", "00-\(trace)-\(span)-", "00-\(trace)-\(span)-1",
            "00-\(trace)-\(span)-011", "00-\(trace)-\(span)-01-", "00-\(trace)-\(span)-01-x", "ff-\(trace)-\(span)-01",
            "0-\(trace)-\(span)-01", "000-\(trace)-\(span)-01", "0G-\(trace)-\(span)-01", "00-\(trace)-\(span)-0G",
            "00_\(trace)_\(span)_01", "00-\(trace.uppercased())-\(span)-01", "00-\(trace)-\(span.uppercased())-01",
            "00-00000000000000000000000000000000-\(span)-01", "00-\(trace)-0000000000000000-01",
            "00-\(trace.dropLast())-\(span)-01", "00-\(trace)0-\(span)-01", "00-\(trace)-\(span)0-01",
            " 00-\(trace)-\(span)-01", "00-\(trace)-\(span)-01 ", "01-\(trace)-\(span)-01.x",
            "00-\(trace.dropLast())é-\(span)-01",
        ]
    )
    func malformed(text: String) {
        #expect(TraceContext(traceparent: text) == nil)
    }

    @Test("No traceparent that is cut off or has a byte changed to a control is taken")
    func mutations() {
        let text = "00-\(Self.trace)-\(Self.span)-01"
        for index in text.indices {
            #expect(TraceContext(traceparent: String(text[..<index])) == nil)
            #expect(TraceContext(traceparent: text.replacingCharacters(at: index, by: "\u{0}")) == nil)
        }
    }

    @Test("Several traceparent fields are as good as none")
    func several() {
        var headers: Headers = ["traceparent": "00-\(Self.trace)-\(Self.span)-01"]
        #expect(TraceContext(headers) != nil)
        headers.add("TraceParent", "00-\(Self.trace)-\(Self.span)-01")
        #expect(TraceContext(headers) == nil)
        #expect(TraceContext(Headers()) == nil)
    }

    @Test(
        "A valid tracestate is handed on",
        arguments: [
            ("", ""), ("a=1", "a=1"), ("a=1,b=2", "a=1,b=2"), (" a=1 ,\t, b=2 ,", "a=1,b=2"),
            ("0t@v=x y", "0t@v=x y"), ("a_-*/9=!~", "a_-*/9=!~"), ("a=  b", "a=  b"),
            (String(repeating: "k", count: 256) + "=v", String(repeating: "k", count: 256) + "=v"),
            ("k=" + String(repeating: "v", count: 256), "k=" + String(repeating: "v", count: 256)),
        ]
    )
    func validState(field: String, state: String) {
        #expect(TraceState.validated(field) == state)
    }

    @Test(
        "A malformed tracestate is dropped",
        arguments: [
            "a", "=1", "a=", "A=1", "a=b=c", "1=a", "a@=1", "@v=1", "a@1=1", "a@b@c=1", "a=\u{1}", "a=é", "a b=1",
            "a=1,b", "a@" + String(repeating: "v", count: 15) + "=1", String(repeating: "k", count: 257) + "=v",
            "k=" + String(repeating: "v", count: 257), String(repeating: "t", count: 242) + "@v=1",
        ]
    )
    func malformedState(field: String) throws {
        #expect(TraceState.validated(field) == nil)
        let context = try #require(
            TraceContext(traceparent: "00-\(Self.trace)-\(Self.span)-01", tracestate: field)
        )
        #expect(context.state == "")
    }

    @Test("Thirty-two members of tracestate are taken, thirty-three are not", arguments: [(32, true), (33, false)])
    func stateCount(count: Int, isTaken: Bool) {
        let field = (0..<count).map { "k\($0)=v" }.joined(separator: ",")
        #expect((TraceState.validated(field) != nil) == isTaken)
    }

    @Test("The tracestate fields of a request are one list")
    func joinedState() {
        var headers: Headers = ["traceparent": "00-\(Self.trace)-\(Self.span)-00", "tracestate": "a=1"]
        headers.add("tracestate", "b=2")
        #expect(TraceContext(headers)?.state == "a=1,b=2")
    }

    @Test("A child is in the same trace under a new identifier")
    func child() throws {
        let parent = try #require(
            TraceContext(traceparent: "00-\(Self.trace)-\(Self.span)-01", tracestate: "a=1")
        )
        let child = parent.child()
        #expect(child.traceID == Self.trace)
        #expect(child.parentSpanID == Self.span)
        #expect(child.spanID != Self.span)
        #expect(child.isSampled && child.state == "a=1")
    }

    @Test("Injected fields replace those that are there, and read back as the same context")
    func inject() throws {
        let context = try #require(
            TraceContext(traceparent: "00-\(Self.trace)-\(Self.span)-01", tracestate: "a=1")
        )
        var headers: Headers = ["traceparent": "old", "tracestate": "old=1"]
        context.inject(into: &headers)
        #expect(TraceContext(headers) == context)
        TraceContext().inject(into: &headers)
        #expect(headers.contains("tracestate") == false)
    }

    @Test("New identifiers are valid, and no two are the same")
    func newIDs() {
        let contexts = (0..<1_000).map { _ in TraceContext() }
        #expect(Set(contexts.map(\.traceID)).count == 1_000)
        #expect(Set(contexts.map(\.spanID)).count == 1_000)
        #expect(contexts.allSatisfy { TraceContext(traceparent: $0.traceparent) == $0 })
    }

    @Test("No identifier is zero, whatever the seed")
    func neverZero() {
        // The step that follows this seed mixes to zero.
        let ids = RandomIDs(seed: 0 &- 0x9E37_79B9_7F4A_7C15)
        #expect(ids.word() != 0)
    }

    @Test("A service context carries it")
    func serviceContext() {
        var context = ServiceContext.topLevel
        #expect(context.traceContext == nil)
        let trace = TraceContext()
        context.traceContext = trace
        #expect(context.traceContext == trace)
    }
}

extension String {
    fileprivate func replacingCharacters(at index: Index, by character: Character) -> String {
        String(self[..<index]) + String(character) + String(self[self.index(after: index)...])
    }
}
