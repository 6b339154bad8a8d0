// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Rows as they were when SQLite was at them: a copy that outlives the statement and goes to any thread.
///
/// The reader of a row sees it only when the statement, or a cursor's part of it, is at its end. So a read that is
/// interrupted can begin again and no row is seen twice; and no connection waits for what is done with its rows.
struct RowBatch: Sendable {
    /// The columns' names.
    var names: [String]
    private(set) var cells: [Cell] = []
    /// The texts and blobs, one behind another.
    private(set) var bytes: [UInt8] = []

    enum Cell: Sendable {
        case null
        case integer(Int64)
        case double(Double)
        /// Where it begins, and its length.
        case text(Int, Int32)
        case blob(Int, Int32)
    }

    init(_ names: [String]) {
        self.names = names
    }

    var count: Int { self.names.isEmpty ? 0 : self.cells.count / self.names.count }

    /// Makes room for a first row.
    mutating func reserve() {
        self.cells.reserveCapacity(self.names.count)
        self.bytes.reserveCapacity(128)
    }

    mutating func append(_ cell: Cell) { self.cells.append(cell) }

    /// Adds a text or a blob, which `cell` makes of its place.
    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>, _ cell: (Int, Int32) -> Cell) {
        self.cells.append(cell(self.bytes.count, Int32(bytes.count)))
        self.bytes.append(contentsOf: bytes)
    }

    /// Reads each row.
    func forEach(_ row: (inout RowReader) throws -> Void) throws {
        let count = self.count
        guard count > 0 else { return }
        let source = RowBatchSource(self)
        for index in 0..<count {
            source.go(to: index)
            var reader = RowReader(source)
            try row(&reader)
        }
    }
}
