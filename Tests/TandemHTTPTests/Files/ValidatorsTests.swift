// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import TandemHTTP

@Suite("Conditions of requests")
struct ValidatorsTests {
    private static let changed = "Sun, 06 Nov 1994 08:49:37 GMT"
    private static let before = "Sun, 06 Nov 1994 08:49:36 GMT"
    private static let after = "Sun, 06 Nov 1994 08:49:38 GMT"

    private static let date = HTTPDate(secondsSince1970: 784_111_777)

    private let validators = Validators(entityTag: "\"a,b\"", lastModified: Self.date)

    private func headers(_ fields: [(String, String)]) -> Headers {
        var headers = Headers()
        for (name, value) in fields { headers.add(name, value) }
        return headers
    }

    @Test(
        "Conditions are evaluated in the order of RFC 9110, section 13.2.2",
        arguments: [
            ([], .proceed),
            ([("If-Match", "*")], .proceed),
            ([("If-Match", "\"a,b\"")], .proceed),
            ([("If-Match", "\"x\", \"a,b\"")], .proceed),
            ([("If-Match", "\"x\""), ("If-Match", "\"a,b\"")], .proceed),
            ([("If-Match", "W/\"a,b\"")], .failed),
            ([("If-Match", "\"x\"")], .failed),
            ([("If-Match", "")], .failed),
            ([("If-Match", "a,b")], .failed),
            ([("If-Unmodified-Since", changed)], .proceed),
            ([("If-Unmodified-Since", after)], .proceed),
            ([("If-Unmodified-Since", before)], .failed),
            ([("If-Unmodified-Since", "yesterday")], .proceed),
            // If-Match overrules If-Unmodified-Since.
            ([("If-Match", "*"), ("If-Unmodified-Since", before)], .proceed),
            ([("If-Match", "\"x\""), ("If-Unmodified-Since", after)], .failed),
            ([("If-None-Match", "*")], .notModified),
            ([("If-None-Match", "\"a,b\"")], .notModified),
            ([("If-None-Match", "W/\"a,b\"")], .notModified),
            ([("If-None-Match", "\"x\" , W/\"a,b\"")], .notModified),
            ([("If-None-Match", "\"x\"")], .proceed),
            ([("If-None-Match", "\"a\"")], .proceed),
            ([("If-None-Match", "")], .proceed),
            ([("If-Modified-Since", changed)], .notModified),
            ([("If-Modified-Since", after)], .notModified),
            ([("If-Modified-Since", before)], .proceed),
            ([("If-Modified-Since", "784111777")], .proceed),
            ([("If-Modified-Since", after), ("If-Modified-Since", after)], .proceed),
            // If-None-Match overrules If-Modified-Since.
            ([("If-None-Match", "\"x\""), ("If-Modified-Since", after)], .proceed),
            ([("If-None-Match", "\"a,b\""), ("If-Modified-Since", before)], .notModified),
            // A first step that succeeds leads to the second.
            ([("If-Match", "*"), ("If-None-Match", "*")], .notModified),
            ([("If-Match", "\"x\""), ("If-None-Match", "*")], .failed),
            ([("If-Unmodified-Since", before), ("If-Modified-Since", after)], .failed),
        ] as [([(String, String)], Validators.Outcome)]
    )
    func order(fields: [(String, String)], outcome: Validators.Outcome) {
        let headers = self.headers(fields)
        #expect(self.validators.evaluate(headers) == outcome)
        #expect(Validators.concern(headers) == !fields.isEmpty)
    }

    @Test(
        "If-Range lets a range count for the same representation only",
        arguments: [
            ([], true), (["\"a,b\""], true), (["W/\"a,b\""], false), (["\"x\""], false), (["*"], false),
            ([changed], true), ([before], false), ([after], false), ([""], false),
            (["Sunday, 06-Nov-94 08:49:37 GMT"], true), (["\"a,b\"", "\"a,b\""], false),
        ] as [([String], Bool)]
    )
    func ifRange(values: [String], allows: Bool) {
        let headers = self.headers(values.map { ("If-Range", $0) })
        #expect(self.validators.allowRange(headers) == allows)
    }

    @Test("A file of this second is not told by its date")
    func weakDate() {
        let headers = self.headers([("If-Range", Self.changed)])
        #expect(!self.validators.allowRange(headers, now: Self.date))
        #expect(self.validators.allowRange(headers, now: Self.date.advanced(by: 1)))
    }

    @Test(
        "A weak tag, or none, matches only what may be weak",
        arguments: [
            ("W/\"a\"", [("If-None-Match", "\"a\"")], .notModified),
            ("W/\"a\"", [("If-None-Match", "W/\"a\"")], .notModified),
            ("W/\"a\"", [("If-Match", "W/\"a\"")], .failed), ("W/\"a\"", [("If-Match", "\"a\"")], .failed),
            ("W/\"a\"", [("If-Match", "*")], .proceed), (nil, [("If-None-Match", "\"a\"")], .proceed),
            (nil, [("If-None-Match", "*")], .notModified), (nil, [("If-Match", "\"a\"")], .failed),
            (nil, [("If-Match", "*")], .proceed), (nil, [("If-Modified-Since", after)], .proceed),
            (nil, [("If-Unmodified-Since", before)], .proceed),
        ] as [(String?, [(String, String)], Validators.Outcome)]
    )
    func fewerValidators(tag: String?, fields: [(String, String)], outcome: Validators.Outcome) {
        let validators = Validators(entityTag: tag, lastModified: nil)
        #expect(validators.evaluate(self.headers(fields)) == outcome)
        #expect(!validators.allowRange(["if-range": "W/\"a\""]))
    }

    @Test("Other fields do not concern a file")
    func unconcerned() {
        #expect(!Validators.concern(["host": "example.org", "referer": "/", "accept": "*/*", "id": "1"]))
        #expect(Validators.concern(["host": "example.org", "Range": "bytes=0-1"]))
    }
}
