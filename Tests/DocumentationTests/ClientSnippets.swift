// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemAPI
import TandemSchema

// snippet: client
func client(of routes: Routes) throws -> String {
    let document = OpenAPIDocument(routes).json
    return try GeneratedClient(of: document, in: .typescript).files[0].text
}
// end

// snippet: client-type
func declarations() -> String {
    TicketDraft.typeScript
}
// end
