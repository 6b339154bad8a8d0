// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Tandem

/// The first page: a search, the sections, and what others think well of.
@Schema struct HomePage {
    var frame: PageFrame
    var totals: [Fact]
    var sections: [PageLink]
    var bestReviewed: [PackageCard]
    var latestReviews: [ReviewPart]
    /// What most others need.
    var mostNeeded: [PackageCard]
}
