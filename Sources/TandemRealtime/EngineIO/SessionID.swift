// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Makes the ids of sessions.
package enum SessionID {
    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    /// An id that nobody can guess: 120 bits of the system's randomness, as 20 characters.
    ///
    /// Whoever knows the id of a session can speak as its client.
    package static func make() -> String {
        var generator = SystemRandomNumberGenerator()
        var text = ""
        for _ in 0..<2 {
            var bits = generator.next()
            for _ in 0..<10 {
                text.unicodeScalars.append(Unicode.Scalar(Self.digits[Int(bits & 63)]))
                bits >>= 6
            }
        }
        return text
    }
}
