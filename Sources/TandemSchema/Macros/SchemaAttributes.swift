// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Has a struct or an enum read itself from JSON, write itself to it, check itself, and describe itself.
///
/// A struct's stored properties are an object's; one with a default, an optional one and a `Patch` need not be there.
/// An enum of words or numbers is one of them; an enum whose cases have values is an object that says in `type`
/// which case it is: `case circle(radius: Double)` is `{"type":"circle","radius":1}`. A method
/// `func validate() -> [Violation]` checks rules across properties.
///
/// - Parameters:
///   - unknownKeys: What becomes of keys that no property has.
///   - discriminator: The key that tells cases apart.
@attached(
    extension,
    conformances: Schema,
    SchemaEnum,
    Sendable,
    names: named(init),
    named(read(json:into:)),
    named(write(json:)),
    named(describe(in:)),
    named(schemaFields),
    named(schemaKeys),
    named(SchemaRules),
    named(allCases),
    named(schemaDescription),
    named(rawValue),
    named(RawValue)
)
public macro Schema(unknownKeys: UnknownKeys = .ignore, discriminator: String = "type") =
    #externalMacro(module: "TandemMacros", type: "SchemaMacro")

/// Gives a property, or a case, another name in JSON than in Swift: `@Key("created_at")`.
@attached(peer)
public macro Key(_ name: String) = #externalMacro(module: "TandemMacros", type: "MarkerMacro")

/// How many characters a string has: `@Length(1...120)`. See `LengthRule`.
@attached(peer)
public macro Length<Bounds: RangeExpression>(_ range: Bounds) =
    #externalMacro(module: "TandemMacros", type: "MarkerMacro") where Bounds.Bound == Int

/// Between which values a number or a date lies: `@Range(1...5)`. See `RangeRule`.
@attached(peer)
public macro Range<Bounds: RangeExpression>(_ range: Bounds) =
    #externalMacro(module: "TandemMacros", type: "MarkerMacro")

/// A regular expression that a string matches: `@Pattern("^[A-Z]{3}$")`. See `Pattern` for the syntax.
@attached(peer)
public macro Pattern(_ expression: String) = #externalMacro(module: "TandemMacros", type: "MarkerMacro")

/// What kind of thing a string names: `@Format(.email)`.
@attached(peer)
public macro Format(_ format: StringFormat) = #externalMacro(module: "TandemMacros", type: "MarkerMacro")

/// How many elements an array, a set or a dictionary has: `@Items(1...20)`.
@attached(peer)
public macro Items<Bounds: RangeExpression>(_ range: Bounds) =
    #externalMacro(module: "TandemMacros", type: "MarkerMacro") where Bounds.Bound == Int

/// No element of an array is there twice.
@attached(peer)
public macro Unique() = #externalMacro(module: "TandemMacros", type: "MarkerMacro")

/// Rules of your own: `@Rules(Even(), Below(100))`. See `Rule`.
@attached(peer)
public macro Rules<each R: Rule>(_ rules: repeat each R) =
    #externalMacro(module: "TandemMacros", type: "MarkerMacro")

/// Values to show in documentation: `@Example("Printer on fire")`.
@attached(peer)
public macro Example<each Value>(_ values: repeat each Value) =
    #externalMacro(module: "TandemMacros", type: "MarkerMacro")
