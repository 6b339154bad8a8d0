// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// The paths that a route answers, such as `/tickets/{id}/files/{path*}`.
///
/// | written | matches |
/// |---|---|
/// | `/tickets` | this path alone; `/tickets/` is another |
/// | `/tickets/{id}` | one segment, which is not empty |
/// | `/files/{name}.json`, `/@{user}` | a segment with this end, or this beginning |
/// | `/files/{path*}` | the rest of the path, with its slashes; it may be empty, as in `/files/` |
///
/// A name has letters, digits and underscores, and there are at most 8 parameters, one a segment. The slash at the
/// start may be left out.
///
/// Where several patterns match a path, text goes before a parameter and a parameter before the rest of the path, from
/// left to right; of two parameters in one place, the one with more text before it wins, then the one with more text
/// behind it. What leads nowhere is taken back: with `/users/me` and `/users/{id}/posts`, the path `/users/me/posts`
/// is the second's.
///
/// Paths are compared as what they say, not as how they are spelled (RFC 3986, section 6.2.2): `/käse`, `/k%C3%A4se`
/// and `/%6b%c3%a4se` are one path, both in patterns and in requests. Only an encoded slash, `%2F`, is no slash: it
/// stays in its segment. A brace, a question mark, a hash or a percent sign that is meant is written percent-encoded.
/// `.` and `..` are segments like others. Case matters.
public struct PathPattern: Sendable {
    private let text: String
    private let reading: Result<Reading, PathPatternError>

    /// What the text of a pattern says.
    package struct Reading: Sendable {
        package var steps: [PathStep] = []
        package var names: [String] = []
    }

    /// Reads a pattern that is not known before the program runs.
    ///
    /// With a literal, `PathPattern("/a")` is that literal, and throws nothing here: see ``init(stringLiteral:)``.
    ///
    /// - Throws: ``PathPatternError`` where the text is no pattern; it says what is wrong, where, and what to write.
    public init(_ text: String) throws(PathPatternError) {
        self.init(keepingErrorOf: text)
        _ = try self.checked()
    }

    /// Reads a pattern whose error, if it has one, is thrown when the routes are put together.
    private init(keepingErrorOf text: String) {
        self.text = text.utf8.first == UInt8(ascii: "/") ? text : "/" + text
        do throws(PathPatternError) {
            self.reading = .success(try PathPatternParser.read(self.text))
        } catch {
            self.reading = .failure(error)
        }
    }

    /// The names of the parameters, from left to right.
    public var parameterNames: [String] {
        switch self.reading {
        case .success(let reading): reading.names
        case .failure: []
        }
    }

    /// What the text says.
    ///
    /// - Throws: The error that a literal has kept.
    package func checked() throws(PathPatternError) -> Reading {
        try self.reading.get()
    }

    /// The pattern below a prefix: `/tickets` and `{id}` are `/tickets/{id}`.
    ///
    /// Exactly one slash stands between the two, whatever they have there. The root, `/` or an empty text, adds
    /// nothing. What is wrong with the whole, such as a name that is there twice, is thrown when the routes are put
    /// together.
    public func appending(_ other: PathPattern) -> PathPattern {
        if case .failure = self.reading { return self }
        if case .failure = other.reading { return other }
        if self.text == "/" { return other }
        if other.text == "/" { return self }
        let prefix = self.text.utf8.last == UInt8(ascii: "/") ? self.text.dropLast() : self.text[...]
        return PathPattern(keepingErrorOf: prefix + other.text)
    }
}

extension PathPattern: ExpressibleByStringLiteral, CustomStringConvertible {
    /// Reads a pattern; what is wrong with it is thrown when the routes are put together.
    public init(stringLiteral value: String) {
        self.init(keepingErrorOf: value)
    }

    /// The pattern as it was written, with a slash at its start.
    public var description: String { self.text }
}

extension PathPattern: Hashable {
    /// Whether two patterns are written the same; `/a/{id}` and `/a/{name}` are not, though they match the same paths.
    public static func == (left: PathPattern, right: PathPattern) -> Bool { left.text == right.text }

    /// Hashes the pattern as it was written.
    public func hash(into hasher: inout Hasher) { hasher.combine(self.text) }
}
