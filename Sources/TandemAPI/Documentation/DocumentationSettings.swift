// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Where an application shows its documentation, and what it says of itself.
public struct DocumentationSettings: Sendable {
    /// What the document says of the application.
    public var info: OpenAPIDocument.Info
    /// Where the OpenAPI document is, without the ending: `/openapi`, for `/openapi.json` and `/openapi.yaml`.
    public var documentPath = "/openapi"
    /// Where the interactive page is: `/docs`; `nil` for nowhere.
    public var pagePath: String? = "/docs"
    /// The folder of the page's files, as `swagger-ui-dist` has them: `swagger-ui-bundle.js` and `swagger-ui.css`.
    ///
    /// `tandem docs` puts them into `.tandem/docs`, which is the default; nothing is loaded from the internet.
    public var assets: String

    /// The defaults.
    public init(info: OpenAPIDocument.Info = OpenAPIDocument.Info(), assets: String = Self.defaultAssets) {
        self.info = info
        self.assets = assets
    }

    /// Where `tandem docs` puts the page's files, from the folder that the program runs in.
    public static let defaultAssets =
        ".tandem/docs/drf_spectacular_sidecar/static/drf_spectacular_sidecar/swagger-ui-dist"
}
