// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// An answer to a request, as it came.
struct WireAnswer: Sendable {
    var status = 0
    var fields: [String: String] = [:]
    var body: [UInt8] = []

    var text: String { String(decoding: self.body, as: UTF8.self) }
}

extension WireClient {
    /// Sends a request, and reads the answer; of one without, the status is 0.
    func request(
        _ method: String,
        _ target: String,
        fields: [String: String] = [:],
        body: String? = nil
    ) throws -> WireAnswer {
        var head = "\(method) \(target) HTTP/1.1\r\nhost: localhost\r\n"
        for (name, value) in fields { head += "\(name): \(value)\r\n" }
        if let body { head += "content-length: \(body.utf8.count)\r\n" }
        self.send((head + "\r\n" + (body ?? "")).utf8)
        return try self.readAnswer()
    }

    func readAnswer() throws -> WireAnswer {
        let lines = String(decoding: try self.take(to: Array("\r\n\r\n".utf8)), as: UTF8.self).split(separator: "\r\n")
        var answer = WireAnswer()
        guard let first = lines.first else { return answer }
        answer.status = first.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        for line in lines.dropFirst() {
            let parts = line.split(separator: ": ", maxSplits: 1)
            answer.fields[parts[0].lowercased()] = parts.count > 1 ? String(parts[1]) : ""
        }
        if let length = answer.fields["content-length"].flatMap({ Int($0) }) { answer.body = try self.take(length) }
        return answer
    }
}
