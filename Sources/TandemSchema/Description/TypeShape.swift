// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What a schema says of its values, as far as programming languages have types for it.
package indirect enum TypeShape: Sendable, Hashable {
    /// Any JSON value.
    case any
    /// `null` alone.
    case null
    /// `true` or `false`.
    case boolean
    /// A whole number.
    case integer(IntegerShape)
    /// A number in binary floating point.
    case double
    /// A number of which every digit counts.
    case decimal
    /// A string.
    case text(TextShape)
    /// One of these values.
    case constants([JSON])
    /// A list.
    case array(TypeShape)
    /// An object of names that are data.
    case dictionary(TypeShape)
    /// An object of names that are declared.
    case object(ObjectShape)
    /// One of several; `tag` names the property that tells which.
    case union([TypeShape], tag: String?)
    /// The same, or `null`.
    case nullable(TypeShape)
    /// A type that is declared under a name.
    case named(String)
}

/// How large a whole number may be.
package enum IntegerShape: Sendable, Hashable {
    /// No more than what a `Double` holds with every digit, 2⁵³.
    case narrow
    /// In 64 bits with a sign.
    case int64
    /// In 64 bits without a sign.
    case uint64
    /// Larger than that.
    case wide
}

/// What a string holds.
package enum TextShape: Sendable, Hashable {
    /// Text.
    case plain
    /// A moment of RFC 3339.
    case dateTime
    /// A UUID.
    case uuid
    /// A URI.
    case uri
    /// Bytes in Base64.
    case base64
    /// Bytes as they are: a file of a form.
    case binary
}

/// The declared properties of an object.
package struct ObjectShape: Sendable, Hashable {
    package var description: String?
    package var properties: [PropertyShape]

    package init(description: String? = nil, properties: [PropertyShape] = []) {
        self.description = description
        self.properties = properties
    }
}

/// One property of an object.
package struct PropertyShape: Sendable, Hashable {
    package var name: String
    package var shape: TypeShape
    package var description: String?
    package var isRequired: Bool
    package var isDeprecated: Bool
    package var fallback: JSON?

    package init(
        name: String,
        shape: TypeShape,
        description: String? = nil,
        isRequired: Bool,
        isDeprecated: Bool = false,
        fallback: JSON? = nil
    ) {
        self.name = name
        self.shape = shape
        self.description = description
        self.isRequired = isRequired
        self.isDeprecated = isDeprecated
        self.fallback = fallback
    }

    /// Whether a value that the server wrote always has the property.
    ///
    /// It writes those that have a default, and `null` for those that have no value.
    package var isAlwaysAnswered: Bool {
        if case .nullable = self.shape { return true }
        return self.isRequired || self.fallback != nil
    }
}

/// A type that is declared under a name.
package struct TypeDeclaration: Sendable, Hashable {
    package var name: String
    package var description: String?
    package var isDeprecated: Bool
    package var shape: TypeShape

    package init(name: String, description: String? = nil, isDeprecated: Bool = false, shape: TypeShape) {
        self.name = name
        self.description = description
        self.isDeprecated = isDeprecated
        self.shape = shape
    }
}
