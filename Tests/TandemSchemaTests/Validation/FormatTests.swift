// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema
import Testing

@Suite("Formats are what their standards say")
struct FormatTests {
    @Test(
        "Texts of a format",
        arguments: [
            (
                .email,
                [
                    "a@b.c", "a.b+c@d-e.example", "!#$%&'*+-/=?^_`{|}~@a.b", String(repeating: "a", count: 64) + "@b.c",
                ]
            ),
            (.uri, ["https://a.b/c?d=e#f", "urn:isbn:1", "mailto:a@b.c", "http://[::1]/", "a:%41"]),
            (.uuid, ["0188D9C5-7a3f-7000-8000-00000000abcd"]),
            (.hostname, ["a", "a.b", "a-b.c9", "xn--bcher-kva.example", String(repeating: "a.", count: 126) + "a"]),
            (.ipv4, ["0.0.0.0", "255.255.255.255", "127.0.0.1"]),
            (.ipv6, ["::", "::1", "1::", "1:2:3:4:5:6:7:8", "fe80::a:B", "::ffff:1.2.3.4", "1:2:3:4:5:6:1.2.3.4"]),
            (.date, ["2024-02-29"]), (.time, ["00:00:00Z", "23:59:60.5+01:00"]), (.dateTime, ["2024-02-29T00:00:00Z"]),
        ] as [(StringFormat, [String])]
    )
    func good(format: StringFormat, texts: [String]) {
        for text in texts { #expect(format.matches(text), "\(text)") }
    }

    @Test(
        "Texts that are not of a format",
        arguments: [
            (
                .email,
                [
                    "", "a", "@b", "a@", "a@b@c", ".a@b", "a.@b", "a..b@c", "a b@c", "a@b..c", "a@-b", "@", "\u{E9}@b",
                    "a@\u{E9}", String(repeating: "a", count: 65) + "@b.c",
                    "a@" + String(repeating: "b.", count: 126) + "c",
                ]
            ),
            (.uri, ["", "a", "/a", "1a:b", ":b", "a:", "a: b", "a:%4", "a:\u{E9}"]),
            (.uuid, ["", "0188d9c57a3f70008000000000000000", "0188d9c5-7a3f-7000-8000-00000000abcg"]),
            (
                .hostname,
                [
                    "", "a..b", "-a", "a-", "a_b", ".", String(repeating: "a", count: 64), "\u{E9}",
                    String(repeating: "a.", count: 126) + "ab",
                ]
            ),
            (.ipv4, ["", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.1.1.1", "1.1.1.a", "1.1.1."]),
            (
                .ipv6,
                [
                    "", ":", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "::g", "::1.2.3",
                    "1.2.3.4",
                ]
            ),
            (.date, ["2023-02-29", "2024-2-9", "2024-02-29Z"]), (.time, ["24:00:00Z", "00:00:00", "00:00Z"]),
            (.dateTime, ["2024-02-29", "x"]),
        ] as [(StringFormat, [String])]
    )
    func bad(format: StringFormat, texts: [String]) {
        for text in texts { #expect(!format.matches(text), "\(text)") }
    }
}
