// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Tandem

let app = App()
app.get("/hello/{name}") { call in "Hello, \(call.path["name"] ?? "")!\n" }
try await app.run()
