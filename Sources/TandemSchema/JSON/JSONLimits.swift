// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What a JSON text may cost its reader.
public struct JSONLimits: Sendable, Hashable {
    /// The bytes of the whole text.
    ///
    /// Default: 16 MiB.
    public var bytes: Int
    /// How deep arrays and objects may stand in each other.
    ///
    /// Default: 128.
    public var depth: Int
    /// The bytes of one number.
    ///
    /// Default: 1,000.
    public var numberBytes: Int
    /// The violations that are noted; what is found beyond them is only refused.
    ///
    /// Default: 100.
    public var violations: Int

    /// Limits, each with its default.
    public init(bytes: Int = 16 << 20, depth: Int = 128, numberBytes: Int = 1_000, violations: Int = 100) {
        self.bytes = bytes
        self.depth = depth
        self.numberBytes = numberBytes
        self.violations = violations
    }
}
