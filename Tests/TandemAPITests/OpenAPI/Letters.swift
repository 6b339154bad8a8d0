// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemAPI
import TandemHTTP
import TandemSchema

@Schema struct Letter {
    @Length(1...80) @Example("To whom it may concern") var subject: String
    var kind: Kind

    @Schema enum Kind {
        case paper(pages: Int)
        case mail(to: String)
    }
}

/// Who may read, by a token or the cookie of a session.
struct Member: Dependency {
    static func resolve(for call: Call) async throws -> Member { Member() }

    static func describe(in operation: inout Operation) {
        var session = SecurityScheme.apiKey(in: .cookie, "session")
        session.description = "Set at the log-in."
        operation.require(anyOf: [.init([.bearer(format: "JWT"): []]), .init([session: []])])
        operation.errors.append(HTTPError(.forbidden, "The archive is for members."))
    }
}

/// Who may write, beside being a member; and for which tenant.
struct Editor: Dependency {
    static func resolve(for call: Call) async throws -> Editor { Editor() }

    static func describe(in operation: inout Operation) {
        Member.describe(in: &operation)
        operation.require(
            .oauth2(
                .authorizationCode(
                    authorizationURL: "https://id.example/authorize",
                    tokenURL: "https://id.example/token"
                ),
                .clientCredentials(tokenURL: "https://id.example/token"),
                scopes: ["write": "Change letters.", "read": "Read letters."]
            ),
            scopes: ["write"]
        )
        var tenant = Operation.Parameter("x-tenant", in: .header, schema: JSONSchema(type: "string"), isRequired: true)
        tenant.example = "acme"
        operation.parameters.append(tenant)
        operation.errors.append(HTTPError(.unauthorized, "The token is no good.", code: "bad-token"))
        operation.errors.append(HTTPError(.unauthorized, "The token is old.", code: "old-token"))
    }
}

/// Letters, in all the ways in which they can be answered.
@API("/letters") struct Letters {
    @GET func list() -> JSONLines<Letter> { JSONLines(AsyncStream { $0.finish() }) }

    @GET("changes") func changes(member: Member) -> EventStream<Letter> { EventStream(AsyncStream { $0.finish() }) }

    @GET("ticks") func ticks() -> EventStream<ServerSentEvent> { EventStream(AsyncStream { $0.finish() }) }

    @GET("{id}/scan") func scan(id: Int) -> File { File("/dev/null") }

    @GET("{id}/page") func page(id: Int) -> HTML { "\(id)" }

    @POST func add(_ letter: Letter, editor: Editor, xTenant: Header<String>) -> Accepted<Letter> { Accepted(letter) }

    @POST("latest") func latest() -> Redirect { Redirect(to: "/letters/1") }
}
