// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if Redis
import NIOCore
import Testing

@testable import TandemRedis

@Suite("What Redis sends is read, however it is cut")
struct ReplyReaderTests {
    private static let bytes =
        "+OK\r\n:-42\r\n$-1\r\n$5\r\nhe\r\no\r\n$0\r\n\r\n*-1\r\n*0\r\n*3\r\n:1\r\n*2\r\n+a\r\n$1\r\nb\r\n-ERR no\r\n-WRONG\r\n"
    private static let values: [RedisValue] = [
        .status("OK"), .integer(-42), .null, .bytes(Array("he\r\no".utf8)), .bytes([]), .null, .array([]),
        .array([.integer(1), .array([.status("a"), .bytes(Array("b".utf8))]), .error("ERR no")]), .error("WRONG"),
    ]

    /// Reads some bytes in pieces of a length.
    private static func read(
        _ text: String,
        by length: Int = .max,
        limit: Int = 1 << 20
    ) throws(RedisError) -> [RedisValue] {
        let reader = ReplyReader(limit: limit)
        var (values, rest): ([RedisValue], _) = ([], text.utf8[...])
        while !rest.isEmpty {
            try reader.read(ByteBuffer(bytes: rest.prefix(length))) { values.append($0) }
            rest = rest.dropFirst(length)
        }
        return values
    }

    @Test(arguments: [1, 2, 3, 5, 7, 11, Int.max])
    func `All kinds of answers, cut into pieces`(length: Int) throws {
        #expect(try Self.read(Self.bytes, by: length) == Self.values)
    }

    @Test(arguments: [
        "HTTP/1.1 400 Bad Request\r\n", "*1\r\n?\r\n", "$x\r\n", ":12a\r\n", "*99999999999999999999\r\n", "\0",
        String(repeating: "*1\r\n", count: 40), "$-2\r\n", "*-2\r\n",
    ])
    func `What is no answer is refused`(text: String) {
        #expect(throws: RedisError.self) { try Self.read(text) }
    }

    @Test(arguments: [
        "$2000000\r\n" + String(repeating: "x", count: 3000),
        String(repeating: "x", count: 0)
            + "*1000\r\n" + String(repeating: ":1\r\n", count: 999), "+" + String(repeating: "x", count: 3000),
    ])
    func `An answer beyond the limit is refused before it is whole`(text: String) {
        let error = #expect(throws: RedisError.self) { try Self.read(text, by: 100, limit: 2000) }
        #expect(error == .malformed("An answer is longer than 2000 bytes."))
    }

    @Test
    func `Many answers may be longer together than one may be`() throws {
        #expect(try Self.read(String(repeating: "+OK\r\n", count: 5000), by: 1000, limit: 2000).count == 5000)
    }

    @Test
    func `An array's head reserves nothing for what it promises`() throws {
        #expect(try Self.read(String(repeating: "*2147483647\r\n", count: 6)).isEmpty)
    }
}
#endif
