// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// One hostile or odd connection, and what the server answers.
///
/// A name says where the server is stricter than RFC 9112 demands, or more lenient than it might be.
struct CorpusCase: Sendable {
    let name: String
    /// What the client sends; each scalar is a byte, so that any byte can be written.
    let request: String
    let expected: Expected
    var setting = Setting.plain

    init(_ name: String, _ request: String, _ expected: Expected) {
        self.name = name
        self.request = request
        self.expected = expected
    }

    var bytes: [UInt8] { self.request.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) } }

    /// The answers in order, and how the connection goes on.
    struct Expected: Sendable {
        /// What `CorpusHandler` answers with 200.
        var answers: [String]
        /// The status of the last answer, where it is none of the handler's.
        var refusal: Int?
        var closes: Bool

        /// These answers, and the connection stays open.
        static func ok(_ answers: String...) -> Expected { Expected(answers: answers, closes: false) }
        /// These answers, and the connection is closed after the last.
        static func closing(_ answers: String...) -> Expected { Expected(answers: answers, closes: true) }
        /// These answers, then an error, after which the connection is closed.
        static func refused(_ status: Int, after answers: String...) -> Expected {
            Expected(answers: answers, refusal: status, closes: true)
        }
    }

    /// What the server is configured with.
    enum Setting: Sendable, CaseIterable {
        case plain
        /// Small limits: a request line of 100 bytes, 6 fields in 200 bytes, a body of 20.
        case limited
        /// Hosts `h`, `example.com` and what is under `.example.org`.
        case hosts
    }

    func with(_ setting: Setting) -> CorpusCase {
        var copy = self
        copy.setting = setting
        return copy
    }
}

// MARK: - Requests in short

/// GET / of host `h`, with further lines.
func get(_ lines: String...) -> String {
    (["GET / HTTP/1.1", "Host: h"] + lines).map { $0 + "\r\n" }.joined() + "\r\n"
}

/// A request of host `h` by its first line.
func start(_ line: String) -> String { "\(line)\r\nHost: h\r\n\r\n" }

/// POST / of host `h` with further lines and a body.
func post(_ lines: String..., body: String) -> String {
    (["POST / HTTP/1.1", "Host: h"] + lines).map { $0 + "\r\n" }.joined() + "\r\n" + body
}

/// POST / of host `h` with a chunked body.
func chunked(_ body: String) -> String { post("Transfer-Encoding: chunked", body: body) }
