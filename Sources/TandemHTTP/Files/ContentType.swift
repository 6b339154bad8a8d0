// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Media types by the extensions of file names.
enum ContentType {
    /// The type of what has no known extension.
    static let unknown = "application/octet-stream"

    /// The media type of a file, with its charset where it is text.
    static func of(_ fileName: some Collection<UInt8>) -> String {
        self.known(fileName) ?? self.unknown
    }

    /// The media type of a file whose extension is in the table.
    static func known(_ fileName: some Collection<UInt8>) -> String? {
        let dot = UInt8(ascii: ".")
        let parts = fileName.split(separator: dot, omittingEmptySubsequences: false)
        guard parts.count > 1, let last = parts.last, last.count <= 12 else { return nil }
        return self.byExtension[String(decoding: last.map(FieldLine.lowercased), as: UTF8.self)]
    }

    private static let byExtension: [String: String] = [
        // Text.
        "html": "text/html; charset=utf-8", "htm": "text/html; charset=utf-8",
        "xhtml": "application/xhtml+xml; charset=utf-8",
        "css": "text/css; charset=utf-8", "txt": "text/plain; charset=utf-8", "text": "text/plain; charset=utf-8",
        "log": "text/plain; charset=utf-8", "md": "text/markdown; charset=utf-8",
        "markdown": "text/markdown; charset=utf-8", "csv": "text/csv; charset=utf-8",
        "tsv": "text/tab-separated-values; charset=utf-8", "ics": "text/calendar; charset=utf-8",
        "vcf": "text/vcard; charset=utf-8", "vtt": "text/vtt; charset=utf-8",
        "srt": "application/x-subrip; charset=utf-8",
        // Programs and data.
        "js": "text/javascript; charset=utf-8", "mjs": "text/javascript; charset=utf-8",
        "cjs": "text/javascript; charset=utf-8", "json": "application/json", "map": "application/json",
        "jsonl": "application/jsonl", "ndjson": "application/x-ndjson", "jsonld": "application/ld+json",
        "geojson": "application/geo+json", "webmanifest": "application/manifest+json",
        "xml": "application/xml; charset=utf-8", "xsl": "application/xslt+xml; charset=utf-8",
        "rss": "application/rss+xml; charset=utf-8", "atom": "application/atom+xml; charset=utf-8",
        "kml": "application/vnd.google-earth.kml+xml", "gpx": "application/gpx+xml",
        "yaml": "application/yaml", "yml": "application/yaml", "toml": "application/toml",
        "sql": "application/sql", "sqlite": "application/vnd.sqlite3", "wasm": "application/wasm",
        "graphql": "application/graphql", "proto": "text/plain; charset=utf-8",
        "swift": "text/plain; charset=utf-8", "c": "text/plain; charset=utf-8", "h": "text/plain; charset=utf-8",
        "py": "text/plain; charset=utf-8", "sh": "text/plain; charset=utf-8", "ts": "text/plain; charset=utf-8",
        "parquet": "application/vnd.apache.parquet",
        // Images.
        "png": "image/png", "apng": "image/apng", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif",
        "webp": "image/webp", "avif": "image/avif", "jxl": "image/jxl", "heic": "image/heic", "heif": "image/heif",
        "svg": "image/svg+xml", "ico": "image/vnd.microsoft.icon", "bmp": "image/bmp", "tif": "image/tiff",
        "tiff": "image/tiff",
        // Sound and film.
        "mp3": "audio/mpeg", "m4a": "audio/mp4", "aac": "audio/aac", "oga": "audio/ogg", "ogg": "audio/ogg",
        "opus": "audio/ogg", "flac": "audio/flac", "wav": "audio/wav", "weba": "audio/webm", "mid": "audio/midi",
        "mp4": "video/mp4", "m4v": "video/mp4", "webm": "video/webm", "ogv": "video/ogg", "mov": "video/quicktime",
        "avi": "video/x-msvideo", "mkv": "video/matroska", "mpeg": "video/mpeg", "mpg": "video/mpeg",
        "m3u8": "application/vnd.apple.mpegurl", "mpd": "application/dash+xml", "m4s": "video/iso.segment",
        // Fonts.
        "woff": "font/woff", "woff2": "font/woff2", "ttf": "font/ttf", "otf": "font/otf", "ttc": "font/collection",
        "eot": "application/vnd.ms-fontobject",
        // Documents.
        "pdf": "application/pdf", "rtf": "application/rtf", "epub": "application/epub+zip",
        "ps": "application/postscript", "doc": "application/msword", "xls": "application/vnd.ms-excel",
        "ppt": "application/vnd.ms-powerpoint",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "odt": "application/vnd.oasis.opendocument.text", "ods": "application/vnd.oasis.opendocument.spreadsheet",
        "odp": "application/vnd.oasis.opendocument.presentation",
        // Archives.
        "zip": "application/zip", "gz": "application/gzip", "tgz": "application/gzip", "bz2": "application/x-bzip2",
        "xz": "application/x-xz", "zst": "application/zstd",
        "7z": "application/x-7z-compressed", "rar": "application/vnd.rar", "tar": "application/x-tar",
        "jar": "application/java-archive", "deb": "application/vnd.debian.binary-package",
        "rpm": "application/x-rpm", "dmg": "application/x-apple-diskimage",
        "apk": "application/vnd.android.package-archive",
        // Keys and signatures.
        "pem": "application/x-pem-file", "crt": "application/x-x509-ca-cert", "asc": "application/pgp-signature",
    ]
}
