// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Helpdesk
import Tandem

await Helpdesk.main()
