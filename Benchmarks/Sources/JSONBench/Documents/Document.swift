// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemSchema

/// What both codecs can read and write.
typealias Document = Schema & Codable & Equatable
