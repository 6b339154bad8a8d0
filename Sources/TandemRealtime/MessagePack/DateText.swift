// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// Moments as JavaScript writes them in JSON.
enum DateText {
    /// `2026-11-24T23:00:00.000Z`, of the milliseconds since 1970.
    static func ofMilliseconds(_ milliseconds: Int64) -> String {
        Date.ISO8601FormatStyle(includingFractionalSeconds: true)
            .format(Date(timeIntervalSince1970: Double(milliseconds) / 1000))
    }
}
