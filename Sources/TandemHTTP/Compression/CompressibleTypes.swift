// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension Compression {
    /// The media types that are compressed unless others are named: text and what is written like it.
    ///
    /// Each member is a type in lower case (`application/json`), a family (`text/*`) or a suffix (`+json`, RFC 6839).
    /// Images, sound, video, archives and WOFF fonts are packed already.
    public static let compressibleTypes: Set<String> = [
        "text/*", "+json", "+xml", "+text", "+yaml",
        "application/json", "application/javascript", "application/x-javascript", "application/ecmascript",
        "application/xml", "application/yaml", "application/toml", "application/graphql", "application/sql",
        "application/x-ndjson", "application/jsonl", "application/x-sh", "application/rtf", "application/wasm",
        "application/x-www-form-urlencoded", "application/vnd.ms-fontobject",
        "font/otf", "font/ttf", "font/collection", "image/bmp", "image/x-icon", "image/vnd.microsoft.icon",
    ]

    /// The media type of a `content-type` field, in lower case and without parameters.
    static func mediaType(_ contentType: String) -> String {
        contentType.prefix { $0 != ";" }.trimmingSpaces().lowercased()
    }

    /// Whether a set like `compressibleTypes` has a media type.
    static func contains(_ type: String, in types: Set<String>) -> Bool {
        if types.contains(type) { return true }
        guard let slash = type.firstIndex(of: "/") else { return false }
        if types.contains(type[...slash] + "*") { return true }
        guard let plus = type.lastIndex(of: "+"), plus > slash else { return false }
        return types.contains(String(type[plus...]))
    }
}
