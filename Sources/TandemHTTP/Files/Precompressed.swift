// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Files that lie beside another, packed ahead of time.
extension ContentCoding {
    /// The codings looked for beside a file, best first: packed once, the smallest costs no more than the others.
    static let precompressed: [ContentCoding] = [.br, .zstd, .gzip]

    /// What the name of a file in this coding ends with.
    var fileSuffix: String {
        switch self {
        case .br: ".br"
        case .zstd: ".zst"
        case .gzip: ".gz"
        case .deflate: ".zz"
        case .identity: ""
        }
    }
}
