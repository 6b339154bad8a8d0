// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Messages that go out together and in order, to however many clients.
package struct EngineBatch: Sendable {
    package let messages: [EngineMessage]

    /// Messages of which nothing else comes in between.
    package init(_ messages: [EngineMessage]) {
        self.messages = messages
    }
}
