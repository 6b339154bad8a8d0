// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// The messages of a WebSocket as they arrive: an asynchronous sequence with one reader.
///
/// The server reads from the client only as fast as the messages are taken.
public struct WebSocketMessages: AsyncSequence, Sendable {
    /// A message.
    public typealias Element = WebSocketMessage
    /// Why no more come, where the client did not close normally.
    public typealias Failure = WebSocketError

    let link: any WebSocketLink

    /// Goes over the messages as they arrive.
    public struct AsyncIterator: AsyncIteratorProtocol {
        let link: any WebSocketLink

        /// The next message; `nil` once the client has closed with 1000, 1001 or no code, this side has closed, or
        /// the task is cancelled.
        ///
        /// - Throws: ``WebSocketError`` where the client closed with another code, broke the protocol, or is gone.
        public mutating func next() async throws(WebSocketError) -> WebSocketMessage? {
            try await self.link.next()
        }

        /// The next message, as `next()` has it.
        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(WebSocketError) -> WebSocketMessage? {
            try await self.link.next()
        }
    }

    /// Goes over the messages as they arrive.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(link: self.link) }
}
