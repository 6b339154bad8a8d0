// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemHTTP

extension RouteBuilder {
    /// Serves the files of a folder below a path, by GET and HEAD; documents of the endpoints do not have it.
    ///
    /// ```swift
    /// try routes.files("/assets", directory: "public")
    /// ```
    /// `/assets/a.css` is the file `a.css`. Ranges, conditions, precompressed files and what no path leads to are as
    /// in ``StaticFiles``; endpoints on paths below go before files.
    ///
    /// - Parameters:
    ///   - path: What the paths of the files begin with.
    ///   - directory: The path of the folder; a relative one starts from the process's working directory.
    ///   - settings: How the files are served; the prefix is `path`, whatever it says.
    ///   - file: Where it is declared.
    ///   - line: Where it is declared.
    /// - Throws: `FileRootError` where the folder cannot be opened.
    public func files(
        _ path: PathPattern,
        directory: String,
        _ settings: StaticFiles.Settings = StaticFiles.Settings(),
        file: String = #fileID,
        line: Int = #line
    ) throws {
        var settings = settings
        settings.prefix = "/"
        let files = try StaticFiles(root: directory, settings)
        let respond: @Sendable (Call) throws -> Response = { call in
            try files.answer(call.request, below: call.path.segmentsBeforeLast)
        }
        self.add(
            Endpoint(
                .get,
                path.appending("{path*}"),
                name: "files",
                source: SourcePlace(fileID: file, line: line),
                describe: { definitions in
                    var operation = Operation("files", result: Response.describe(in: &definitions))
                    operation.isDocumented = false
                    return operation
                },
                respondImmediately: respond,
                respond: { call in try respond(call) }
            )
        )
    }
}
