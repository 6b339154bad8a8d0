// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Testing

@testable import TandemData

@Suite("Values take the form that a column of their type holds")
struct SQLValueTests {
    @Test("An integer past 64 bits is no value of a column")
    func wideInteger() {
        #expect(UInt64.max.sqlValue == .invalid("18446744073709551615 does not fit into a column of 64 bits."))
        #expect(UInt64(7).sqlValue == .integer(7))
    }

    @Test("What is not there is NULL")
    func missing() {
        #expect(String?.none.sqlValue == .null)
        #expect(Int?.some(3).sqlValue == .integer(3))
        #expect(ValueCoding<Int?>.own.isOptional)
        #expect(!ValueCoding<Int>.own.isOptional)
    }
}
