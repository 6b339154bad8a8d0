// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if HTTP2
import NIOCore
import NIOHPACK
import TandemHTTP
@testable import TandemServer
import Testing

@Suite("The parts of an HTTP/2 connection")
struct HTTP2PartsTests {
    @Test("Every beginning of the preface is one, and nothing else is")
    func preface() {
        let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)
        for count in 0..<preface.count {
            #expect(HTTP2Preface.match(ByteBuffer(bytes: preface[..<count])) == .partial)
            let wrong = preface[..<count] + [preface[count] ^ 1]
            #expect(HTTP2Preface.match(ByteBuffer(bytes: wrong)) == .none)
        }
        #expect(HTTP2Preface.match(ByteBuffer(bytes: preface + [0])) == .whole)
        #expect(HTTP2Preface.match(ByteBuffer(string: "PROPFIND / HTTP/1.1\r\n")) == .none)
    }

    @Test("A window grows by what was consumed, once that is half of it")
    func window() {
        var window = InboundWindow(target: 100, size: 100)
        var increments = [window.takeIncrement()]
        window.arrived(80)
        window.become(20)
        increments.append(window.takeIncrement())
        window.consumed(40)
        increments.append(window.takeIncrement())
        window.consumed(10)
        increments.append(window.takeIncrement())
        increments.append(window.takeIncrement())
        #expect(increments == [nil, nil, nil, 50, nil])
    }

    @Test("What padding took of a window is given back")
    func padding() {
        var window = InboundWindow(target: 100, size: 100)
        window.arrived(1)
        window.become(40)
        window.consumed(1)
        let increment = window.takeIncrement()
        #expect(increment == 60)
    }

    @Test("A window follows a change of the initial size")
    func windowSetting() {
        var window = InboundWindow(target: 65, size: 65)
        window.grow(35)
        let before = window.takeIncrement()
        window.become(0)
        let after = window.takeIncrement()
        #expect(before == nil)
        #expect(after == 100)
    }

    @Test("Window updates are too many only in proportion to what was sent")
    func windowUpdates() {
        var idle = FloodGuard(faults: 1, within: .seconds(1))
        for _ in 0..<1_000 {
            let isFlood = idle.receivedWindowUpdate()
            #expect(!isFlood)
        }
        let isFlood = idle.receivedWindowUpdate()
        #expect(isFlood)
        var busy = FloodGuard(faults: 1, within: .seconds(1))
        for _ in 0..<10_000 {
            busy.sentFrame()
            for _ in 0..<10 {
                let isFlood = busy.receivedWindowUpdate()
                #expect(!isFlood)
            }
        }
    }

    @Test("Streams that are reset count within a span of time")
    func faults() {
        var guardian = FloodGuard(faults: 2, within: .seconds(10))
        let start = NIODeadline.now()
        let verdicts = [0, 1, 11, 12, 13].map { guardian.resetStream(at: start + .seconds($0)) }
        #expect(verdicts == [false, false, false, false, true])
    }

    @Test("A response's fields are in lower case, without those of HTTP/1 connections")
    func responseFields() {
        var fields = ResponseFields()
        let response = Response(
            status: .notFound,
            headers: [
                "Content-Type": "text/plain", "connection": "close", "Keep-Alive": "5", "transfer-encoding": "chunked",
                "upgrade": "h2c", "content-length": "999", "set-cookie": "a=1", "Set-Cookie": "b=2",
            ])
        for _ in 0..<2 {
            let section = fields.section(of: response, length: 3, method: .get, common: [("server", "tandem")])
            #expect(
                section.map { "\($0.name): \($0.value)" } == [
                    ":status: 404", "content-type: text/plain", "set-cookie: a=1", "set-cookie: b=2",
                    "content-length: 3", "server: tandem",
                ])
        }
        let head = fields.section(of: response, length: 0, method: .head, common: [])
        #expect(head["content-length"] == ["999"])
    }
}
#endif
