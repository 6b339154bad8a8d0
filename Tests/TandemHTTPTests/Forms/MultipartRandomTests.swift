// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SeededRandom
import Testing

@testable import TandemHTTP

@Suite("Multipart parsing of random bodies")
struct MultipartRandomTests {
    private static let scraps = [
        "\r", "\n", "\r\n", "-", "--", "x", "\r\n--", "\r\n--y", " ", "a", ":", ";", "\"", "é",
    ]

    /// Text that is full of beginnings of delimiters, and has none.
    private static func content(_ random: inout SeededGenerator) -> String {
        (0..<Int.random(in: 0..<12, using: &random))
            .map { _ in Self.scraps.randomElement(using: &random) ?? "" }
            .joined()
            .replacing("--x", with: "--y")
    }

    @Test("What was written is read, in whatever pieces it arrives", arguments: 1...60)
    func readsWhatWasWritten(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        var body = Self.content(&random) + "\r\n"
        var expected: [String] = []
        for number in 0..<Int.random(in: 0..<5, using: &random) {
            let content = Self.content(&random)
            body += part("form-data; name=\"\(number)\"", content)
            expected.append("\(number)=\(content)")
        }
        body += "--x--\r\n" + Self.content(&random)
        for pieces in [1, 2, 3, Int.random(in: 4..<80, using: &random), .max] {
            let transcript = MultipartParser.transcript(of: Bytes(body), pieces: pieces)
            #expect(transcript.error == nil)
            #expect(MultipartParserTests.parts(of: transcript) == expected)
        }
    }

    @Test("A damaged body gives the same answer in whatever pieces it arrives", arguments: 1...200)
    func survivesDamage(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        var body = Array(
            (part("form-data; name=\"a\"", "1", "b: c") + part("form-data; name=d", "\r\n--") + "--x--\r\n").utf8
        )
        for _ in 0..<Int.random(in: 1..<6, using: &random) {
            let index = Int.random(in: 0..<body.count, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: body[index] = UInt8.random(in: 0...255, using: &random)
            case 1: body.remove(at: index)
            default: body.insert(contentsOf: (Self.scraps.randomElement(using: &random) ?? "").utf8, at: index)
            }
        }
        let whole = MultipartParser.transcript(of: Bytes(body), pieces: .max)
        #expect(whole.error != nil || whole.events.last == .end)
        for pieces in [1, 2, 5, 17] {
            #expect(MultipartParser.transcript(of: Bytes(body), pieces: pieces) == whole)
        }
    }

    @Test("The fuzzer's entry takes any bytes", arguments: 1...50)
    func fuzzes(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let input = [UInt8](
            (0..<Int.random(in: 0..<300, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        )
        input.withUnsafeBytes(MultipartParser.fuzz)
        let body = [UInt8(seed)] + Array(("--x\r\n" + Self.content(&random)).utf8)
        body.withUnsafeBytes(MultipartParser.fuzz)
        #expect(MultipartParser.transcript(of: Bytes(body), pieces: 1).events.count <= body.count)
    }
}
