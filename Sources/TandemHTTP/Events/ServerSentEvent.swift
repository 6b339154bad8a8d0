// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// One event of a `text/event-stream` (WHATWG HTML, section 9.2).
///
/// ```swift
/// ServerSentEvent(data: "{\"price\":12}", event: "tick", id: "42")
/// ```
public struct ServerSentEvent: Sendable, Hashable {
    /// What the listener gets, of one line or several (CR LF and CR arrive as LF); `nil` for an event that is not
    /// dispatched, but only sets the identifier or the delay, or is a comment.
    public var data: String?
    /// The name to listen for; `nil` for `message`; line ends become spaces.
    public var event: String?
    /// What the client sends as Last-Event-ID when it comes back; line ends become spaces, NUL is left out.
    public var id: String?
    /// How long the client waits before it comes back, to the millisecond.
    public var retry: Duration?
    /// Text that clients ignore, of one line or several.
    public var comment: String?

    /// An event from its parts.
    public init(
        data: String? = nil,
        event: String? = nil,
        id: String? = nil,
        retry: Duration? = nil,
        comment: String? = nil
    ) {
        self.data = data
        self.event = event
        self.id = id
        self.retry = retry
        self.comment = comment
    }

    /// The event as it stands in the stream, with the empty line that ends it.
    package var encoded: Bytes {
        var bytes = Bytes()
        if let comment { bytes.append(field: "", lines: comment) }
        if let event { bytes.append(field: "event", lines: event.onOneLine) }
        if let id { bytes.append(field: "id", lines: id.onOneLine) }
        if let retry { bytes.append(field: "retry", lines: String(retry.wholeMilliseconds)) }
        if let data { bytes.append(field: "data", lines: data) }
        bytes.append("\n")
        return bytes
    }
}

extension Bytes {
    /// Adds a field, once for each line of its value.
    fileprivate mutating func append(field: String, lines: String) {
        // The space after the colon is not part of the value, but keeps one that is.
        for line in lines.eventLines {
            self.append(field)
            self.append(": ")
            self.append(line)
            self.append("\n")
        }
    }
}

extension String {
    /// The lines between CR LF, LF and CR; at least one, which may be empty.
    fileprivate var eventLines: [String] {
        // Scalars, since CR LF is a single Character.
        var lines = [""]
        var afterReturn = false
        for scalar in self.unicodeScalars {
            defer { afterReturn = scalar == "\r" }
            switch scalar {
            case "\n" where afterReturn: continue
            case "\n", "\r": lines.append("")
            default: lines[lines.count - 1].unicodeScalars.append(scalar)
            }
        }
        return lines
    }

    fileprivate var onOneLine: String {
        let lines = self.unicodeScalars.contains { $0 == "\r" || $0 == "\n" || $0 == "\0" } ? self.eventLines : [self]
        return String(String.UnicodeScalarView(lines.joined(separator: " ").unicodeScalars.filter { $0 != "\0" }))
    }
}

extension Duration {
    /// Milliseconds, rounded down, not under zero.
    fileprivate var wholeMilliseconds: Int64 {
        let (seconds, attoseconds) = self.components
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        let (sum, carry) = product.addingReportingOverflow(attoseconds / 1_000_000_000_000_000)
        return overflow || carry ? (seconds < 0 ? 0 : .max) : max(sum, 0)
    }
}
