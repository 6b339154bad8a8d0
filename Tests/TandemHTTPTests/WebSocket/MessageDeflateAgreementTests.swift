// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import TandemHTTP

@Suite("The agreement on permessage-deflate")
struct MessageDeflateAgreementTests {
    static let frugal = "permessage-deflate; server_no_context_takeover; client_no_context_takeover"
    static let keeping = MessageDeflateSettings(serverContextTakeover: true, clientContextTakeover: true)

    static func agreement(_ offers: String, _ settings: MessageDeflateSettings = keeping) -> MessageDeflateAgreement? {
        WebSocketExtension.list(["sec-websocket-extensions": offers]).flatMap { offers in
            MessageDeflateAgreement(accepting: offers, settings)
        }
    }

    @Test(
        "An offer is answered with what it asks for and no more than the settings allow",
        arguments: [
            ("permessage-deflate", "permessage-deflate"),
            ("permessage-deflate; client_max_window_bits", "permessage-deflate"),
            ("permessage-deflate; client_max_window_bits=15", "permessage-deflate"),
            ("permessage-deflate; client_max_window_bits=9", "permessage-deflate; client_max_window_bits=9"),
            ("permessage-deflate; client_max_window_bits=\"9\"", "permessage-deflate; client_max_window_bits=9"),
            ("permessage-deflate; server_max_window_bits=10", "permessage-deflate; server_max_window_bits=10"),
            ("permessage-deflate; server_max_window_bits=8", "permessage-deflate; server_max_window_bits=8"),
            ("permessage-deflate; server_max_window_bits=15", "permessage-deflate; server_max_window_bits=15"),
            ("permessage-deflate; server_no_context_takeover", "permessage-deflate; server_no_context_takeover"),
            ("permessage-deflate; client_no_context_takeover", "permessage-deflate; client_no_context_takeover"),
            (
                "permessage-deflate; client_max_window_bits=11; server_max_window_bits=12; client_no_context_takeover;"
                    + " server_no_context_takeover",
                frugal + "; server_max_window_bits=12; client_max_window_bits=11"
            ),
        ]
    )
    func accepted(offer: String, answer: String) {
        #expect(Self.agreement(offer)?.field == answer)
    }

    @Test(
        "The settings' limits are told",
        arguments: [
            ("permessage-deflate; client_max_window_bits", "; server_max_window_bits=12; client_max_window_bits=11"),
            ("permessage-deflate; client_max_window_bits=13", "; server_max_window_bits=12; client_max_window_bits=11"),
            ("permessage-deflate; client_max_window_bits=10", "; server_max_window_bits=12; client_max_window_bits=10"),
            (
                "permessage-deflate; client_max_window_bits; server_max_window_bits=14",
                "; server_max_window_bits=12; client_max_window_bits=11"
            ),
        ]
    )
    func limits(offer: String, end: String) {
        let settings = MessageDeflateSettings(serverWindowBits: 12, clientWindowBits: 11)
        #expect(Self.agreement(offer, settings)?.field == Self.frugal + end)
    }

    @Test("A client that cannot promise a smaller window is declined where one is wanted")
    func clientWindow() {
        let settings = MessageDeflateSettings(clientWindowBits: 14)
        #expect(Self.agreement("permessage-deflate", settings) == nil)
        #expect(Self.agreement("permessage-deflate; server_max_window_bits=10", settings) == nil)
    }

    @Test(
        "An offer that cannot be accepted is declined",
        arguments: [
            "deflate-frame", "Permessage-Deflate", "permessage-bzip2", "x-webkit-deflate-frame",
            "permessage-deflate; unknown", "permessage-deflate; server_max_window_bits",
            "permessage-deflate; server_max_window_bits=7", "permessage-deflate; server_max_window_bits=16",
            "permessage-deflate; server_max_window_bits=08", "permessage-deflate; server_max_window_bits=+9",
            "permessage-deflate; server_max_window_bits=1e1", "permessage-deflate; server_max_window_bits=999999999999",
            "permessage-deflate; client_max_window_bits=7", "permessage-deflate; client_max_window_bits=a",
            "permessage-deflate; server_no_context_takeover=1", "permessage-deflate; client_no_context_takeover=true",
            "permessage-deflate; client_max_window_bits; client_max_window_bits",
            "permessage-deflate; server_no_context_takeover; server_no_context_takeover",
            "permessage-deflate; Server_No_Context_Takeover",
        ]
    )
    func declined(offer: String) {
        #expect(Self.agreement(offer) == nil)
        #expect(Self.agreement("\(offer), permessage-deflate")?.field == "permessage-deflate")
        #expect(
            Self.agreement("\(offer), x; y=1, permessage-deflate; server_max_window_bits=9, permessage-deflate")?
                .settings.serverWindowBits == 9
        )
    }

    @Test("Numbers outside their ranges are taken for the nearest inside")
    func clamped() throws {
        let settings = MessageDeflateSettings(
            serverWindowBits: 99,
            clientWindowBits: -1,
            level: 0,
            memoryLevel: 10,
            threshold: -5
        )
        let agreed = try #require(Self.agreement("permessage-deflate; client_max_window_bits", settings)).settings
        #expect(agreed.serverWindowBits == 15 && agreed.clientWindowBits == 8)
        #expect(agreed.level == 1 && agreed.memoryLevel == 9)
    }
}
