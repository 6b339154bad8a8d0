// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Tandem

/// What people see in place of a problem document.
@Schema struct ErrorPage {
    var frame: PageFrame
    var status: Int
    var heading: String
    var message: String
}
