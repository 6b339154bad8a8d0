// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemHTTP

/// Reading what a caller sent (W3C Trace Context level 1, section 3.2).
extension TraceContext {
    /// The caller's context from its fields, or `nil` where `traceparent` is malformed.
    ///
    /// - Parameters:
    ///   - traceparent: `version-traceid-parentid-flags`, all in lower-case hexadecimal digits.
    ///   - tracestate: The `tracestate` fields, joined by commas; left out where it is malformed.
    public init?(traceparent: String, tracestate: String = "") {
        var text = traceparent[...].utf8
        guard let version = text.takeHexadecimal(2, as: UInt8.self), version != 0xFF, text.takeHyphen(),
            let trace = text.takeHexadecimal(32, as: UInt128.self), trace != 0, text.takeHyphen(),
            let span = text.takeHexadecimal(16, as: UInt64.self), span != 0, text.takeHyphen(),
            let flags = text.takeHexadecimal(2, as: UInt8.self)
        else { return nil }
        // A version to come may add to the end, after a hyphen; this one may not.
        guard text.isEmpty || (version > 0 && text.takeHyphen()) else { return nil }
        self.init(
            trace: trace,
            span: span,
            isSampled: flags & 1 == 1,
            state: TraceState.validated(tracestate) ?? ""
        )
    }

    /// The caller's context from a request's fields.
    ///
    /// `nil` where there is no `traceparent`, several, or a malformed one.
    public init?(_ headers: Headers) {
        // Nearly all requests carry none: asked first, since it allocates nothing.
        guard headers.contains("traceparent") else { return nil }
        let parents = headers.all("traceparent")
        guard parents.count == 1, let parent = parents.first else { return nil }
        let states = headers.contains("tracestate") ? headers.all("tracestate") : []
        self.init(traceparent: parent, tracestate: states.joined(separator: ","))
    }
}

extension Substring.UTF8View {
    fileprivate mutating func takeHyphen() -> Bool {
        guard self.first == UInt8(ascii: "-") else { return false }
        self.removeFirst()
        return true
    }

    /// Takes exactly `count` lower-case digits.
    fileprivate mutating func takeHexadecimal<Value: FixedWidthInteger>(_ count: Int, as: Value.Type) -> Value? {
        var value: Value = 0
        for _ in 0..<count {
            let digit: UInt8
            switch self.popFirst() {
            case .some(let byte) where byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"):
                digit = byte - UInt8(ascii: "0")
            case .some(let byte) where byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "f"):
                digit = byte - UInt8(ascii: "a") + 10
            default:
                return nil
            }
            value = value << 4 | Value(truncatingIfNeeded: digit)
        }
        return value
    }
}
