// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// The name in a Host field, to compare with those that are served.
package struct HostName {
    private let name: String

    /// The host of `host:port`, in lower case, without a final dot.
    package init(authority: String) {
        var host = authority.lowercased()[...]
        if host.hasPrefix("[") {
            host = host.prefix { $0 != "]" } + "]"
        } else {
            host = host.prefix { $0 != ":" }
        }
        if host.hasSuffix(".") { host.removeLast() }
        self.name = String(host)
    }

    /// Whether it is `pattern`, or a name under it where that begins with a dot.
    package func matches(_ pattern: String) -> Bool {
        let pattern = pattern.lowercased()
        return pattern.hasPrefix(".") ? self.name.hasSuffix(pattern) : self.name == pattern
    }
}
