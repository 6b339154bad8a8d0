// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemServer
import Testing

/// The corpus of hostile and odd requests, against a real socket.
struct CorpusTests {
    static let corpus: [CorpusCase] =
        requestLineCases + targetCases + hostCases + headerLineCases + controlCases + framingCases + chunkCases
        + connectionCases + pipeliningCases + expectCases + limitCases

    private func cases(_ setting: CorpusCase.Setting) -> [CorpusCase] {
        Self.corpus.filter { $0.setting == setting }
    }

    @Test("The corpus is large, and no name stands twice")
    func size() {
        #expect(Self.corpus.count >= 260)
        #expect(Set(Self.corpus.map(\.name)).count == Self.corpus.count)
    }

    @Test("Each request has its answer, whole and byte by byte", arguments: CorpusCase.Setting.allCases)
    func answers(setting: CorpusCase.Setting) async throws {
        let cases = self.cases(setting)
        try await withServer(setting.configuration, CorpusHandler()) { address in
            let runner = CorpusRunner(address: address)
            for byteByByte in [false, true] {
                let failures = try await runner.failures(of: cases) { try runner.check($0, byteByByte: byteByByte) }
                for (failed, reason) in failures {
                    Issue.record("\(failed.name)\(byteByByte ? ", byte by byte" : ""): \(reason)")
                }
            }
        }
    }

    @Test("Each request cut off at every byte harms nobody", arguments: CorpusCase.Setting.allCases)
    func truncated(setting: CorpusCase.Setting) async throws {
        // Most begin alike, and each beginning is tried once; long runs of the same byte are not tried at each.
        var beginnings: Set<[UInt8]> = []
        for corpusCase in self.cases(setting) {
            let bytes = corpusCase.bytes
            for count in 0..<bytes.count where count < 200 || count % 32 == 0 || count > bytes.count - 20 {
                beginnings.insert(Array(bytes[..<count]))
            }
        }
        let all = Array(beginnings)
        try await withServer(setting.configuration, CorpusHandler()) { address in
            let runner = CorpusRunner(address: address)
            for (bytes, reason) in try await runner.failures(of: all, { try runner.checkTruncated($0) }) {
                Issue.record("\(String(decoding: bytes, as: UTF8.self).debugDescription): \(reason)")
            }
        }
    }
}
