// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if HTTP2
import NIOCore
import NIOHPACK
import TandemHTTP

/// Writes the field sections of responses (RFC 9113, section 8.3.2).
struct ResponseFields {
    /// The fields of the last response: most responses of a connection have the same.
    private var lastLines = ByteBuffer()
    private var lastFields: [Field] = []

    private typealias Field = (name: String, value: String)

    /// The field section of a response.
    ///
    /// - Parameters:
    ///   - response: Its status and fields are taken, but for those that frame an HTTP/1 message.
    ///   - length: The length of the body to announce.
    ///   - method: The request's method.
    ///   - common: What every response has: `server` and `date`.
    /// - Returns: The section, its names in lower case.
    mutating func section(
        of response: Response,
        length: Int?,
        method: Method,
        common: [(name: String, value: String)]
    ) -> HPACKHeaders {
        if response.headers.lines != self.lastLines {
            self.lastLines = response.headers.lines
            self.lastFields = Self.fields(response.headers)
        }
        var section = HPACKHeaders()
        section.reserveCapacity(self.lastFields.count + common.count + 2)
        section.add(name: ":status", value: Self.status(response.status))
        var announced = false
        for (name, value) in self.lastFields {
            if name == "content-length" {
                guard method == .head else { continue }
                announced = true
            }
            section.add(name: name, value: value, indexing: Self.indexing(name))
        }
        if let length, !announced {
            // Lengths differ from response to response and would push the rest out of the table.
            section.add(name: "content-length", value: String(length), indexing: .nonIndexable)
        }
        for (name, value) in common { section.add(name: name, value: value) }
        return section
    }

    /// The section of trailers.
    static func trailers(_ trailers: Headers) -> HPACKHeaders {
        HPACKHeaders(Self.fields(trailers).filter { $0.name != "content-length" }.map { ($0.name, $0.value) })
    }

    /// The fields of a head with names in lower case, without those that HTTP/2 has no use for (RFC 9113, section
    /// 8.2.2).
    private static func fields(_ headers: Headers) -> [Field] {
        headers.compactMap { name, value in
            let name = name.lowercased()
            switch name {
            case "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade": return nil
            default: return (name, value)
            }
        }
    }

    /// What is secret stays out of the compression table (RFC 7541, section 7.1.3).
    private static func indexing(_ name: String) -> HPACKIndexing {
        name == "set-cookie" || name == "authorization" ? .neverIndexed : .indexable
    }

    private static func status(_ status: Status) -> String {
        status.code == 200 ? "200" : String(status.code)
    }
}
#endif
