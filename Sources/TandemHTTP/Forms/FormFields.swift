// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// The names and texts of a form or a query, in order; a name may be there more than once.
///
/// ```swift
/// let fields = request.queryItems
/// let page = fields["page"] ?? "1"
/// for tag in fields.all("tag") { … }
/// for (name, value) in fields { … }
/// ```
public struct FormFields: Sendable {
    private var fields: [Element]

    /// No fields.
    public init() {
        self.fields = []
    }

    /// The text of the first field with this name; set it to replace all of them, or to `nil` to remove them.
    public subscript(name: String) -> String? {
        get { self.fields.first { $0.name == name }?.value }
        set {
            self.fields.removeAll { $0.name == name }
            if let newValue { self.add(name, newValue) }
        }
    }

    /// The texts of all fields with this name, in order.
    public func all(_ name: String) -> [String] {
        self.fields.lazy.filter { $0.name == name }.map(\.value)
    }

    /// Whether a field with this name is there.
    public func contains(_ name: String) -> Bool {
        self.fields.contains { $0.name == name }
    }

    /// Adds a field after those that are there, of the same name too.
    public mutating func add(_ name: String, _ value: String) {
        self.fields.append((name, value))
    }
}

extension FormFields: RandomAccessCollection {
    /// One field.
    public typealias Element = (name: String, value: String)

    /// Zero.
    public var startIndex: Int { 0 }

    /// The number of fields.
    public var endIndex: Int { self.fields.count }

    /// The field at a position.
    public subscript(position: Int) -> Element { self.fields[position] }
}

extension FormFields: ExpressibleByDictionaryLiteral, Equatable, CustomStringConvertible {
    /// The fields of a literal, in order.
    public init(dictionaryLiteral elements: (String, String)...) {
        self.fields = elements.map { ($0, $1) }
    }

    /// Whether the same fields stand in the same order.
    public static func == (left: FormFields, right: FormFields) -> Bool {
        left.fields.elementsEqual(right.fields, by: ==)
    }

    /// The names of the fields; texts may be secret.
    public var description: String { self.fields.map(\.name).joined(separator: ", ") }
}
