// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import TandemHTTP

@Suite("Digests")
struct DigestTests {
    @Test(
        "Bytes have the digest that RFC 7693 gives them",
        arguments: [
            (0, "cae66941d9efbd404e4d88758ea67670"), (1, "71b186b851e866e71be237342976049a"),
            (7, "923859c6a804ce19c63e140f77c4dfa3"), (8, "da1486eeb8bc4aea8344e768b5214a67"),
            (9, "b515a1d0895bfd79fd6cc8390823a84c"), (127, "617dce9b2c7c19b5f6c550ff584a92ca"),
            (128, "120af2bd1ed97928449907294e27fbf5"), (129, "88f87d5ece4a9173c174a8d9941e9cc7"),
            (255, "68301462a1d5e7ebf6a9470ef1e58e1b"), (256, "1c828fcda994e89832ba3faf8c2f3ed2"),
            (257, "569e7e913553b1337d699c2ebf30a5a7"), (1000, "2bb8ac8dc47ebbe1779678bc19719120"),
        ]
    )
    func lengths(count: Int, digest: String) {
        let bytes = Bytes((0..<count).map { UInt8(($0 * 7 + 3) % 251) })
        #expect(bytes.digest == digest)
        // A slice does not see what lies beside it.
        var longer: Bytes = "before"
        longer.append(bytes)
        longer.append("behind")
        #expect(longer[6..<(6 + count)].digest == digest)
    }

    @Test("A text has the digest of its UTF-8")
    func text() {
        #expect(Bytes("abc").digest == "cf4ab791c62b8d2b2109c90275287816")
    }
}
