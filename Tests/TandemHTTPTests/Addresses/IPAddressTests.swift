// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SeededRandom
import Testing

@testable import TandemHTTP

@Suite("IP addresses and networks")
struct IPAddressTests {
    @Test(
        "An address is read, and written the one way",
        arguments: [
            ("0.0.0.0", "0.0.0.0"), ("192.0.2.1", "192.0.2.1"), ("255.255.255.255", "255.255.255.255"),
            ("::", "::"), ("::1", "::1"), ("1::", "1::"), ("2001:DB8:0:0:0:0:0:1", "2001:db8::1"),
            ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"), ("2001:db8::1:0:0:1", "2001:db8::1:0:0:1"),
            ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"), ("::ffff:192.0.2.1", "192.0.2.1"),
            ("::ffff:c000:201", "192.0.2.1"),
            ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"), ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"),
            ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"), ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"),
            ("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"),
        ]
    )
    func addresses(text: String, written: String) throws {
        #expect(try #require(IPAddress(text)).description == written)
    }

    @Test("Any address is read as it is written")
    func roundTrip() {
        var random = SeededGenerator(seed: 17)
        for _ in 0..<2000 {
            // Groups of zeros are rare by themselves, and make all the difference.
            let zeros = UInt8.random(in: .min ... .max, using: &random)
            let bits = (0..<8).reduce(UInt128(0)) { bits, group in
                let value = zeros >> group & 1 == 1 ? 0 : UInt16.random(in: .min ... .max, using: &random)
                return bits << 16 | UInt128(value)
            }
            let address = IPAddress(bits: bits)
            #expect(IPAddress(address.description) == address)
        }
    }

    @Test(
        "What is no address is none",
        arguments: [
            "", " ", "localhost", "1.2.3", "1.2.3.4.5", "1.2.3.", ".1.2.3", "1..2.3", "256.1.1.1", "01.2.3.4",
            "1.2.3.+4",
            "1.2.3.-4", "1.2.3.4 ", "0x1.2.3.4", "1.2.3.4:80", ":", ":::", "::1::", "1::2::3", "1:2:3:4:5:6:7",
            "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "12345::", "g::", "+1::", "[::1]", "::1%eth0", "1.2.3.4::",
            "::1.2.3.4:5", "::1.2.3", "fe80::1/64", "unknown", "_hidden", "１.2.3.4", "::\u{0}",
            String(repeating: "0:", count: 1000), String(repeating: "1", count: 100_000),
        ]
    )
    func malformed(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test(
        "A network has the addresses that begin alike",
        arguments: [
            ("10.0.0.0/8", "10.255.255.255", true), ("10.0.0.0/8", "11.0.0.0", false), ("10.1.2.3/8", "10.9.9.9", true),
            ("192.0.2.7", "192.0.2.7", true), ("192.0.2.7", "192.0.2.6", false), ("192.0.2.6/31", "192.0.2.7", true),
            ("0.0.0.0/0", "203.0.113.9", true), ("0.0.0.0/0", "2001:db8::1", false), ("::/0", "2001:db8::1", true),
            ("2001:db8::/32", "2001:db8:ffff::1", true), ("2001:db8::/32", "2001:db9::", false), ("::1", "::1", true),
            ("10.0.0.0/8", "::ffff:10.1.1.1", true), ("::ffff:10.0.0.0/104", "10.1.1.1", true),
            ("fd00::/8", "10.0.0.1", false), ("2001:db8::/127", "2001:db8::1", true),
        ]
    )
    func networks(network: String, address: String, isIn: Bool) throws {
        #expect(try #require(IPNetwork(network)).contains(#require(IPAddress(address))) == isIn)
    }

    @Test(
        "What is no network is none",
        arguments: [
            "", "10.0.0.0/", "10.0.0.0/33", "::/129", "10.0.0.0/-1", "10.0.0.0/8/8", "10/8", "/8", "a/8", "1.2.3.4/+8",
            "1.2.3.4/99999999999999999999",
        ]
    )
    func malformedNetworks(text: String) {
        #expect(IPNetwork(text) == nil)
    }
}
