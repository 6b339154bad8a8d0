// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// What a representation is recognized by (RFC 9110, section 8.8), and what a request's conditions say of it.
struct Validators: Sendable {
    /// A strong entity tag with its quotes.
    let entityTag: String
    let lastModified: HTTPDate

    /// What the conditions of a request come to.
    enum Outcome: Equatable {
        case proceed, notModified, failed
    }

    /// Evaluates the conditions of a GET or HEAD, in the order of RFC 9110, section 13.2.2.
    func evaluate(_ headers: Headers) -> Outcome {
        if headers.contains("if-match") {
            guard self.matchesStrongly(headers.list("if-match")) else { return .failed }
        } else if let date = Self.date("if-unmodified-since", in: headers) {
            guard self.lastModified <= date else { return .failed }
        }
        if headers.contains("if-none-match") {
            return self.matchesWeakly(headers.list("if-none-match")) ? .notModified : .proceed
        }
        if let date = Self.date("if-modified-since", in: headers) {
            return self.lastModified <= date ? .notModified : .proceed
        }
        return .proceed
    }

    /// Whether If-Range, where it is there, lets a Range field count (RFC 9110, section 13.1.5).
    func allowRange(_ headers: Headers, now: HTTPDate = .now) -> Bool {
        let conditions = headers.all("if-range")
        guard let condition = conditions.first else { return true }
        guard conditions.count == 1 else { return false }
        if let date = HTTPDate(condition) {
            // A file changed within this second may change again without its date showing it.
            return date == self.lastModified && self.lastModified < now
        }
        return condition == self.entityTag
    }

    /// Whether a request has any field that is a condition or asks for a range, so that most need no further look.
    static func concern(_ headers: Headers) -> Bool {
        headers.lines.withUnsafeReadableBytes { bytes in
            var lines = FieldLine.Iterator(bytes)
            while let line = lines.next() {
                let first = FieldLine.lowercased(bytes[line.name.lowerBound])
                if first == UInt8(ascii: "i"), line.name.count >= 8 { return true }
                if first == UInt8(ascii: "r"), line.name.count == 5 { return true }
            }
            return false
        }
    }

    private func matchesStrongly(_ tags: [Substring]) -> Bool {
        tags == ["*"] || tags.contains { $0 == self.entityTag }
    }

    private func matchesWeakly(_ tags: [Substring]) -> Bool {
        tags == ["*"] || tags.contains { ($0.hasPrefix("W/") ? $0.dropFirst(2) : $0) == self.entityTag }
    }

    /// The date of a field that stands once and is well-formed; any other is as good as none.
    private static func date(_ name: String, in headers: Headers) -> HTTPDate? {
        let values = headers.all(name)
        return values.count == 1 ? values.first.flatMap { HTTPDate($0) } : nil
    }
}
