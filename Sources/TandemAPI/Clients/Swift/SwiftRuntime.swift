// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema

/// What is the same in every Swift client.
enum SwiftRuntime {
    /// The names that it declares or needs.
    static let names: Set<String> = [
        "APIError", "AnyObject", "Any", "AsyncThrowingStream", "Bool", "Call", "CodingKey", "Client", "Codable",
        "Connection", "Data", "Date", "Decimal", "Decoder", "Double", "Encoder", "Error", "Hashable", "HTTPURLResponse",
        "Int", "Int128", "InvalidValue", "JSONDecoder", "JSONEncoder", "JSONValue", "Protocol", "Self", "Sendable",
        "ServerSentEvent", "String", "StreamDelegate", "Tag", "Task", "Type", "UInt64", "URL", "URLComponents",
        "URLRequest", "URLSession", "UUID", "Upload", "Void",
    ]

    static let parts = [messages, connection, streams, values]

    /// The type that calls are made through.
    static func client(_ description: ClientDescription, _ members: String) -> String {
        var names = UniqueNames(taken: ["baseURL", "token", "headers", "timeout", "session"])
        var arguments = "", uses = ""
        for credential in description.credentials {
            let name = names.take(SwiftText.member(credential.name))
            let quoted = SwiftText.quoted(name)
            switch credential.kind {
            case .basic:
                arguments += "        \(quoted): (username: String, password: String)? = nil,\n"
                uses += """
                            if let \(quoted) {
                                let text = Data("\\(\(quoted).username):\\(\(quoted).password)".utf8).base64EncodedString()
                                connection.headers["authorization"] = "Basic \\(text)"
                            }

                    """
            case .key(let key, let place):
                let list = place == .query ? "query" : place == .cookie ? "cookies" : "headers"
                arguments += "        \(quoted): String? = nil,\n"
                uses += "        if let \(quoted) { connection.\(list)[\(SwiftText.literal(key))] = \(quoted) }\n"
            }
        }
        return """
            \(SwiftText.documentation(description.summary ?? "Calls \(description.title).", indent: ""))\
            public struct Client: Sendable {
                let connection: Connection

                /// A client of the server at a URL.
                ///
                /// - Parameters:
                ///   - baseURL: Where the server is, such as `https://api.example.org`.
                ///   - token: Gets a bearer token; it is asked with each call.
                ///   - headers: Header fields of every call.
                ///   - timeout: Seconds to wait for each piece of an answer.
                ///   - session: What sends calls; streams have sessions with its configuration.
                public init(
                    _ baseURL: URL,
                    token: (@Sendable () async throws -> String?)? = nil,
            \(arguments)\
                    headers: [String: String] = [:],
                    timeout: TimeInterval = 60,
                    session: URLSession = .shared
                ) {
                    \(uses.isEmpty ? "let" : "var") connection = Connection(
                        baseURL: baseURL, token: token, headers: headers, timeout: timeout, session: session
                    )
            \(uses)\
                    self.connection = connection
                }

            \(members)}

            """
    }

    private static let messages = #"""
        /// A value of a call that is not valid.
        public struct InvalidValue: Codable, Sendable, Hashable {
            /// Where it stands: `path`, `query`, `header`, `cookie` or `body`.
            public let `in`: String
            /// In a body: a JSON pointer to the value.
            public let pointer: String?
            /// Elsewhere: the name of the parameter.
            public let name: String?
            /// The rule that it breaks.
            public let rule: String
            /// What the rule asks for.
            public let expected: String
            /// What came.
            public let actual: String?
        }

        /// An answer that says that something went wrong (RFC 9457).
        public struct APIError: Error, Codable, Sendable, CustomStringConvertible {
            /// The status of the answer.
            public var status: Int
            /// A stable name, for programs; empty where something else than the server has answered.
            public var code: String
            /// The kind of error, for people.
            public var title: String
            /// What happened, for people.
            public var detail: String?
            /// The values that are not valid.
            public var errors: [InvalidValue]?

            public var description: String { "\(self.status) \(self.code): \(self.detail ?? self.title)" }

            init(status: Int, content: Data) {
                if let error = try? JSONDecoder().decode(APIError.self, from: content) {
                    self = error
                } else {
                    self.status = status
                    self.code = ""
                    self.title = "Status \(status)"
                }
            }
        }

        /// An event of a stream.
        public struct ServerSentEvent<Value: Sendable>: Sendable {
            /// What it carries.
            public var data: Value
            /// Its kind; `message` where the server names none.
            public var event: String
            /// The identifier of the latest event that has one.
            public var id: String?
            /// Milliseconds to wait before the stream is asked for again.
            public var retry: Int?
        }

        /// A file of a form.
        public struct Upload: Sendable, Hashable {
            public var data: Data
            public var filename: String
            public var contentType: String

            public init(_ data: Data, filename: String = "file", contentType: String = "application/octet-stream") {
                self.data = data
                self.filename = filename
                self.contentType = contentType
            }
        }

        """#
}
