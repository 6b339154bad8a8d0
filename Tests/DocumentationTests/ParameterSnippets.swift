// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import TandemAPI
import TandemHTTP
import TandemSchema
import Testing

// snippet: query
@Schema struct TicketFilter {
    /// What the subject begins with.
    @Length(1...120) var subject: String?
    var priority: [Priority] = []
    @Range(1...100) var limit = 20
}
// end

// snippet: codable
struct Invoice: Codable {
    var number: String
    var due: Date
}

@Schema struct Order {
    var id: Int
    var invoice: Coded<Invoice>
}
// end

// snippet: parameters
@API("/inbox") struct Inbox {
    /// Find tickets.
    @GET func find(filter: Query<TicketFilter>) -> String {
        "at most \(filter.limit) of \(filter.priority.count) priorities"
    }

    /// Report something.
    ///
    /// - Parameters:
    ///   - ticket: What is wrong.
    ///   - photos: What it looks like.
    /// - Returns: What became of it.
    /// - Throws: 413 for a photo that is too large.
    @POST func report(_ ticket: TicketDraft, photos: [UploadedFile] = []) async throws -> String {
        for photo in photos where photo.size > 5_000_000 {
            throw HTTPError(.contentTooLarge, "\(photo.safeFilename) is too large.")
        }
        return "\(ticket.subject), with \(photos.count) photos"
    }

    /// Pay an invoice.
    @available(*, deprecated, message: "Send it to /payments.")
    @POST("invoices") func pay(_ invoice: Invoice) -> Invoice { invoice }
}
// end

@Suite("Guide: what endpoints take")
struct ParameterSnippets {
    private func answer(_ request: Request) async throws -> Response {
        let routes = Routes()
        routes.mount(Inbox())
        do {
            return try await routes.handler().respond(to: request)
        } catch let error as HTTPError {
            return error.response
        }
    }

    @Test("The query, files and Codable types are read as the guide says")
    func answers() async throws {
        let found = try await self.answer(Request(.get, "/inbox?priority=low&limit=5"))
        #expect(found.body.text == "at most 5 of 1 priorities")
        let refused = try await self.answer(Request(.get, "/inbox?limit=101"))
        #expect(refused.body.text?.contains(#"{"in":"query","name":"limit","rule":"range""#) == true)
        let parts = ["subject\"\r\n\r\ns", "body\"\r\n\r\nb", "photos\"; filename=\"a.png\"\r\n\r\n1"]
        let form = parts.map { "--a\r\nContent-Disposition: form-data; name=\"\($0)\r\n" }.joined() + "--a--\r\n"
        let headers: Headers = ["content-type": "multipart/form-data; boundary=a"]
        let reported = try await self.answer(Request(.post, "/inbox", headers: headers, body: Bytes(form)))
        #expect(reported.body.text == "s, with 1 photos")
        let invoice = #"{"due":"2026-11-24T09:30:00Z","number":"7"}"#
        let paid = try await self.answer(Request(.post, "/inbox/invoices", body: Bytes(invoice)))
        #expect(paid.body.text == invoice)
        let order = try JSON.decode(Order.self, from: #"{"id":1,"invoice":\#(invoice)}"#)
        #expect(order.invoice.number == "7")
    }
}
