// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemHTTP

/// A group of endpoints below a path; `@API` makes a struct one.
public protocol API: Sendable {
    /// The path that those of the endpoints follow.
    static var path: PathPattern { get }

    /// What the group is for.
    static var summary: String? { get }

    /// What calls of the endpoints go through, the first before the others; nothing unless it is implemented.
    var middleware: [any Middleware] { get }

    /// The endpoints, with their paths below `path`.
    func endpoints() -> [Endpoint]
}

extension API {
    /// Nothing.
    public var middleware: [any Middleware] { [] }

    /// The name of the group in the documentation.
    static var tag: String { String(describing: Self.self) }

    /// The endpoints with their whole paths, in the group of the type's name.
    func mounted(below prefix: PathPattern) -> [Endpoint] {
        let path = prefix.appending(Self.path)
        return self.endpoints().map { $0.below(path, tag: Self.tag).wrapped(in: self.middleware) }
    }
}
