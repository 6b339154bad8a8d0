// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP

/// A response as it stands on the wire.
struct RawResponse: Sendable {
    var status = 0
    var fields: [(name: String, value: String)] = []
    var body: [UInt8] = []
    var trailers: [(name: String, value: String)] = []
    /// Whether the connection ended before the body did.
    var isCutOff = false

    var text: String { String(decoding: self.body, as: UTF8.self) }

    subscript(name: String) -> String? {
        self.fields.first { $0.name.lowercased() == name }?.value
    }

    /// Whether it says that the connection is closed after it.
    var closes: Bool { self["connection"] == "close" }
}

extension RawClient {
    /// Reads a response, or gives `nil` where the connection ends before one begins.
    func readResponse(hasBody: Bool = true) throws -> RawResponse? {
        guard let head = try self.readHead() else { return nil }
        var response = head
        guard hasBody, response.status >= 200, response.status != 204, response.status != 304 else { return response }
        if response["transfer-encoding"] == "chunked" {
            try self.readChunks(into: &response)
        } else if let length = response["content-length"].flatMap({ Int($0) }) {
            while self.received.count < length, try self.readMore() {}
            response.body = self.take(length)
            response.isCutOff = response.body.count < length
        } else {
            response.body = try self.readToEnd()
        }
        return response
    }

    /// Reads the next response that is none of 1xx.
    func readFinalResponse(hasBody: Bool = true) throws -> RawResponse? {
        while let response = try self.readResponse(hasBody: hasBody) {
            if response.status >= 200 { return response }
        }
        return nil
    }

    private func readLine() throws -> String? {
        while true {
            if let end = self.received.firstIndex(of: 0x0A) {
                let line = self.take(end + 1).dropLast()
                guard line.last == 0x0D else { throw MalformedResponse("a line ends with LF alone") }
                return String(decoding: line.dropLast(), as: UTF8.self)
            }
            guard try self.readMore() else { return nil }
        }
    }

    private func readHead() throws -> RawResponse? {
        guard let line = try self.readLine() else {
            guard self.received.isEmpty else { throw MalformedResponse("half a status line") }
            return nil
        }
        let parts = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "HTTP/1.1", let status = Int(parts[1]) else {
            throw MalformedResponse("the status line '\(line)'")
        }
        return RawResponse(status: status, fields: try self.readFields())
    }

    private func readFields() throws -> [(name: String, value: String)] {
        var fields: [(name: String, value: String)] = []
        while let line = try self.readLine() {
            if line.isEmpty { return fields }
            guard let colon = line.firstIndex(of: ":") else { throw MalformedResponse("the line '\(line)'") }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            fields.append((String(line[..<colon]), String(value)))
        }
        throw MalformedResponse("a head without its end")
    }

    private func readChunks(into response: inout RawResponse) throws {
        while let line = try self.readLine() {
            guard let size = Int(line, radix: 16) else { throw MalformedResponse("the chunk size '\(line)'") }
            if size == 0 {
                response.trailers = try self.readFields()
                return
            }
            while self.received.count < size + 2, try self.readMore() {}
            let chunk = self.take(size + 2)
            response.body += chunk.prefix(size)
            if chunk.count < size + 2 { break }
        }
        response.isCutOff = true
    }
}

/// A server wrote what is no HTTP.
struct MalformedResponse: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = "malformed response: \(description)"
    }
}
