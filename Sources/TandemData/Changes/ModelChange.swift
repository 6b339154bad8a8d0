// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A change of a model's rows that has been committed.
public enum ModelChange<M: Model>: Sendable {
    /// A row is new.
    case inserted(M.ID)
    /// A row has changed.
    case updated(M.ID)
    /// A row is gone.
    case deleted(M.ID)
    /// Rows have changed, and which ones is not known: read again what matters.
    ///
    /// Comes where too many changes were waiting to be read, too.
    case several

    init(_ change: RowChange) {
        guard let id = change.id as? M.ID else {
            self = .several
            return
        }
        switch change.kind {
        case .inserted: self = .inserted(id)
        case .updated: self = .updated(id)
        case .deleted: self = .deleted(id)
        }
    }
}

extension ModelChange: Equatable where M.ID: Equatable {}
