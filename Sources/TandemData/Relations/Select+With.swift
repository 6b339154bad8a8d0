// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

// One query for each relation, whatever the number of rows. Swift has no way yet to say of a list of relations that
// each begins at the same model, hence the three.
extension Select where Row == Root {
    /// Loads with each row what a relation leads to: `.with(\.section)` gives `[(Package, Section)]`.
    public func with<R: Relation>(
        _ relation: KeyPath<Root.Columns, R>
    ) -> Select<Root, (Root, R.Result)> where R.Root == Root {
        let relation = self.columns[keyPath: relation]
        return self.loading { rows, db in
            Array(zip(rows, try await relation.load(for: rows, in: db)))
        }
    }

    /// Loads with each row what two relations lead to.
    public func with<R1: Relation, R2: Relation>(
        _ first: KeyPath<Root.Columns, R1>,
        _ second: KeyPath<Root.Columns, R2>
    ) -> Select<Root, (Root, R1.Result, R2.Result)> where R1.Root == Root, R2.Root == Root {
        let (first, second) = (self.columns[keyPath: first], self.columns[keyPath: second])
        return self.loading { rows, db in
            let found = (try await first.load(for: rows, in: db), try await second.load(for: rows, in: db))
            return rows.indices.map { (rows[$0], found.0[$0], found.1[$0]) }
        }
    }

    /// Loads with each row what three relations lead to.
    public func with<R1: Relation, R2: Relation, R3: Relation>(
        _ first: KeyPath<Root.Columns, R1>,
        _ second: KeyPath<Root.Columns, R2>,
        _ third: KeyPath<Root.Columns, R3>
    ) -> Select<Root, (Root, R1.Result, R2.Result, R3.Result)>
    where R1.Root == Root, R2.Root == Root, R3.Root == Root {
        let columns = self.columns
        let (first, second, third) = (columns[keyPath: first], columns[keyPath: second], columns[keyPath: third])
        return self.loading { rows, db in
            let one = try await first.load(for: rows, in: db)
            let two = try await second.load(for: rows, in: db)
            let three = try await third.load(for: rows, in: db)
            return rows.indices.map { (rows[$0], one[$0], two[$0], three[$0]) }
        }
    }

    /// Loads with each row the rows that a relation leads to, as a query refines them.
    ///
    /// ```swift
    /// .with(\.versions) { $0.order { $0.number.descending() }.limit(3) }  // three for each package
    /// ```
    public func with<R: ToManyRelation, Part: Sendable>(
        _ relation: KeyPath<Root.Columns, R>,
        _ refine: @escaping @Sendable (Select<R.Child, R.Child>) -> Select<R.Child, Part>
    ) -> Select<Root, (Root, [Part])> where R.Root == Root {
        let relation = self.columns[keyPath: relation]
        return self.loading { rows, db in
            Array(zip(rows, try await relation.load(for: rows, in: db, refine)))
        }
    }

    private func loading<Whole: Sendable>(
        _ load: @escaping @Sendable ([Root], Database) async throws -> [Whole]
    ) -> Select<Root, Whole> {
        Select<Root, Whole>(self.database, self.statement, self.output.loading(load))
    }
}
