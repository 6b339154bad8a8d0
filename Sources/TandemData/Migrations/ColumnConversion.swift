// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// How the values of a column become values of another type.
struct ColumnConversion {
    let old: ColumnType
    let type: ColumnType

    /// Whether values can be cut short by it, so that undoing does not bring them back.
    var losesData: Bool {
        switch (self.old, self.type) {
        case (.double, .integer), (.decimal, .integer), (.decimal, .double), (.timestamp, .integer),
            (.integer, .boolean):
            true
        default: false
        }
    }

    /// Whether some values have no form in the other type, and stop the migration.
    var mayFail: Bool {
        switch (self.old, self.type) {
        case (_, .text) where self.old != .bytes: false
        case (.text, .bytes), (.integer, .double), (.integer, .decimal), (.integer, .timestamp), (.double, .decimal),
            (.boolean, .integer):
            false
        default: self.old != self.type && !self.losesData
        }
    }

    /// The SQL that converts what another piece of SQL gives; nil where the types have nothing in common.
    ///
    /// What is no value of the new type, such as `abc` for an integer, is an error when it runs, and not zero.
    func sql(_ value: String, _ dialect: Dialect) -> String? {
        if self.old == self.type { return value }
        return switch dialect {
        case .sqlite: self.sqlite(value)
        case .postgreSQL: self.postgreSQL(value)
        }
    }

    private func sqlite(_ value: String) -> String? {
        switch (self.old, self.type) {
        // A strict table converts these by itself, and refuses what it cannot.
        case (.integer, .double), (.text, .integer), (.text, .double), (.boolean, .integer), (.text, .json):
            self.type == .json ? "json(\(value))" : value
        case (.integer, .text), (.double, .text), (.integer, .decimal), (.double, .decimal):
            "CAST(\(value) AS TEXT)"
        case (.uuid, .text), (.json, .text), (.timestamp, .text), (.decimal, .text): value
        case (.decimal, .double): "CAST(\(value) AS REAL)"
        case (.double, .integer): "CAST(round(\(value)) AS INTEGER)"
        case (.decimal, .integer): "CAST(round(CAST(\(value) AS REAL)) AS INTEGER)"
        case (.integer, .boolean): "(\(value) <> 0)"
        case (.boolean, .text): "CASE \(value) WHEN 1 THEN 'true' WHEN 0 THEN 'false' END"
        case (.text, .boolean):
            self.orError(
                value,
                "CASE lower(\(value)) WHEN 'true' THEN 1 WHEN 't' THEN 1 WHEN '1' THEN 1 "
                    + "WHEN 'false' THEN 0 WHEN 'f' THEN 0 WHEN '0' THEN 0 END"
            )
        case (.text, .uuid):
            self.orError(
                value,
                "CASE WHEN \(value) GLOB '????????-????-????-????-????????????' "
                    + "AND \(value) NOT GLOB '*[^0-9a-fA-F-]*' THEN lower(\(value)) END"
            )
        case (.text, .decimal):
            // A number as JSON has it.
            self.orError(
                value,
                "CASE WHEN json_valid(\(value)) "
                    + "THEN CASE WHEN json_type(\(value)) IN ('integer', 'real') THEN trim(\(value)) END END"
            )
        case (.text, .timestamp):
            self.orError(
                value,
                "CASE WHEN \(value) GLOB '????-??-??T??:??:??.??????Z' THEN \(value) "
                    + "ELSE strftime('%Y-%m-%dT%H:%M:%f000Z', \(value)) END"
            )
        case (.integer, .timestamp): "strftime('%Y-%m-%dT%H:%M:%f000Z', \(value), 'unixepoch')"
        case (.timestamp, .integer): "CAST(strftime('%s', \(value)) AS INTEGER)"
        case (.text, .bytes): "CAST(\(value) AS BLOB)"
        case (.bytes, .text): "CAST(\(value) AS TEXT)"
        default: nil
        }
    }

    /// SQLite raises errors in triggers alone; no JSON is one too.
    private func orError(_ value: String, _ converted: String) -> String {
        "CASE WHEN \(value) IS NOT NULL THEN coalesce(\(converted), json('no \(self.type.rawValue)')) END"
    }

    private func postgreSQL(_ value: String) -> String? {
        switch (self.old, self.type) {
        case (.integer, .double), (.text, .integer), (.text, .double), (.text, .boolean), (.text, .uuid),
            (.text, .decimal), (.text, .timestamp), (.text, .json), (.integer, .decimal), (.double, .decimal),
            (.decimal, .integer), (.decimal, .double), (.double, .integer), (.integer, .text), (.double, .text),
            (.boolean, .text), (.uuid, .text), (.json, .text), (.decimal, .text):
            "(\(value))::\(self.type.postgreSQLName)"
        case (.boolean, .integer): "(\(value))::integer::bigint"
        case (.integer, .boolean): "(\(value)) <> 0"
        case (.timestamp, .text): "to_char((\(value)) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
        case (.integer, .timestamp): "to_timestamp(\(value))"
        case (.timestamp, .integer): "floor(extract(epoch FROM \(value)))::bigint"
        case (.text, .bytes): "convert_to(\(value), 'UTF8')"
        case (.bytes, .text): "convert_from(\(value), 'UTF8')"
        default: nil
        }
    }
}

extension ColumnType {
    /// The type's name on SQLite, with a comment where that does not say which of ours it is.
    var sqlite: String {
        switch self {
        case .integer: "INTEGER"
        case .double: "REAL"
        case .text: "TEXT"
        case .bytes: "BLOB"
        case .boolean: "/* boolean */ INTEGER"
        case .timestamp, .uuid, .json: "/* \(self.rawValue) */ TEXT"
        case .decimal: "/* decimal */ TEXT COLLATE DECIMAL"
        }
    }
}
