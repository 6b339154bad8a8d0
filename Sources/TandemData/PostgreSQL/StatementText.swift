// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL
/// The text of a statement, whose hash is computed once: the pool and each connection look it up by that.
struct StatementText: Hashable, Sendable {
    let string: String
    /// What tells it from other texts.
    let fingerprint: Int

    init(_ string: String) {
        self.string = string
        self.fingerprint = string.hashValue
    }

    func hash(into hasher: inout Hasher) { hasher.combine(self.fingerprint) }
}
#endif
