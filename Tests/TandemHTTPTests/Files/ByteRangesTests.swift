// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SeededRandom
import Testing

@testable import TandemHTTP

@Suite("The Range field")
struct ByteRangesTests {
    @Test(
        "One range is the bytes it names",
        arguments: [
            ("bytes=0-0", 0..<1), ("bytes=0-9", 0..<10), ("bytes=5-", 5..<10), ("bytes=-3", 7..<10),
            ("bytes=-10", 0..<10), ("bytes=-11", 0..<10), ("bytes=9-9", 9..<10), ("bytes=3-100", 3..<10),
            ("bytes=0-99999999999999999999999", 0..<10), ("bytes=-99999999999999999999999", 0..<10),
            ("Bytes=1-2", 1..<3), ("bytes= 1-2 ", 1..<3), ("bytes=,1-2,,", 1..<3), ("bytes=007-008", 7..<9),
        ]
    )
    func single(field: String, range: Range<Int>) {
        #expect(ByteRanges([field], size: 10) == .parts([range]))
    }

    @Test(
        "What is malformed, of another unit or too much is as if it were not there",
        arguments: [
            "", "bytes", "bytes=", "bytes=,", "bytes=-", "bytes=--1", "bytes=a-b", "bytes=1-a", "bytes=2-1",
            "bytes=1", "bytes=1-2-3", "bytes 1-2", "bytes=1 - 2", "items=0-1", "bytes=+1-2", "bytes=-+1",
            "bytes=1-2,x", "bytes=1-2;3-4", "byte=0-1", "bytes =0-1", "bytes=0x1-2", "bytes=１-２", "bytes=1–2",
            "bytes=" + Array(repeating: "0-0", count: 17).joined(separator: ","),
            "bytes=" + Array(repeating: "0-", count: 1000).joined(separator: ","),
        ]
    )
    func malformed(field: String) {
        #expect(ByteRanges([field], size: 10) == .whole)
    }

    @Test("Two fields are malformed, and none asks for all")
    func count() {
        #expect(ByteRanges(["bytes=0-1", "bytes=2-3"], size: 10) == .whole)
        #expect(ByteRanges([], size: 10) == .whole)
    }

    @Test(
        "A range past the end cannot be satisfied",
        arguments: [
            ("bytes=10-", 10), ("bytes=10-20", 10), ("bytes=-0", 10), ("bytes=0-", 0), ("bytes=0-5", 0),
            ("bytes=99999999999999999999999-", 10), ("bytes=10-11,12-,-0", 10), ("bytes=-0", 0),
        ]
    )
    func unsatisfiable(field: String, size: Int) {
        #expect(ByteRanges([field], size: size) == .unsatisfiable)
    }

    @Test("The end of an empty file is the whole of it")
    func suffixOfNothing() {
        #expect(ByteRanges(["bytes=-5"], size: 0) == .whole)
    }

    @Test(
        "Several ranges keep their order, unless they overlap or touch",
        arguments: [
            ("bytes=0-0,2-2", [0..<1, 2..<3]), ("bytes=8-9 , 0-1", [8..<10, 0..<2]), ("bytes=0-5,3-7", [0..<8]),
            ("bytes=0-1,2-3", [0..<4]), ("bytes=5-6,0-1,1-2", [0..<3, 5..<7]), ("bytes=0-,0-,0-", [0..<10]),
            ("bytes=0-1,20-30", [0..<2]), ("bytes=-2,0-1", [8..<10, 0..<2]),
        ]
    )
    func several(field: String, ranges: [Range<Int>]) {
        #expect(ByteRanges([field], size: 10) == .parts(ranges))
    }

    @Test("The bytes found are those of a model that counts them one by one")
    func model() {
        var random = SeededGenerator(seed: 2)
        for _ in 0..<3000 {
            let size = Int.random(in: 0...24, using: &random)
            var wanted: Set<Int> = []
            var (isMalformed, hasSuffix) = (false, false)
            let specs = (0..<Int.random(in: 1...5, using: &random)).map { _ in
                let (first, last) = (Int.random(in: 0...30, using: &random), Int.random(in: 0...30, using: &random))
                switch Int.random(in: 0...2, using: &random) {
                case 0:
                    wanted.formUnion((0..<size).filter { $0 >= size - last })
                    if last > 0 { hasSuffix = true }
                    return "-\(last)"
                case 1:
                    wanted.formUnion((0..<size).filter { $0 >= first })
                    return "\(first)-"
                default:
                    if last < first { isMalformed = true }
                    wanted.formUnion((0..<size).filter { $0 >= first && $0 <= last })
                    return "\(first)-\(last)"
                }
            }
            let field = "bytes=" + specs.joined(separator: Bool.random(using: &random) ? "," : " ,\t")
            switch ByteRanges([field], size: size) {
            case .whole: #expect(isMalformed || (size == 0 && hasSuffix), "\(field) of \(size)")
            case .unsatisfiable: #expect(!isMalformed && wanted.isEmpty, "\(field) of \(size)")
            case .parts(let parts):
                #expect(!isMalformed && Set(parts.flatMap { Array($0) }) == wanted, "\(field) of \(size)")
                #expect(parts.reduce(0) { $0 + $1.count } == wanted.count, "\(field) overlaps")
            }
        }
    }

    @Test("Random bytes never give a range outside the file")
    func noise() {
        var random = SeededGenerator(seed: 3)
        let alphabet = Array("bytes=0123456789-, \t+x9")
        for _ in 0..<3000 {
            let noise = (0..<Int.random(in: 0...20, using: &random)).compactMap { _ in
                alphabet.randomElement(using: &random)
            }
            guard case .parts(let parts) = ByteRanges(["bytes=" + String(noise)], size: 7) else { continue }
            #expect(parts.allSatisfy { !$0.isEmpty && $0.lowerBound >= 0 && $0.upperBound <= 7 }, "\(String(noise))")
        }
    }
}
