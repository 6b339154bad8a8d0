// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Where a router writes down which pattern a request's path matched, for who watches the request.
package final class MatchedRoute: Sendable {
    private let text = Mutex<String?>(nil)

    package init() {}

    /// The pattern, such as `/users/{id}`; `nil` where none matched.
    package var pattern: String? {
        get { self.text.withLock { $0 } }
        set { self.text.withLock { $0 = newValue } }
    }
}
