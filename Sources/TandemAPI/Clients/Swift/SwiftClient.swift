// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

struct SwiftClient { let text = ""; init(_ d: ClientDescription) {} }
