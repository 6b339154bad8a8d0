// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if TLS
import TandemHTTP
import TandemServer
import Testing

@Suite("Guide: TLS")
struct TLSSnippets {
    // snippet: tls
    func secure() -> ServerConfiguration {
        var tls = TLSSettings(
            certificate: .files(chain: "/etc/tickets/chain.pem", key: "/etc/tickets/key.pem")
        )
        tls.minimumVersion = .tls1_3
        return ServerConfiguration(.tcp(host: "0.0.0.0", port: 443, tls: tls))
    }
    // end

    @Test("A listener with a certificate is one of the server's")
    func listener() {
        #expect(self.secure().listeners.count == 1)
    }
}
#endif
