// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemAPI
import TandemHTTP
import Testing

@Suite("Trusted hosts")
struct TrustedHostsTests {
    @Test(
        "Requests for the hosts listed pass",
        arguments: [
            ("tickets.example", true), ("TICKETS.example:8080", true), ("tickets.example.", true),
            ("a.tickets.example", false),
            ("a.b.wide.example", true), ("wide.example", false), ("evilwide.example", false), ("[::1]:80", true),
            ("tickets.example.evil.example", false), ("evil.example", false), ("", false), (":80", false), (".", false),
            ("tickets.example@evil.example", false), ("ｔickets.example", false),
        ]
    )
    func hosts(host: String, passes: Bool) async throws {
        let trusted = TrustedHosts(["Tickets.Example", ".wide.example", "[::1]"])
        let served = try await answer(Request(.get, "/", headers: ["host": host]), behind: [trusted])
        #expect(served.status == (passes ? .ok : .misdirectedRequest))
        if !passes { #expect(served.text?.contains("misdirected-request") == true) }
    }

    @Test("A request for no host is refused, and an empty list refuses all")
    func none() async throws {
        #expect(try await answer(Request(.get, "/"), behind: [TrustedHosts(["a"])]).status == .misdirectedRequest)
        let request = Request(.get, "/", headers: ["host": "a"])
        #expect(try await answer(request, behind: [TrustedHosts([])]).status == .misdirectedRequest)
    }
}
