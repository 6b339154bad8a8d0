// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemRealtime
import Testing

@Suite("Reasons of a disconnection")
struct DisconnectReasonTests {
    @Test
    func `They have Socket.IO's own words`() {
        #expect(DisconnectReason.pingTimeout.rawValue == "ping timeout")
    }
}
