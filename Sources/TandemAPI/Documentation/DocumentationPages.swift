// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
import TandemSchema

/// The endpoints that show an application's documentation; they are not in it themselves.
struct DocumentationPages {
    private let settings: DocumentationSettings
    private let document: OpenAPIDocument

    init(_ routes: Routes, _ settings: DocumentationSettings) {
        self.settings = settings
        self.document = OpenAPIDocument(routes, info: settings.info)
    }

    func routes() throws -> [Route] {
        let json = try Response(json: self.document.json)
        let yaml = Response(Bytes(self.document.json.yaml), contentType: "application/yaml")
        var routes = [
            Self.route(try PathPattern("\(self.settings.documentPath).json"), json),
            Self.route(try PathPattern("\(self.settings.documentPath).yaml"), yaml),
        ]
        guard let path = self.settings.pagePath else { return routes }
        routes.append(Self.route(try PathPattern(path), self.page(at: path)))
        routes.append(Self.route(try PathPattern("\(path)/start.js"), self.script))
        routes.append(try self.assets(below: path))
        return routes
    }

    private static func route(_ pattern: PathPattern, _ response: Response) -> Route {
        Route(
            .get,
            pattern,
            source: SourcePlace(),
            respondImmediately: { _, _ in response },
            respond: { _, _ in response }
        )
    }

    /// The page's own files; where they were not fetched, what to do about it.
    private func assets(below path: String) throws -> Route {
        var files = StaticFiles.Settings()
        files.prefix = "\(path)/assets"
        files.cacheControl = "public, max-age=86400"
        let pattern = try PathPattern("\(path)/assets/{file*}")
        guard let assets = try? StaticFiles(root: self.settings.assets, files) else {
            let missing = HTTPError(
                .serviceUnavailable,
                "The files of this page are not in \(self.settings.assets). Run `tandem docs` to fetch them.",
                code: "docs-not-fetched"
            )
            return Route(.get, pattern, source: SourcePlace()) { _, _ in throw missing }
        }
        return Route(
            .get,
            pattern,
            source: SourcePlace(),
            respondImmediately: { request, _ in try assets.respondImmediately(to: request) },
            respond: { request, _ in try await assets.respond(to: request) }
        )
    }

    /// Paths are relative, so that the page works behind a proxy that adds a prefix.
    private func page(at path: String) -> Response {
        let folder = HTML.escaped(path.split(separator: "/").last.map { "\($0)/" } ?? "")
        let title = HTML.escaped(self.settings.info.title)
        let html = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(title)</title>
            <link rel="stylesheet" href="\(folder)assets/swagger-ui.css">
            </head>
            <body>
            <div id="docs">The files of this page are missing. Run <code>tandem docs</code> to fetch them.</div>
            <script src="\(folder)assets/swagger-ui-bundle.js"></script>
            <script src="\(folder)start.js"></script>
            </body>
            </html>

            """
        var response = Response(Bytes(html), contentType: "text/html; charset=utf-8")
        // The page styles its elements one by one, and has small pictures in its style sheet.
        response.headers["content-security-policy"] =
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
        return response
    }

    private var script: Response {
        let depth = (self.settings.pagePath ?? "").split(separator: "/").count - 1
        let up = String(repeating: "../", count: max(depth, 0))
        let document = up + self.settings.documentPath.drop { $0 == "/" } + ".json"
        let url = (try? JSON.text(document)) ?? "\"\""
        let script = """
            SwaggerUIBundle({
              url: \(url),
              dom_id: "#docs",
              deepLinking: true,
              displayRequestDuration: true,
              validatorUrl: null,
            });

            """
        return Response(Bytes(script), contentType: "text/javascript; charset=utf-8")
    }
}
