// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SwiftSyntax

/// A property of a model, as a column of its table.
struct ModelColumn {
    let property: Property
    /// Its name in the database.
    let name: String
    /// `public `, `package ` or nothing.
    let access: String
    let isKey: Bool
    let isHidden: Bool
    let isVersion: Bool
    let isTouched: Bool
    let isIndexed: Bool
    let isUnique: Bool
    /// The formula that the database computes it by.
    let generated: String?
    let reference: ModelReference?
    /// The rules for its values, in SQL.
    let checks: [String]

    /// The name of the property, without backticks.
    var propertyName: String { self.property.name.withoutBackticks }

    init(_ property: Property, of declaration: VariableDeclSyntax) throws(Mistake) {
        let markers = Markers(declaration.attributes)
        self.property = property
        self.access = declaration.modifiers.access
        self.isKey = markers.first("ID") != nil
        self.isHidden = markers.first("Hidden") != nil
        self.isVersion = markers.first("Version") != nil
        self.isTouched = markers.first("Touched") != nil
        self.isIndexed = try Self.isAlone(markers.first("Index"))
        self.isUnique = try property.isArray ? false : Self.isAlone(markers.first("Unique"))
        self.generated = try markers.first("Generated").map { (attribute) throws(Mistake) in
            try attribute.sql("lower(subject)").first ?? ""
        }
        self.reference = try markers.first("Reference").map { (attribute) throws(Mistake) in
            try ModelReference(attribute, of: property)
        }
        var checks: [String] = []
        for attribute in markers.all("Check") { checks += try attribute.sql("stars > 0") }
        self.checks = checks
        if let column = markers.first("Column") {
            guard let text = column.list.first?.expression.stringValue else {
                throw Mistake("@Column takes a string without interpolation, such as @Column(\"text\")", at: column)
            }
            self.name = text
            try ModelName.checkColumn(text, at: column)
        } else {
            self.name = Identifier(property.name.withoutBackticks).snake
            try ModelName.checkColumn(self.name, at: property.place ?? Syntax(declaration))
        }
        try self.check(markers)
    }

    /// Whether there is an attribute, which on a property stands for that property.
    private static func isAlone(_ attribute: AttributeSyntax?) throws(Mistake) -> Bool {
        guard let attribute else { return false }
        guard attribute.list.isEmpty else {
            throw Mistake(
                "on a property @\(attribute.name) stands alone; to name several, put it at the struct",
                at: attribute
            )
        }
        return true
    }

    private func check(_ markers: Markers) throws(Mistake) {
        let type = self.property.plainType
        let isOptional = self.property.optionalType != nil
        if let attribute = markers.first("Version"), isOptional || !Self.integers.contains(type) {
            throw Mistake("@Version counts: its property is an integer, such as 'var version: Int = 0'", at: attribute)
        }
        if let attribute = markers.first("Touched"), type != "Date" {
            throw Mistake("@Touched is the time of a change: its property is a Date", at: attribute)
        }
        if let attribute = markers.first("ID"), isOptional {
            throw Mistake(
                "a key is always there; remove the '?', a draft does without the key by itself",
                at: attribute
            )
        }
        guard let attribute = markers.first("Generated") else { return }
        if self.property.fallback != nil {
            throw Mistake("the database computes it; remove the default, which nobody would see", at: attribute)
        }
        if self.isKey || self.isVersion || self.isTouched || self.reference != nil {
            throw Mistake("what the database computes from other columns is no key, reference or time", at: attribute)
        }
    }

    static let integers: Set = [
        "Int", "Int8", "Int16", "Int32", "Int64", "UInt", "UInt8", "UInt16", "UInt32", "UInt64",
    ]
    /// Types in which there is no text to search.
    static let textless: Set = Self.integers.union(["Bool", "Double", "Float", "Decimal", "Date", "UUID", "Data"])
}

extension Property {
    /// The word that a mistake is shown at.
    var place: Syntax? {
        self.declaration?.bindings.map(\.pattern).first { $0.trimmedDescription == self.name }.map { Syntax($0) }
    }

    /// Whether it holds several values, of which none may be there twice.
    fileprivate var isArray: Bool { (self.optionalType ?? self.type).isArray }
}

extension TypeSyntax {
    /// Whether the type is spelled as an array or a set.
    var isArray: Bool {
        self.is(ArrayTypeSyntax.self) || ["Array", "Set"].contains(self.as(IdentifierTypeSyntax.self)?.name.text)
    }
}

extension AttributeSyntax {
    /// The SQL that it was given, which cannot be put together.
    func sql(_ example: String) throws(Mistake) -> [String] {
        var texts: [String] = []
        for argument in self.list {
            guard let text = argument.expression.stringValue else {
                throw Mistake("SQL here is a string without interpolation, such as \"\(example)\"", at: argument)
            }
            texts.append(text)
        }
        if texts.allSatisfy({ $0.allSatisfy(\.isWhitespace) }) {
            throw Mistake("@\(self.name) takes SQL, such as @\(self.name)(\"\(example)\")", at: self)
        }
        return texts
    }
}
