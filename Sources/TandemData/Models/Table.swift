// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemSchema

/// A table, as a model describes it and as migrations record it.
@Schema public struct Table: Hashable {
    /// Its name in the database.
    public var name: String
    /// Its columns, in the order of the model's properties.
    public var columns: [TableColumn]
    /// The columns of its key.
    public var key: [String]
    /// Its indexes, those of unique columns among them.
    public var indexes: [TableIndex] = []
    /// Its rules.
    public var checks: [TableCheck] = []
    /// The columns that are searched as text; none where there is no such search.
    public var searched: [String] = []
    /// The language of those texts.
    public var searchLanguage: SearchLanguage = .simple

    /// A table from its parts.
    public init(
        _ name: String,
        columns: [TableColumn],
        key: [String],
        indexes: [TableIndex] = [],
        checks: [TableCheck] = [],
        searched: [String] = [],
        searchLanguage: SearchLanguage = .simple
    ) {
        self.name = name
        self.columns = columns
        self.key = key
        self.indexes = indexes
        self.checks = checks
        self.searched = searched
        self.searchLanguage = searchLanguage
    }

    /// The column of a name.
    public func column(_ name: String) -> TableColumn? { self.columns.first { $0.name == name } }
}

/// A column of a table.
@Schema public struct TableColumn: Hashable {
    /// Its name in the database.
    public var name: String
    /// What it holds.
    public var type: ColumnType
    /// Whether it may hold NULL.
    public var isOptional: Bool = false
    /// What it holds where an insert does not say; existing rows get it when the column is added.
    public var defaultValue: ColumnDefault? = nil
    /// The formula that the database computes it by.
    public var generated: String? = nil
    /// The row of another table that it names.
    public var reference: ColumnReference? = nil
    /// Whether the database counts the keys up by itself.
    public var isCounted: Bool = false

    /// A column from its parts.
    public init(
        _ name: String,
        _ type: ColumnType,
        isOptional: Bool = false,
        defaultValue: ColumnDefault? = nil,
        generated: String? = nil,
        reference: ColumnReference? = nil,
        isCounted: Bool = false
    ) {
        self.name = name
        self.type = type
        self.isOptional = isOptional
        self.defaultValue = defaultValue
        self.generated = generated
        self.reference = reference
        self.isCounted = isCounted
    }
}

/// What a column holds where an insert does not say.
@Schema public enum ColumnDefault: Hashable {
    case boolean(value: Bool)
    case integer(value: Int64)
    case double(value: Double)
    case text(value: String)
    case json(value: String)
    /// The time of the insert.
    case now
}

/// The row of another table that a column names.
@Schema public struct ColumnReference: Hashable {
    /// The other table.
    public var table: String
    /// Its key.
    public var column: String
    /// What becomes of a row when the row that it names is deleted.
    public var onDelete: DeleteRule = .restrict

    /// A reference from its parts.
    public init(_ table: String, column: String, onDelete: DeleteRule = .restrict) {
        self.table = table
        self.column = column
        self.onDelete = onDelete
    }

    /// A reference to the rows of a model, whose table need not be known yet.
    public init<Target: Model>(to model: Target.Type, onDelete: DeleteRule = .restrict) {
        self.init(model.tableName, column: model.keyColumns.first ?? "", onDelete: onDelete)
    }
}

/// What becomes of a row when the row that it names is deleted.
@Schema public enum DeleteRule: String, Hashable {
    /// The other cannot be deleted as long as this names it.
    case restrict
    /// It is deleted too.
    case cascade
    /// The column becomes NULL.
    case setNull
    /// The column gets its default.
    case setDefault
}

/// An index of a table.
@Schema public struct TableIndex: Hashable {
    /// Its name in the database.
    public var name: String
    /// Its columns, in order.
    public var columns: [String]
    /// Whether no two rows may be alike in them.
    public var isUnique: Bool = false

    /// An index, named after its table and its columns.
    public init(_ columns: [String], of table: String, isUnique: Bool = false) {
        self.name = ([table] + columns + [isUnique ? "key" : "index"]).joined(separator: "_").databaseName
        self.columns = columns
        self.isUnique = isUnique
    }

    /// An index of whatever name.
    init(named name: String, _ columns: [String], isUnique: Bool) {
        self.name = name
        self.columns = columns
        self.isUnique = isUnique
    }
}

/// A rule that each row keeps.
@Schema public struct TableCheck: Hashable {
    /// Its name in the database.
    public var name: String
    /// The rule in SQL.
    public var rule: String

    /// A rule, named after its table and what it is about.
    public init(_ rule: String, of table: String, named name: String) {
        self.name = "\(table)_\(name)_check".databaseName
        self.rule = rule
    }

    /// A rule of whatever name.
    init(named name: String, _ rule: String) {
        self.name = name
        self.rule = rule
    }
}
