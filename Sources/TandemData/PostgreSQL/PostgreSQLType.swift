// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL
/// The types of PostgreSQL's own that are told apart, by their numbers in its catalogue.
enum PostgreSQLType: UInt32 {
    /// The server is to find out.
    case unknown = 0
    case boolean = 16
    case bytes = 17
    case character = 18
    case name = 19
    case int8 = 20
    case int2 = 21
    case int4 = 23
    case text = 25
    case oid = 26
    case json = 114
    case xml = 142
    case float4 = 700
    case float8 = 701
    case fixedText = 1042
    case variableText = 1043
    case date = 1082
    case time = 1083
    case timestamp = 1114
    case timestampWithZone = 1184
    case numeric = 1700
    case void = 2278
    case uuid = 2950
    case jsonb = 3802

    /// The type by its number, where a text's bytes stand for the type of a schema: an enum, `citext`.
    init?(column number: UInt32) {
        // What a database defines by itself has numbers from here on.
        if number >= 16_384 { self = .text } else { self.init(rawValue: number) }
    }
}
#endif
