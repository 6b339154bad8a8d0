// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

package import NIOCore

extension HTTPDate: CustomStringConvertible {
    /// The bytes of every date written.
    package static let length = 29

    /// The date as IMF-fixdate: `Sun, 06 Nov 1994 08:49:37 GMT`.
    public var description: String {
        String(unsafeUninitializedCapacity: Self.length) { bytes in
            self.write(into: UnsafeMutableRawBufferPointer(bytes))
            return Self.length
        }
    }

    /// Writes the 29 bytes of IMF-fixdate.
    fileprivate func write(into bytes: UnsafeMutableRawBufferPointer) {
        let days = self.secondsSince1970.flooredQuotient(86_400)
        let second = self.secondsSince1970 - days * 86_400
        let civil = CivilDay(daysSince1970: days)
        // 1 January 1970 was a Thursday; the shift keeps the sum positive from year 0 on.
        let weekday = (days + 4 + 7 * 200_000) % 7
        bytes.put(Self.weekdays.utf8Start + weekday * 3, 3, at: 0)
        bytes.put(", ", at: 3)
        bytes.put(decimal: civil.day, at: 5)
        bytes[7] = UInt8(ascii: " ")
        bytes.put(Self.months.utf8Start + (civil.month - 1) * 3, 3, at: 8)
        bytes[11] = UInt8(ascii: " ")
        bytes.put(decimal: civil.year / 100, at: 12)
        bytes.put(decimal: civil.year % 100, at: 14)
        bytes[16] = UInt8(ascii: " ")
        bytes.put(decimal: second / 3600, at: 17)
        bytes[19] = UInt8(ascii: ":")
        bytes.put(decimal: second / 60 % 60, at: 20)
        bytes[22] = UInt8(ascii: ":")
        bytes.put(decimal: second % 60, at: 23)
        bytes.put(" GMT", at: 25)
    }

    /// The names of the days, three bytes each, from Sunday.
    static let weekdays: StaticString = "SunMonTueWedThuFriSat"
    /// The names of the months, three bytes each.
    static let months: StaticString = "JanFebMarAprMayJunJulAugSepOctNovDec"
}

extension ByteBuffer {
    /// Writes a date as IMF-fixdate; allocates nothing where the buffer has room for its 29 bytes.
    package mutating func writeHTTPDate(_ date: HTTPDate) {
        self.writeWithUnsafeMutableBytes(minimumWritableBytes: HTTPDate.length) { bytes in
            date.write(into: bytes)
            return HTTPDate.length
        }
    }
}

extension UnsafeMutableRawBufferPointer {
    fileprivate func put(_ start: UnsafePointer<UInt8>, _ count: Int, at offset: Int) {
        for index in 0..<count { self[offset + index] = start[index] }
    }

    fileprivate func put(_ text: StaticString, at offset: Int) {
        self.put(text.utf8Start, text.utf8CodeUnitCount, at: offset)
    }

    /// Two digits.
    fileprivate func put(decimal number: Int, at offset: Int) {
        self[offset] = UInt8(ascii: "0") + UInt8(number / 10)
        self[offset + 1] = UInt8(ascii: "0") + UInt8(number % 10)
    }
}
