// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension SocketIOOptions {
    /// A cookie that holds a session's id.
    ///
    /// It is for load balancers that send a client's requests to one process; nothing here reads it.
    public struct Cookie: Sendable, Hashable {
        /// The name: `io`.
        public var name = "io"
        /// The path that it is sent for: `/`; `nil` for the one it was set on.
        public var path: String? = "/"
        /// The host that it is sent to, with those below it; `nil` for the one it was set by.
        public var domain: String?
        /// How long it lasts; `nil` for as long as the browser runs.
        public var maxAge: Duration?
        /// Whether scripts cannot read it: `true`.
        public var httpOnly = true
        /// Whether it is sent over TLS only: `false`.
        public var secure = false
        /// Whether it is sent with what pages of other sites ask for: `lax`; `nil` to leave that to the browser.
        public var sameSite: SameSite? = .lax

        /// The defaults.
        public init() {}

        /// When a cookie is sent with what pages of other sites ask for.
        public enum SameSite: String, Sendable, Hashable {
            /// When their links are followed.
            case lax = "Lax"
            /// Never.
            case strict = "Strict"
            /// Always, where it is secure.
            case none = "None"
        }

        /// The value of a `set-cookie` field (RFC 6265, section 4.1).
        func field(_ value: String) -> String {
            var field = "\(self.name)=\(value)"
            if let maxAge { field += "; Max-Age=\(maxAge.components.seconds)" }
            if let domain { field += "; Domain=\(domain)" }
            if let path { field += "; Path=\(path)" }
            if self.httpOnly { field += "; HttpOnly" }
            if self.secure { field += "; Secure" }
            if let sameSite { field += "; SameSite=\(sameSite.rawValue)" }
            return field
        }
    }
}
