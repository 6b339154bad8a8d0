// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import TandemAPI
import TandemHTTP
import TandemSchema

@Schema enum Plan: String, Equatable { case free, paid }

@Schema struct Address: Equatable {
    @Length(1...20) var city: String
    var zip: Int?
}

@Schema enum Payment: Equatable {
    case card(number: String)
    case invoice(to: Address, days: Int = 30)
}

/// Who signs up.
@Schema struct Signup: Equatable {
    @Length(1...20) var name: String
    @Range(18...120) var age: Int?
    var plan: Plan = .free
    var news = false
    var balance: Decimal?
    @Items(...3) var tags: [String] = []
    var scores: Set<Int> = []
    var address: Address?
    var homes: [Address] = []
    var labels: [String: Int] = [:]
    var payment: Payment?
    var friend: [Signup] = []
    var extra: JSON = nil
    @Key("a.b") var dotted: String?
}

@Schema(unknownKeys: .refuse) struct StrictSignup: Equatable {
    var name: String
}

@Schema(unknownKeys: .keep) struct OpenSignup: Equatable {
    var name: String
    var unknownKeys: JSONObject
}

@Schema struct SignupFilter: Equatable {
    @Schema struct Ages: Equatable {
        var from: Int?
        var to: Int?
    }

    /// What the name begins with.
    @Length(1...20) var name: String
    @Range(1...100) var limit = 20
    var plans: [Plan] = []
    var ages: Ages?

    func validate() -> [Violation] {
        name == "root" ? [Violation("root", expected: "somebody else")] : []
    }
}

/// A type that others wrote, and that has no schema.
struct Legacy: Codable, Equatable {
    enum Kind: String, Codable { case old, older }

    var title: String
    var kind = Kind.old
    var seen: Date
    var parts: [Int]
    var below: [String: Legacy]?
}

@Schema struct Archive: Equatable {
    var title: String
    var legacy: Coded<Legacy>
}

/// People who sign up.
@API("/signups") struct Signups {
    /// Sign somebody up.
    ///
    /// - Parameter signup: Who it is,
    ///   and what they want.
    /// - Returns: The same.
    @POST func create(_ signup: Signup) -> Signup { signup }

    @POST("strict") func strict(_ signup: StrictSignup) -> StrictSignup { signup }

    @POST("open") func open(_ signup: OpenSignup) -> OpenSignup { signup }

    @POST("list") func list(_ signups: [StrictSignup]) -> [StrictSignup] { signups }

    @POST("maybe") func maybe(_ signup: StrictSignup?) -> String { signup?.name ?? "nobody" }

    @POST("labels") func labels(_ labels: [String: Int]) -> [Int] { labels.values.sorted() }

    @POST("pay") func pay(_ payment: Payment) -> Payment { payment }

    /// Find people.
    ///
    /// In any order.
    ///
    /// - Parameters:
    ///   - filter: Whom to find.
    ///   - page: Which page,
    ///     from 1 on.
    /// - Returns: Their names.
    @available(*, deprecated, message: "use another")
    @GET func find(filter: Query<SignupFilter>, page: Int = 1) -> String {
        let ages = filter.ages.map { "\($0.from ?? 0)-\($0.to ?? 0)" } ?? "any"
        return "\(filter.name) \(filter.limit) \(filter.plans.map(\.rawValue).joined(separator: "+")) \(ages) \(page)"
    }

    @GET("some") func some(filter: Query<SignupFilter> = Query(SignupFilter(name: "Ada"))) -> String { filter.name }

    /// Upload photos.
    ///
    /// - Parameters:
    ///   - portrait: One of the face.
    ///   - signup: Whose they are.
    ///   - others: Any others.
    ///   - badge: One of the badge.
    /// - Returns: What came.
    /// - Throws: What the disk does.
    @PUT("photos") func photos(
        portrait: UploadedFile,
        _ signup: StrictSignup,
        others: [UploadedFile] = [],
        badge: UploadedFile? = nil
    ) async throws -> String {
        let bytes = try await portrait.contents.collect(upTo: 10_000_000)
        let sum = bytes.reduce(0) { ($0 + Int($1)) % 65_521 }
        let files = others.map { "\($0.safeFilename):\($0.size)" } + [badge?.safeFilename ?? "-"]
        return "\(signup.name) \(bytes.count) \(sum) \(files.joined(separator: " "))"
    }

    @POST("files") func files(files: [UploadedFile]) -> [String] { files.map(\.filename) }

    @POST("legacy") func legacy(_ legacy: Legacy) -> Legacy { legacy }

    @POST("legacies") func legacies(_ legacies: [Legacy]) -> Int { legacies.count }

    @POST("archive") func archive(_ archive: Archive) -> Archive { archive }
}
