// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// What a representation is recognized by (RFC 9110, section 8.8), and what a request's conditions say of it.
package struct Validators: Sendable {
    /// An entity tag with its quotes, and `W/` where it is a weak one.
    let entityTag: String?
    let lastModified: HTTPDate?

    /// What a representation has of the two.
    package init(entityTag: String?, lastModified: HTTPDate?) {
        self.entityTag = entityTag
        self.lastModified = lastModified
    }

    /// What the conditions of a request come to.
    package enum Outcome: Equatable {
        case proceed, notModified, failed
    }

    /// Evaluates the conditions of a GET or HEAD, in the order of RFC 9110, section 13.2.2.
    package func evaluate(_ headers: Headers) -> Outcome {
        if headers.contains("if-match") {
            guard self.matchesStrongly(headers.list("if-match")) else { return .failed }
        } else if let lastModified, let date = Self.date("if-unmodified-since", in: headers) {
            guard lastModified <= date else { return .failed }
        }
        if headers.contains("if-none-match") {
            return self.matchesWeakly(headers.list("if-none-match")) ? .notModified : .proceed
        }
        if let lastModified, let date = Self.date("if-modified-since", in: headers) {
            return lastModified <= date ? .notModified : .proceed
        }
        return .proceed
    }

    /// Whether If-Range, where it is there, lets a Range field count (RFC 9110, section 13.1.5).
    func allowRange(_ headers: Headers, now: HTTPDate = .now) -> Bool {
        let conditions = headers.all("if-range")
        guard let condition = conditions.first else { return true }
        guard conditions.count == 1 else { return false }
        if let lastModified, let date = HTTPDate(condition) {
            // A file changed within this second may change again without its date showing it.
            return date == lastModified && lastModified < now
        }
        return self.isStrong && condition == self.entityTag
    }

    /// Whether a request has any field that is a condition or asks for a range, so that most need no further look.
    package static func concern(_ headers: Headers) -> Bool {
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
        if tags == ["*"] { return true }
        guard let entityTag, self.isStrong else { return false }
        return tags.contains { $0 == entityTag }
    }

    private func matchesWeakly(_ tags: [Substring]) -> Bool {
        if tags == ["*"] { return true }
        guard let opaque = self.entityTag.map({ Self.opaque($0[...]) }) else { return false }
        return tags.contains { Self.opaque($0) == opaque }
    }

    /// Whether the tag names these bytes and no others (RFC 9110, section 8.8.1).
    private var isStrong: Bool { self.entityTag?.hasPrefix("W/") == false }

    /// A tag without what says that it is weak.
    private static func opaque(_ tag: Substring) -> Substring {
        tag.hasPrefix("W/") ? tag.dropFirst(2) : tag
    }

    /// The date of a field that stands once and is well-formed; any other is as good as none.
    private static func date(_ name: String, in headers: Headers) -> HTTPDate? {
        let values = headers.all(name)
        return values.count == 1 ? values.first.flatMap { HTTPDate($0) } : nil
    }
}
