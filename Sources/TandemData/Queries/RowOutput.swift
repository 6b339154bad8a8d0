// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// How the rows of a query are read, and completed with what other queries have to add.
struct RowOutput<Row: Sendable>: Sendable {
    /// The way of a single value; there is none of rows of several columns.
    let coding: ValueCoding<Row>?
    let collector: @Sendable () -> RowCollector<Row>

    init(_ coding: ValueCoding<Row>? = nil, _ collector: @escaping @Sendable () -> RowCollector<Row>) {
        self.coding = coding
        self.collector = collector
    }

    /// Rows that are read one by one.
    static func decoded(
        _ coding: ValueCoding<Row>? = nil,
        by decode: @escaping @Sendable (inout RowReader) throws(DatabaseError) -> Row
    ) -> RowOutput {
        RowOutput(coding) { DecodingCollector(decode) }
    }

    /// Rows with something to each that is loaded for all of them.
    func loading<Whole: Sendable>(
        _ load: @escaping @Sendable ([Row], Database) async throws -> [Whole]
    ) -> RowOutput<Whole> {
        RowOutput<Whole> { [collector] in LoadingCollector(collector(), load) }
    }
}

extension RowOutput where Row: Model {
    /// Whole rows of a model.
    static func model() -> RowOutput {
        .decoded { row throws(DatabaseError) in try Row(from: &row) }
    }
}

/// Takes the rows of a statement as they come.
class RowCollector<Row: Sendable> {
    /// Reads a row; behind its columns the caller may read more.
    func take(_ row: inout RowReader) throws {}

    /// The rows that were taken, in their order.
    func rows(in database: Database) async throws -> [Row] { [] }
}

private final class DecodingCollector<Row: Sendable>: RowCollector<Row> {
    private let decode: @Sendable (inout RowReader) throws(DatabaseError) -> Row
    private var rows: [Row] = []

    init(_ decode: @escaping @Sendable (inout RowReader) throws(DatabaseError) -> Row) {
        self.decode = decode
    }

    override func take(_ row: inout RowReader) throws { self.rows.append(try self.decode(&row)) }

    override func rows(in database: Database) async throws -> [Row] { self.rows }
}

private final class LoadingCollector<Part: Sendable, Row: Sendable>: RowCollector<Row> {
    private let parts: RowCollector<Part>
    private let load: @Sendable ([Part], Database) async throws -> [Row]

    init(_ parts: RowCollector<Part>, _ load: @escaping @Sendable ([Part], Database) async throws -> [Row]) {
        self.parts = parts
        self.load = load
    }

    override func take(_ row: inout RowReader) throws { try self.parts.take(&row) }

    override func rows(in database: Database) async throws -> [Row] {
        let parts = try await self.parts.rows(in: database)
        return parts.isEmpty ? [] : try await self.load(parts, database)
    }
}
