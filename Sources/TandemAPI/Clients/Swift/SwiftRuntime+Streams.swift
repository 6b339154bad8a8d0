// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension SwiftRuntime {
    static let streams = #"""
        extension Connection {
            func lines<Value: Decodable & Sendable>(_ call: Call) -> AsyncThrowingStream<Value, any Error> {
                self.stream(call, accept: "application/jsonl") { line, yield in
                    if !line.isEmpty { yield(try Coding.decoder.decode(Value.self, from: line)) }
                }
            }

            func events<Value: Decodable & Sendable>(
                _ call: Call
            ) -> AsyncThrowingStream<ServerSentEvent<Value>, any Error> {
                var parser = EventParser()
                return self.stream(call, accept: "text/event-stream") { line, yield in
                    guard let event = try parser.take(line) else { return }
                    let value = try Coding.decoder.decode(Value.self, from: Data(event.data.utf8))
                    yield(ServerSentEvent(data: value, event: event.event, id: event.id, retry: event.retry))
                }
            }

            func texts(_ call: Call) -> AsyncThrowingStream<ServerSentEvent<String>, any Error> {
                var parser = EventParser()
                return self.stream(call, accept: "text/event-stream") { line, yield in
                    if let event = try parser.take(line) { yield(event) }
                }
            }

            /// What the lines of an answer make; a stream that nobody iterates any more ends the call.
            private func stream<Value: Sendable>(
                _ call: Call,
                accept: String,
                _ take: sending @escaping (Data, (Value) -> Void) throws -> Void
            ) -> AsyncThrowingStream<Value, any Error> {
                let (stream, continuation) = AsyncThrowingStream.makeStream(of: Value.self)
                let request = Result { try self.request(call, accept: accept) }
                let task = Task {
                    do {
                        let pieces = StreamDelegate.pieces(try await self.authorized(request.get()), self.session.configuration)
                        var status = 0
                        var rest = Data()
                        for try await piece in pieces {
                            switch piece {
                            case .head(let code): status = code
                            case .body(let data): rest += data
                            }
                            while status < 400, let end = rest.firstIndex(of: 10) {
                                let line = rest[..<end]
                                try take(Data(line.last == 13 ? line.dropLast() : line)) { continuation.yield($0) }
                                rest = Data(rest[rest.index(after: end)...])
                            }
                        }
                        if status >= 400 { throw APIError(status: status, content: rest) }
                        if !rest.isEmpty { try take(rest) { continuation.yield($0) } }
                        continuation.finish()
                    } catch {
                        continuation.finish(throwing: error)
                    }
                }
                continuation.onTermination = { _ in task.cancel() }
                return stream
            }
        }

        /// Makes events of lines.
        private struct EventParser {
            private var data: [Substring] = []
            private var event = ""
            private var id: String?
            private var retry: Int?

            mutating func take(_ line: Data) throws -> ServerSentEvent<String>? {
                let text = String(decoding: line, as: UTF8.self)
                let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
                let value = parts.count == 2 ? parts[1].hasPrefix(" ") ? parts[1].dropFirst() : parts[1] : ""
                switch parts[0] {
                case "data": self.data.append(value)
                case "event": self.event = String(value)
                case "id": self.id = String(value)
                case "retry": self.retry = Int(value) ?? self.retry
                default: break
                }
                guard text.isEmpty else { return nil }
                defer { (self.data, self.event) = ([], "") }
                if self.data.isEmpty { return nil }
                let data = self.data.joined(separator: "\n")
                if self.event == "error", let error = try? JSONDecoder().decode(APIError.self, from: Data(data.utf8)) {
                    throw error
                }
                let event = self.event.isEmpty ? "message" : self.event
                return ServerSentEvent(data: data, event: event, id: self.id, retry: self.retry)
            }
        }

        /// Takes an answer piece by piece, on every system.
        private final class StreamDelegate: NSObject, URLSessionDataDelegate {
            enum Piece {
                case head(Int)
                case body(Data)
            }

            private let continuation: AsyncThrowingStream<Piece, any Error>.Continuation

            private init(_ continuation: AsyncThrowingStream<Piece, any Error>.Continuation) {
                self.continuation = continuation
            }

            static func pieces(
                _ request: URLRequest,
                _ configuration: URLSessionConfiguration
            ) -> AsyncThrowingStream<Piece, any Error> {
                let (stream, continuation) = AsyncThrowingStream.makeStream(of: Piece.self)
                let delegate = StreamDelegate(continuation)
                let session = URLSession(configuration: configuration, delegate: delegate, delegateQueue: nil)
                let task = session.dataTask(with: request)
                continuation.onTermination = { _ in
                    task.cancel()
                    session.finishTasksAndInvalidate()
                }
                task.resume()
                return stream
            }

            func urlSession(
                _ session: URLSession,
                dataTask: URLSessionDataTask,
                didReceive response: URLResponse,
                completionHandler: @escaping (URLSession.ResponseDisposition) -> Void
            ) {
                self.continuation.yield(.head((response as? HTTPURLResponse)?.statusCode ?? 0))
                completionHandler(.allow)
            }

            func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
                self.continuation.yield(.body(data))
            }

            func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
                self.continuation.finish(throwing: error)
            }
        }

        """#

    static let values = #"""
        /// Any JSON value.
        public indirect enum JSONValue: Codable, Sendable, Hashable {
            case null
            case bool(Bool)
            case number(Decimal)
            case string(String)
            case array([JSONValue])
            case object([String: JSONValue])

            public init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                if container.decodeNil() {
                    self = .null
                } else if let value = try? container.decode(Bool.self) {
                    self = .bool(value)
                } else if let value = try? container.decode(Decimal.self) {
                    self = .number(value)
                } else if let value = try? container.decode(String.self) {
                    self = .string(value)
                } else if let value = try? container.decode([JSONValue].self) {
                    self = .array(value)
                } else {
                    self = .object(try container.decode([String: JSONValue].self))
                }
            }

            public func encode(to encoder: any Encoder) throws {
                var container = encoder.singleValueContainer()
                switch self {
                case .null: try container.encodeNil()
                case .bool(let value): try container.encode(value)
                case .number(let value): try container.encode(value)
                case .string(let value): try container.encode(value)
                case .array(let value): try container.encode(value)
                case .object(let value): try container.encode(value)
                }
            }
        }

        private enum Coding {
            static var decoder: JSONDecoder {
                let decoder = JSONDecoder()
                decoder.dateDecodingStrategy = .custom { decoder in
                    let text = try decoder.singleValueContainer().decode(String.self)
                    let style = Date.ISO8601FormatStyle(includingFractionalSeconds: text.contains("."))
                    return try Date(text, strategy: style)
                }
                return decoder
            }

            static var encoder: JSONEncoder {
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
                encoder.dateEncodingStrategy = .custom { date, encoder in
                    var container = encoder.singleValueContainer()
                    try container.encode(date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
                }
                return encoder
            }

            /// What values are sent as, where they are not JSON.
            static func texts(_ values: [(String, (any Encodable)?)]) throws -> [(String, String)] {
                try values.flatMap { name, value in try value.map { try self.texts(name, $0) } ?? [] }
            }

            /// What a value is sent as: those of a list one by one, those of an object under `name[property]`.
            static func texts(_ name: String, _ value: any Encodable) throws -> [(String, String)] {
                self.parts(name, try JSONDecoder().decode(JSONValue.self, from: self.encoder.encode(value)))
            }

            private static func parts(_ name: String, _ value: JSONValue) -> [(String, String)] {
                switch value {
                case .null: return []
                case .bool(let value): return [(name, String(value))]
                case .number(let value): return [(name, value.description)]
                case .string(let text): return [(name, text)]
                case .array(let values):
                    return values.enumerated().flatMap { index, value in
                        switch value {
                        case .array, .object: self.parts("\(name)[\(index)]", value)
                        default: self.parts(name, value)
                        }
                    }
                case .object(let values):
                    return values.sorted { $0.key < $1.key }.flatMap { self.parts("\(name)[\($0.key)]", $0.value) }
                }
            }
        }

        private struct Tag: CodingKey {
            let stringValue: String
            var intValue: Int? { nil }

            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        extension Decoder {
            fileprivate func tag(_ name: String) throws -> String {
                try self.container(keyedBy: Tag.self).decode(String.self, forKey: Tag(stringValue: name))
            }

            fileprivate func unknown(_ what: String) -> DecodingError {
                .dataCorrupted(.init(codingPath: self.codingPath, debugDescription: "\(what) is not known here"))
            }
        }

        """#
}
