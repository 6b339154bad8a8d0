// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// The SQL that a database speaks, where it differs.
public enum Dialect: String, Hashable, Sendable, CaseIterable {
    case sqlite
    case postgreSQL = "postgresql"
}
