// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension StaticFiles {
    /// How the files of a folder are served.
    public struct Settings: Sendable {
        /// The path that the folder is mounted under: `/`.
        ///
        /// With `/assets`, `/assets/a.css` is the file `a.css`, and what is not below `/assets` is 404.
        public var prefix = "/"
        /// The files that stand for their directory, the first that is there: `["index.html"]`.
        public var indexNames = ["index.html"]
        /// The file, by its path in the folder, that answers for paths of no file, as single-page applications want.
        ///
        /// A path with a known extension, such as `/missing.js`, stays 404. As middleware `StaticFiles` leaves these
        /// paths to what follows.
        public var fallback: String?
        /// The value of Cache-Control (RFC 9111, section 5.2), such as `public, max-age=31536000, immutable`.
        ///
        /// Without one, the default, clients revalidate by a rule of their own.
        public var cacheControl: String?
        /// Whether symbolic links are followed, as far as they are relative and stay inside the folder: true.
        public var followsSymbolicLinks = true
        /// Whether names that begin with a dot are served: false; `.well-known` always is (RFC 8615).
        public var servesHiddenFiles = false
        /// Whether `a.js.br`, `a.js.zst` and `a.js.gz` are sent for `a.js` to clients that accept them: true.
        public var servesPrecompressed = true
        /// Media types by extension, without the dot and in lower case, that overrule the built-in table.
        public var contentTypes: [String: String] = [:]
        /// The most paths whose files are kept open: 512; fewer than 2 keeps none.
        ///
        /// A path has up to four files, with what lies beside it in other codings.
        public var cachedFiles = 512
        /// How long an open file answers for its path before the folder is asked again: 1 second; zero keeps none.
        ///
        /// For so long a file that was replaced or removed is still served as it was.
        public var cacheLifetime = Duration.seconds(1)

        /// The defaults.
        public init() {}

        func contentType(of path: RequestedPath) -> String {
            if !self.contentTypes.isEmpty, let last = path.name.split(separator: UInt8(ascii: ".")).last,
                let type = self.contentTypes[String(decoding: last, as: UTF8.self).lowercased()]
            {
                return type
            }
            return ContentType.of(path.name)
        }
    }
}
