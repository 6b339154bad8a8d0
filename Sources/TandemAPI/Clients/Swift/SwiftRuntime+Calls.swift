// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension SwiftRuntime {
    static let connection = #"""
        /// One call.
        struct Call {
            enum Part {
                case text(String)
                case value(any Encodable)
            }

            let method: String
            let path: [Part]
            var query: [(String, (any Encodable)?)] = []
            var headers: [(String, (any Encodable)?)] = []
            var cookies: [(String, (any Encodable)?)] = []
            var form: [(String, (any Sendable)?)] = []
            var json: (any Encodable)?
            var body: Data?
            var contentType: String?

            init(_ method: String, _ path: [Part]) {
                self.method = method
                self.path = path
            }
        }

        /// Sends calls, and reads what is answered.
        struct Connection: Sendable {
            let baseURL: URL
            let token: (@Sendable () async throws -> String?)?
            var headers: [String: String]
            let timeout: TimeInterval
            let session: URLSession
            var query: [String: String] = [:]
            var cookies: [String: String] = [:]

            init(
                baseURL: URL,
                token: (@Sendable () async throws -> String?)?,
                headers: [String: String],
                timeout: TimeInterval,
                session: URLSession
            ) {
                self.baseURL = baseURL
                self.token = token
                self.headers = headers
                self.timeout = timeout
                self.session = session
            }

            func json<Value: Decodable>(_ call: Call) async throws -> Value {
                try Coding.decoder.decode(Value.self, from: try await self.bytes(call, accept: "application/json"))
            }

            func text(_ call: Call) async throws -> String {
                String(decoding: try await self.bytes(call, accept: "text/*"), as: UTF8.self)
            }

            func nothing(_ call: Call) async throws {
                _ = try await self.bytes(call)
            }

            func bytes(_ call: Call, accept: String = "*/*") async throws -> Data {
                let request = try await self.authorized(self.request(call, accept: accept))
                let (content, response) = try await self.session.data(for: request)
                let status = (response as? HTTPURLResponse)?.statusCode ?? 0
                guard status < 400 else { throw APIError(status: status, content: content) }
                return content
            }

            func authorized(_ request: URLRequest) async throws -> URLRequest {
                guard let token = try await self.token?() else { return request }
                var request = request
                request.setValue("Bearer \(token)", forHTTPHeaderField: "authorization")
                return request
            }

            func request(_ call: Call, accept: String) throws -> URLRequest {
                let path = try call.path.map { part in
                    switch part {
                    case .text(let text): return text
                    case .value(let value):
                        let text = try Coding.texts("", value).first?.1 ?? ""
                        // A URL knows these as "here" and "one up".
                        if ["", ".", ".."].contains(text) { throw URLError(.badURL) }
                        return Self.escaped(text)
                    }
                }.joined()
                let terms = try self.query.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } + Coding.texts(call.query)
                let query = terms.map { "\(Self.escaped($0.0))=\(Self.escaped($0.1))" }.joined(separator: "&")
                var base = self.baseURL.absoluteString
                while base.hasSuffix("/") { base.removeLast() }
                guard let url = URL(string: base + path + (query.isEmpty ? "" : "?\(query)")) else { throw URLError(.badURL) }
                var request = URLRequest(url: url, timeoutInterval: self.timeout)
                request.httpMethod = call.method
                request.setValue(accept, forHTTPHeaderField: "accept")
                for (name, value) in self.headers { request.setValue(value, forHTTPHeaderField: name) }
                for (name, value) in try Coding.texts(call.headers) { request.addValue(value, forHTTPHeaderField: name) }
                let cookies = try self.cookies.map { ($0.key, $0.value) } + Coding.texts(call.cookies)
                if cookies.contains(where: { $0.1.contains { ";\r\n \t".contains($0) } }) { throw URLError(.badURL) }
                if !cookies.isEmpty {
                    request.setValue(cookies.map { "\($0.0)=\($0.1)" }.joined(separator: "; "), forHTTPHeaderField: "cookie")
                }
                request.httpBody = call.body
                if let type = call.contentType { request.setValue(type, forHTTPHeaderField: "content-type") }
                if let value = call.json {
                    request.httpBody = try Coding.encoder.encode(value)
                    request.setValue("application/json", forHTTPHeaderField: "content-type")
                } else if !call.form.isEmpty {
                    let boundary = UUID().uuidString
                    request.httpBody = try Self.form(call.form, boundary)
                    request.setValue("multipart/form-data; boundary=\(boundary)", forHTTPHeaderField: "content-type")
                }
                return request
            }

            private static func escaped(_ text: String) -> String {
                let plain = CharacterSet(charactersIn: "-._~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
                return text.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
            }

            private static func line(_ text: String) -> String {
                text.components(separatedBy: .newlines).joined(separator: " ")
            }

            private static func form(_ fields: [(String, (any Sendable)?)], _ boundary: String) throws -> Data {
                var content = Data()
                func add(_ name: String, _ head: String, _ data: Data) {
                    let name = name.replacingOccurrences(of: "\"", with: "%22")
                    content += Data("--\(boundary)\r\ncontent-disposition: form-data; name=\"\(name)\"\(head)\r\n\r\n".utf8)
                    content += data + Data("\r\n".utf8)
                }
                for (name, value) in fields {
                    let uploads = (value as? [Upload]) ?? (value as? Upload).map { [$0] }
                    for upload in uploads ?? [] {
                        let filename = line(upload.filename).replacingOccurrences(of: "\"", with: "%22")
                        let type = line(upload.contentType)
                        add(name, "; filename=\"\(filename)\"\r\ncontent-type: \(type)", upload.data)
                    }
                    guard uploads == nil, let value = value as? any Encodable else { continue }
                    for (name, text) in try Coding.texts(name, value) { add(name, "", Data(text.utf8)) }
                }
                return content + Data("--\(boundary)--\r\n".utf8)
            }
        }

        """#
}
