// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Serves the files of a folder.
///
/// ```swift
/// var settings = StaticFiles.Settings()
/// settings.prefix = "/assets"
/// settings.cacheControl = "public, max-age=3600"
/// let assets = try StaticFiles(root: "public", settings)
/// ```
///
/// As a handler it answers every request below its prefix; as middleware those for files that there are, and leaves
/// the others to what follows. Give it a prefix there, or each GET has the system look for a file:
///
/// ```swift
/// let handler = routes.wrapped(in: [assets])
/// ```
///
/// It answers GET and HEAD, conditions (RFC 9110, section 13) and ranges (section 14), with the type that a file's
/// extension tells and, where a `.br`, `.zst` or `.gz` lies beside a file, in the coding the client likes best. What
/// is not there, may not be read, is hidden or no regular file is 404; other methods are 405.
///
/// No path leads out of the folder: names are resolved by the kernel beneath it, symbolic links included, so that
/// not even a file exchanged at the right moment does. Kernels before Linux 5.6 and other systems lack that; there
/// no symbolic link is followed. The folder is opened once: one that is put in its place later is not seen.
///
/// Opening and reading happen on the event loop, as with a folder on a local disk it takes microseconds.
public struct StaticFiles: Handler {
    private let root: FileRoot
    private let settings: Settings
    private let prefix: RequestedPath
    private let fallback: RequestedPath?
    private let cache: FileCache<FileResource>

    /// Opens a folder to serve.
    ///
    /// - Parameters:
    ///   - root: The path of the folder; a relative one starts from the process's working directory.
    ///   - settings: How its files are served.
    /// - Throws: ``FileRootError`` where the folder cannot be opened.
    public init(root: String, _ settings: Settings = Settings()) throws {
        try self.init(
            root: FileRoot(root, followsSymlinks: settings.followsSymbolicLinks),
            settings
        )
    }

    init(root: FileRoot, _ settings: Settings) {
        self.root = root
        self.settings = settings
        self.prefix = RequestedPath(name: settings.prefix)
        self.fallback = settings.fallback.map { RequestedPath(name: $0) }
        self.cache = FileCache(capacity: settings.cachedFiles, lifetime: settings.cacheLifetime)
    }

    /// Answers with a file, without suspending.
    public func respond(to request: Request) async throws -> Response {
        try self.answer(request)
    }

    /// Answers with a file.
    public func respondImmediately(to request: Request) throws -> Response? {
        try self.answer(request)
    }

    private func answer(_ request: Request) throws(HTTPError) -> Response {
        guard request.method == .get || request.method == .head else {
            throw HTTPError(
                .methodNotAllowed,
                "Files can be read with GET and HEAD only.",
                headers: ["allow": "GET, HEAD"]
            )
        }
        return try self.answer(request, self.path(of: request))
    }

    /// Answers with a file of a folder that is mounted under so many first segments of the path.
    package func answer(_ request: Request, below segments: Int) throws(HTTPError) -> Response {
        let path = RequestedPath(target: request.target)?.dropping(segments)
        return try self.answer(request, path.flatMap(self.visible))
    }

    private func answer(_ request: Request, _ path: RequestedPath?) throws(HTTPError) -> Response {
        guard let path else { throw .noSuchFile }
        var found = try self.resource(at: path)
        if found == nil { found = try self.fallbackResource(for: path) }
        guard let found else { throw .noSuchFile }
        return try found.response(to: request)
    }

    /// The path in the folder that a request asks for; `nil` where nothing there can be meant.
    private func path(of request: Request) -> RequestedPath? {
        RequestedPath(target: request.target)?.below(self.prefix).flatMap(self.visible)
    }

    private func visible(_ path: RequestedPath) -> RequestedPath? {
        self.settings.servesHiddenFiles || !path.isHidden ? path : nil
    }

    /// What a path stands for, as far as was found out within the cache's lifetime.
    private func resource(at path: RequestedPath) throws(HTTPError) -> FileResource? {
        try self.cache.value(for: path) { () throws(HTTPError) in try self.find(path) }
    }

    /// Looks a path up in the folder.
    private func find(_ path: RequestedPath) throws(HTTPError) -> FileResource? {
        guard let opened = try self.root.open(path) else { return nil }
        switch (opened.kind, path.endsWithSlash) {
        case (.regular, false):
            return .file(try self.variants(of: opened, at: path))
        case (.regular, true):
            return nil
        case (.directory, let endsWithSlash):
            for index in self.settings.indexNames {
                let file = path.appending(index)
                guard let opened = try self.root.open(file), opened.kind == .regular else { continue }
                return endsWithSlash ? .file(try self.variants(of: opened, at: file)) : .directoryWithoutSlash
            }
            return nil
        }
    }

    private func variants(of opened: OpenedFile, at path: RequestedPath) throws(HTTPError) -> FileVariants {
        var siblings: [(ContentCoding, OpenedFile)] = []
        if self.settings.servesPrecompressed {
            for coding in ContentCoding.precompressed {
                guard let sibling = try self.root.open(path.extended(by: coding.fileSuffix)), sibling.kind == .regular
                else { continue }
                siblings.append((coding, sibling))
            }
        }
        var presentation = FileRepresentation.Presentation(
            contentType: self.settings.contentType(of: path),
            varies: !siblings.isEmpty
        )
        presentation.cacheControl = self.settings.cacheControl
        let plain = FileRepresentation(opened, presentation)
        return FileVariants(
            plain: plain,
            coded: siblings.map { (coding, sibling) in
                presentation.coding = coding
                return FileRepresentation(sibling, presentation)
            }
        )
    }

    /// The file for paths that name none; a path that ends like a file is an error in a page, and stays one.
    private func fallbackResource(for path: RequestedPath) throws(HTTPError) -> FileResource? {
        guard let fallback, ContentType.known(path.name) == nil else { return nil }
        return try self.resource(at: fallback)
    }
}

extension StaticFiles: ImmediateMiddleware {
    /// Answers a GET or HEAD for a file that there is; a fallback file is no such file.
    public func receive(_ request: Request) throws -> Reception {
        guard request.method == .get || request.method == .head, let path = self.path(of: request),
            let found = try self.resource(at: path)
        else { return .unchanged }
        return .answered(try found.response(to: request))
    }
}

/// What a path stands for.
enum FileResource: Sendable {
    case file(FileVariants)
    /// A directory that has an index, asked for without the slash that its links are relative to.
    case directoryWithoutSlash

    /// The answer to a GET or HEAD.
    func response(to request: Request) throws(HTTPError) -> Response {
        switch self {
        case .file(let variants): return try variants.response(to: request)
        case .directoryWithoutSlash:
            let query = request.query.map { "?" + $0 } ?? ""
            return Response(status: .permanentRedirect, headers: ["location": request.path + "/" + query])
        }
    }
}

/// A file and what lies beside it in other codings.
struct FileVariants: Sendable {
    let plain: FileRepresentation
    /// Best first.
    let coded: [FileRepresentation]

    /// The answer to a GET or HEAD, in the coding that the client likes best.
    func response(to request: Request) throws(HTTPError) -> Response {
        guard !self.coded.isEmpty else { return try self.plain.response(to: request) }
        let coding = AcceptEncoding(request.headers).best(of: self.coded.compactMap(\.coding))
        let chosen = self.coded.first { $0.coding == coding } ?? self.plain
        return try chosen.response(to: request)
    }
}

extension HTTPError {
    static var noSuchFile: HTTPError {
        HTTPError(.notFound, "There is no such file.", code: "no-such-file")
    }
}
