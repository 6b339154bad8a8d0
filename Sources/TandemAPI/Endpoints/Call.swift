// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization
public import TandemHTTP

/// One call of an endpoint: the request, what its path matched, and what was made for it.
public final class Call: Sendable {
    /// The request.
    public let request: Request
    /// What the parameters of the path matched.
    public let path: PathParameters
    private let overrides: DependencyOverrides
    private let made = Mutex<[ObjectIdentifier: any Sendable]>([:])

    package init(_ request: Request, _ path: PathParameters, overrides: DependencyOverrides = DependencyOverrides()) {
        self.request = request
        self.path = path
        self.overrides = overrides
    }

    /// A dependency: the one that was made for this call, or a new one.
    ///
    /// Asked for twice at the same time it may be made twice; one of the two is kept.
    public func dependency<Value: Dependency>(_ type: Value.Type = Value.self) async throws -> Value {
        let id = ObjectIdentifier(type)
        if let value = self.made.withLock({ $0[id] as? Value }) { return value }
        let value = try await self.overrides.make(type, for: self)
        return self.made.withLock { made in
            if let first = made[id] as? Value { return first }
            made[id] = value
            return value
        }
    }
}
