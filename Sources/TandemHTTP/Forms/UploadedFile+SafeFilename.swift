// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

extension UploadedFile {
    /// The client's name for the file, made fit to be one component of a path and to be shown.
    ///
    /// What stands before a slash or a backslash is dropped, as are controls and marks that turn the direction of
    /// writing, and dots and spaces at both ends; characters that some file systems reject become `_`;
    /// at most 200 bytes are kept, with the extension; `file` where nothing is left. Two uploads may share a name.
    public var safeFilename: String {
        let last = self.filename.unicodeScalars.split { $0 == "/" || $0 == "\\" }.last ?? []
        var scalars = String.UnicodeScalarView()
        for scalar in last where !Self.isInvisible(scalar) {
            scalars.append(Self.forbidden.contains(scalar) ? "_" : scalar)
        }
        let name = Self.shortened(Self.trimmed(Substring.UnicodeScalarView(scalars)))
        return name.isEmpty ? "file" : name
    }

    private static let forbidden: Set<Unicode.Scalar> = ["<", ">", ":", "\"", "|", "?", "*"]

    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }

    private static func trimmed(_ scalars: Substring.UnicodeScalarView) -> Substring.UnicodeScalarView {
        var rest = scalars.drop { $0 == "." || $0.properties.isWhitespace }
        while let last = rest.last, last == "." || last.properties.isWhitespace { rest.removeLast() }
        return rest
    }

    /// At most 200 bytes, cut before the extension where that is short.
    private static func shortened(_ scalars: Substring.UnicodeScalarView) -> String {
        let limit = 200
        let name = Substring(scalars)
        guard name.utf8.count > limit else { return String(name) }
        var ending = ""
        if let dot = scalars.lastIndex(of: "."), name[dot...].utf8.count <= 16 { ending = String(name[dot...]) }
        var stem = String(scalars.dropLast(ending.unicodeScalars.count))
        while stem.utf8.count + ending.utf8.count > limit { stem.unicodeScalars.removeLast() }
        return String(Substring(Self.trimmed(stem.unicodeScalars[...]))) + ending
    }
}
