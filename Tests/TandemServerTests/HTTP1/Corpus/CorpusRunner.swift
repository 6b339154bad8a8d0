// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemServer

/// Holds conversations with a server, many at once.
struct CorpusRunner: Sendable {
    let address: BoundAddress

    private static let workers = 12

    /// Has `talk` for each element, and gives what went wrong.
    func failures<Element: Sendable>(
        of elements: [Element],
        _ talk: @escaping @Sendable (Element) throws -> String?
    ) async throws -> [(Element, String)] {
        try await withThrowingTaskGroup(of: [(Element, String)].self) { workers in
            for first in 0..<Self.workers {
                workers.addTask {
                    try await blocking {
                        stride(from: first, to: elements.count, by: Self.workers).compactMap { index in
                            let element = elements[index]
                            do { return try talk(element).map { (element, $0) } } catch { return (element, "\(error)") }
                        }
                    }
                }
            }
            return try await workers.reduce(into: []) { $0 += $1 }
        }
    }

    /// Sends a case's request, whole or byte by byte, and compares the answers.
    func check(_ corpusCase: CorpusCase, byteByByte: Bool) throws -> String? {
        let client = try RawClient(self.address)
        if byteByByte { client.trickle(corpusCase.bytes) } else { client.send(corpusCase.bytes) }
        let expected = corpusCase.expected
        for (index, answer) in expected.answers.enumerated() {
            guard let response = try client.readFinalResponse(hasBody: !answer.hasPrefix("HEAD ")) else {
                return "no answer \(index + 1)"
            }
            let isLast = index == expected.answers.count - 1 && expected.refusal == nil
            if let failure = self.compare(response, with: answer, closes: isLast && expected.closes) { return failure }
        }
        if let status = expected.refusal {
            let hasBody = !corpusCase.request.hasPrefix("HEAD ")
            guard let response = try client.readFinalResponse(hasBody: hasBody) else { return "no refusal" }
            guard response.status == status else { return "\(response.status) instead of \(status): \(response.text)" }
            guard response["content-type"] == "application/problem+json" else { return "the refusal is no problem" }
            guard response.closes else { return "the refusal does not say that the connection closes" }
        }
        return expected.closes ? try self.checkEnd(client) : try self.checkOpen(client)
    }

    private func compare(_ response: RawResponse, with answer: String, closes: Bool) -> String? {
        guard response.status == 200 else { return "\(response.status) instead of '\(answer)': \(response.text)" }
        if answer.hasPrefix("HEAD ") {
            guard response["content-length"] == "\(answer.utf8.count)" else { return "HEAD has another length" }
        } else if response.text != answer {
            return "'\(response.text)' instead of '\(answer)'"
        }
        return response.closes == closes ? nil : "connection: \(response["connection"] ?? "nothing said")"
    }

    private func checkEnd(_ client: RawClient) throws -> String? {
        let rest = try client.readToEnd()
        if client.wasReset { return "the connection was reset" }
        return rest.isEmpty ? nil : "more than expected: \(String(decoding: rest, as: UTF8.self))"
    }

    /// One more request is answered, so the server took the end of the last for the end.
    private func checkOpen(_ client: RawClient) throws -> String? {
        client.send("GET /probe HTTP/1.1\r\nHost: h\r\n\r\n")
        guard let response = try client.readFinalResponse() else { return "the connection was closed" }
        return response.text == "GET /probe" ? nil : "the next answer is '\(response.text)'"
    }

    /// Sends the beginning of a request and then closes: whatever comes back is whole, and the connection ends.
    func checkTruncated(_ bytes: [UInt8]) throws -> String? {
        let client = try RawClient(self.address)
        client.send(bytes)
        client.finish()
        // What answers HEAD announces a body that does not come.
        if String(decoding: bytes, as: UTF8.self).contains("HEAD") {
            _ = try client.readToEnd()
            return nil
        }
        var hasFailed = false
        while let response = try client.readFinalResponse() {
            if hasFailed { return "an answer after a refusal" }
            if response.isCutOff { return "an answer is cut off" }
            hasFailed = response.status >= 400
            guard response.status == 200 || (400..<506).contains(response.status), response.status != 500 else {
                return "the status \(response.status)"
            }
        }
        return nil
    }
}
