// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Names of servers and requests, as Socket.IO's adapters make them.
enum ClusterID {
    private static let characters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")

    /// Six letters and digits.
    static func short() -> String { String((0..<6).compactMap { _ in self.characters.randomElement() }) }

    /// Sixteen hexadecimal digits.
    static func long() -> String {
        let digits = String(UInt64.random(in: 0 ... .max), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
