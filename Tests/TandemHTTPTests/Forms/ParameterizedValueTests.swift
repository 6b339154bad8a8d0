// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import TandemHTTP

@Suite("Values with parameters")
struct ParameterizedValueTests {
    @Test(
        "A parameter is read",
        arguments: [
            ("form-data; a=b", "b"), ("form-data;a=b", "b"), ("form-data ; A=b ; c=d", "b"), ("form-data; a=\"\"", ""),
            ("form-data; a=\"b;c\"", "b;c"), ("form-data; a=\"b\\\"c\"", "b\"c"), ("form-data; a=\"b\\\\\"", "b\\"),
            ("form-data; a=\"C:\\b.txt\"", "C:\\b.txt"), ("form-data; a=\"é\"; c=\"\"", "é"), ("form-data; a=", ""),
            ("form-data;; a=b;", "b"), ("FORM-DATA; c=d; a=\"=\"", "="), ("form-data; a=b c ;", "b c"),
        ]
    )
    func reads(text: String, value: String) throws {
        let parsed = try #require(ParameterizedValue(text))
        #expect(parsed.value == "form-data")
        #expect(parsed["a"] == value)
    }

    @Test(
        "What breaks the grammar is refused",
        arguments: [
            "form-data; a", "form-data; =b", "form-data; a=\"b", "form-data; a=\"b\"c", "form-data; a=b\"c\"",
            "form-data; a=\"b\\\"", "form-data; a=b; A=c", "form-data; a =b", "form\"-data", "form-data\"a=b",
            "form-data; a=\"b\" \"c\"",
        ]
    )
    func refuses(text: String) {
        #expect(ParameterizedValue(text) == nil)
    }
}
