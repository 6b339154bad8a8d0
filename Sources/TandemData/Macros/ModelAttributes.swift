// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema

/// Makes a struct the rows of a table: what they are in the database, in JSON, and in queries.
///
/// ```swift
/// @Model("tickets") @Index("status", "createdAt") struct Ticket {
///     @ID var id: Int64
///     @Length(1...120) var subject: String
///     var status: Status = .open
///     @Reference(Customer.self, onDelete: .cascade) var customerID: Customer.ID
///     var createdAt: Date = .now
/// }
/// ```
/// It does all that `@Schema` does, with the same rules. Each stored property is a column, named in snake case: numbers,
/// texts, dates, UUIDs and their like as what they are, enums of words as text, other `@Schema` types as JSON.
///
/// - `Ticket.Draft` is a row that is not in the table yet, `Ticket.Draft(subject: "Printer on fire", …)`: a counted key
///   and what has a default can be left out. It is a `Schema` too, and serves as the body of a request; the key, the
///   version and the time of change are not read from JSON.
/// - `Ticket.Columns` is what queries see as `$0`: `$0.status == .open`, and `$0.customer.name` across a reference.
///
/// - Parameter table: The table's name in the database.
@attached(
    extension,
    conformances: Schema,
    Model,
    Sendable,
    names: named(init),
    named(read(json:into:)),
    named(write(json:)),
    named(describe(in:)),
    named(schemaFields),
    named(schemaKeys),
    named(SchemaRules),
    named(ID),
    named(id),
    named(tableName),
    named(keyColumns),
    named(table),
    named(filledColumns),
    named(write(to:)),
    named(keyValues(of:)),
    named(versionColumn),
    named(touchedColumns),
    named(Columns),
    named(Draft)
)
public macro Model(_ table: String) = #externalMacro(module: "TandemMacros", type: "ModelMacro")

/// The key of a row: `@ID var id: Int64`, which the database counts up; `@ID var id: UUID`, which is made with the draft
/// (version 7, in the order of time); or one that the application gives, such as a text.
///
/// On several properties they are the key together, and `ID` is a struct of them.
@attached(peer)
public macro ID() = #externalMacro(module: "TandemMacros", type: "MarkerMacro")

/// Another name for a property's column than its own in snake case: `@Column("text") var body: String`.
@attached(peer)
public macro Column(_ name: String) = #externalMacro(module: "TandemMacros", type: "MarkerMacro")

/// A property that holds the key of another model's row: `@Reference(Customer.self) var customerID: Customer.ID`.
///
/// The database makes sure that there is such a row. In queries `$0.customer` leads on to it: the relation is called as
/// the property is without `ID`, or as `as` says. The column has an index, unless another begins with it.
///
/// - Parameters:
///   - model: The other model, whose key is one column.
///   - onDelete: What becomes of a row when the other is deleted; by itself that is refused.
///   - name: The relation's name, where the property does not end in `ID`.
@attached(peer)
public macro Reference<Target: Model>(
    _ model: Target.Type,
    onDelete: DeleteRule = .restrict,
    as name: String? = nil
) = #externalMacro(module: "TandemMacros", type: "MarkerMacro")

/// An index: `@Index` on a property, or `@Index("status", "createdAt")` on the struct, by the names of properties.
@attached(peer)
public macro Index(_ properties: String...) = #externalMacro(module: "TandemMacros", type: "MarkerMacro")

/// No two rows are alike in these properties: `@Unique("customerID", "subject")` on the struct.
///
/// On a property `@Unique` stands alone; on an array it is the rule for JSON, that no element is there twice.
@attached(peer)
public macro Unique(_ property: String, _ others: String...) =
    #externalMacro(module: "TandemMacros", type: "MarkerMacro")

/// A rule that the database holds each row to, in SQL: `@Check("stars BETWEEN 1 AND 5")`, on the struct or a property.
///
/// SQL names columns as the database does, in snake case.
@attached(peer)
public macro Check(_ rule: String) = #externalMacro(module: "TandemMacros", type: "MarkerMacro")

/// The properties whose texts a full-text search looks in: `@FullText("subject", "body")` on the struct.
///
/// With a language, `@FullText("subject", "body", language: .english)`, words are found with other endings too.
@attached(peer)
public macro FullText(_ properties: String..., language: SearchLanguage = .simple) =
    #externalMacro(module: "TandemMacros", type: "MarkerMacro")

/// A property that is stored and never leaves in JSON: `@Hidden var passwordHash: String`.
///
/// No JSON Schema and no client names it, and it is never read from JSON: it is its default or `nil` then. Without
/// either, values of the model cannot be read from JSON.
@attached(peer)
public macro Hidden() = #externalMacro(module: "TandemMacros", type: "MarkerMacro")

/// A property that the database computes from others: `@Generated("lower(subject)") var search: String`.
///
/// It is stored with the row, read with it, and written by nobody; a draft has none.
@attached(peer)
public macro Generated(_ formula: String) = #externalMacro(module: "TandemMacros", type: "MarkerMacro")

/// An integer that counts the changes of a row: `@Version var version: Int = 0`.
///
/// Who saves a row that another has changed since it was read gets the error `stale-row`.
@attached(peer)
public macro Version() = #externalMacro(module: "TandemMacros", type: "MarkerMacro")

/// A date that becomes the time of each change: `@Touched var updatedAt: Date = .now`.
@attached(peer)
public macro Touched() = #externalMacro(module: "TandemMacros", type: "MarkerMacro")
