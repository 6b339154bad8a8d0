// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// One member of `sec-websocket-extensions`: a name and its parameters, in order (RFC 6455, section 9.1).
package struct WebSocketExtension: Equatable {
    package struct Parameter: Equatable {
        package let name: String
        /// Without its quotes.
        package let value: String?
    }

    package let name: String
    package let parameters: [Parameter]

    /// The members of all lines of the field, in order; `nil` where one of them does not follow the grammar, which
    /// fails the handshake.
    package static func list(_ headers: Headers) -> [WebSocketExtension]? {
        var members: [WebSocketExtension] = []
        for line in headers.all("sec-websocket-extensions") {
            var cursor = Cursor(rest: line.utf8[...])
            repeat {
                cursor.skipSpaces()
                // A list may have empty members (RFC 9110, section 5.6.1.2).
                if cursor.rest.isEmpty || cursor.rest.first == UInt8(ascii: ",") { continue }
                guard let member = cursor.takeExtension() else { return nil }
                members.append(member)
            } while cursor.take(",")
            guard cursor.rest.isEmpty else { return nil }
        }
        return members.isEmpty && headers.contains("sec-websocket-extensions") ? nil : members
    }
}

/// Where in a line the reading stands.
private struct Cursor {
    var rest: Substring.UTF8View

    mutating func skipSpaces() {
        self.rest = self.rest.drop { $0 == 0x20 || $0 == 0x09 }
    }

    /// Takes a delimiter and the spaces before it, where it is next.
    mutating func take(_ delimiter: Unicode.Scalar) -> Bool {
        self.skipSpaces()
        guard self.rest.first == UInt8(ascii: delimiter) else { return false }
        self.rest.removeFirst()
        return true
    }

    mutating func takeExtension() -> WebSocketExtension? {
        guard let name = self.takeToken() else { return nil }
        var parameters: [WebSocketExtension.Parameter] = []
        while self.take(";") {
            self.skipSpaces()
            guard let name = self.takeToken() else { return nil }
            var value: String?
            if self.take("=") {
                self.skipSpaces()
                value = self.rest.first == UInt8(ascii: "\"") ? self.takeQuotedToken() : self.takeToken()
                if value == nil { return nil }
            }
            parameters.append(WebSocketExtension.Parameter(name: name, value: value))
        }
        return WebSocketExtension(name: name, parameters: parameters)
    }

    private mutating func takeToken() -> String? {
        let token = self.rest.prefix(while: FieldLine.isTokenByte)
        self.rest = self.rest.dropFirst(token.count)
        return token.isEmpty ? nil : String(Substring(token))
    }

    /// A quoted string, which has to be a token once its backslashes are gone.
    private mutating func takeQuotedToken() -> String? {
        self.rest.removeFirst()
        var token = ""
        while let byte = self.rest.popFirst(), byte != UInt8(ascii: "\"") {
            guard let byte = byte == UInt8(ascii: "\\") ? self.rest.popFirst() : byte, FieldLine.isTokenByte(byte)
            else {
                return nil
            }
            token.unicodeScalars.append(Unicode.Scalar(byte))
            // A quote has to follow.
            if self.rest.isEmpty { return nil }
        }
        return token.isEmpty ? nil : token
    }
}
