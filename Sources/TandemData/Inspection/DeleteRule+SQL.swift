// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension DeleteRule {
    /// The rule as the databases tell it; what they do by themselves counts as `restrict`.
    init(sql: String) {
        self =
            switch sql.uppercased() {
            case "CASCADE", "C": .cascade
            case "SET NULL", "N": .setNull
            case "SET DEFAULT", "D": .setDefault
            default: .restrict
            }
    }
}
