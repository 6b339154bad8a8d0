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
    private let providers: Providers
    private let made = Mutex<[ObjectIdentifier: any Sendable]>([:])

    package init(_ request: Request, _ path: PathParameters, providers: Providers = Providers()) {
        self.request = request
        self.path = path
        self.providers = providers
    }

    /// A dependency: the one that was made for this call, or a new one.
    ///
    /// Asked for twice at the same time it may be made twice; one of the two is kept.
    public func dependency<Value: Dependency>(_ type: Value.Type = Value.self) async throws -> Value {
        let id = ObjectIdentifier(type)
        if let value = self.atHand(type) { return value }
        let value = try await self.make(type)
        return self.made.withLock { made in
            if let first = made[id] as? Value { return first }
            made[id] = value
            return value
        }
    }

    /// A dependency that need not be made: one for all calls, or one that was made for this call.
    func atHand<Value: Dependency>(_ type: Value.Type) -> Value? {
        if case .value(let value) = self.providers[type] { return value as? Value }
        return self.made.withLock { $0[ObjectIdentifier(type)] as? Value }
    }

    private func make<Value: Dependency>(_ type: Value.Type) async throws -> Value {
        if case .maker(let make) = self.providers[type], let value = try await make(self) as? Value { return value }
        return try await type.resolve(for: self)
    }
}
