// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Messages that go out together: nothing else comes between them.
package typealias EngineBatch = [EngineMessage]
