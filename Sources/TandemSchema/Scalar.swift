// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What texts under one name can hold: in a query, `page=2` or `tag=a&tag=b`.
public protocol ParameterValue: Schema {
    /// Reads the texts, of which there is one at least; `nil` where they do not hold such a value.
    init?(texts: [String])

    /// What such texts are, for people: `an integer`.
    static var expected: String { get }
}

/// A value that one text can hold: what paths, queries, header fields, forms and keys of objects are made of.
public protocol Scalar: ParameterValue {
    /// Reads the whole of a text; `nil` where it does not hold such a value.
    init?(text: String)

    /// The value as `init(text:)` reads it.
    var text: String { get }
}

extension Scalar {
    /// Reads one text; of several none is the right one.
    public init?(texts: [String]) {
        guard texts.count == 1 else { return nil }
        self.init(text: texts[0])
    }
}

extension Optional: ParameterValue where Wrapped: Scalar {
    /// Reads one text.
    public init?(texts: [String]) {
        guard let value = Wrapped(texts: texts) else { return nil }
        self = value
    }

    /// What the value is.
    public static var expected: String { Wrapped.expected }
}

extension Array: ParameterValue where Element: Scalar {
    /// Reads each text as an element.
    public init?(texts: [String]) {
        self.init()
        for text in texts {
            guard let element = Element(text: text) else { return nil }
            self.append(element)
        }
    }

    /// What each element is.
    public static var expected: String { "each " + Element.expected }
}

extension Set: ParameterValue where Element: Scalar {
    /// Reads each text as an element; they need not differ.
    public init?(texts: [String]) {
        guard let elements = [Element](texts: texts) else { return nil }
        self.init(elements)
    }

    /// What each element is.
    public static var expected: String { "each " + Element.expected }
}
