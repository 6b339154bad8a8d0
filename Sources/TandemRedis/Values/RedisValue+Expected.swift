// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if Redis
extension RedisValue {
    private func unexpected(_ command: String) -> RedisError {
        let what =
            switch self {
            case .null: "nothing"
            case .integer: "a number"
            case .status(let text): text
            case .bytes(let bytes): "\(bytes.count) bytes"
            case .array(let values): "\(values.count) values"
            case .error(let text): text
            }
        return .unexpected("\(what) for \(command)")
    }

    func number(of command: String) throws(RedisError) -> Int {
        guard let number = self.integer else { throw self.unexpected(command) }
        return number
    }

    func double(of command: String) throws(RedisError) -> Double {
        guard let number = self.double else { throw self.unexpected(command) }
        return number
    }

    func values(of command: String) throws(RedisError) -> [RedisValue] {
        guard let values = self.array else { throw self.unexpected(command) }
        return values
    }

    func texts(of command: String) throws(RedisError) -> [String] {
        var texts: [String] = []
        for value in try self.values(of: command) { texts.append(try value.text(of: command)) }
        return texts
    }

    func text(of command: String) throws(RedisError) -> String {
        guard let text = self.text else { throw self.unexpected(command) }
        return text
    }

    /// A text, or nil where there is nothing.
    func optionalText(of command: String) throws(RedisError) -> String? {
        self.isNull ? nil : try self.text(of: command)
    }

    /// Names and values one after the other.
    func pairs(of command: String) throws(RedisError) -> [(String, RedisValue)] {
        let values = try self.values(of: command)
        guard values.count.isMultiple(of: 2) else { throw self.unexpected(command) }
        var pairs: [(String, RedisValue)] = []
        for index in stride(from: 0, to: values.count, by: 2) {
            pairs.append((try values[index].text(of: command), values[index + 1]))
        }
        return pairs
    }
}

extension [RedisArgument] {
    static func + (parts: [RedisArgument], texts: [String]) -> [RedisArgument] {
        parts + texts.map { RedisArgument($0) }
    }
}
#endif
