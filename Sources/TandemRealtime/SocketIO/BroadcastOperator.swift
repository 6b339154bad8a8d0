// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Some of the sockets of a namespace, and what can be done to them: `io.to("room").except("muted").emit(…)`.
///
/// Each function gives another one, so one that is kept does not change.
public struct BroadcastOperator: Sendable, SocketIOBroadcaster {
    /// How long acknowledgements of several clients are waited for, where nobody has said: 5 seconds.
    static let defaultTimeout = Duration.seconds(5)

    let adapter: any SocketIOAdapter
    var options: BroadcastOptions

    init(_ adapter: any SocketIOAdapter, _ options: BroadcastOptions = BroadcastOptions()) {
        self.adapter = adapter
        self.options = options
    }

    /// Itself.
    public var broadcastOperator: BroadcastOperator { self }

    func with(_ change: (inout BroadcastOptions) -> Void) -> BroadcastOperator {
        var copy = self
        change(&copy.options)
        return copy
    }
}
