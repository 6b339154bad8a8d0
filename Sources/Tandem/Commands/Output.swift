// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// Where a command writes what it makes.
struct Output {
    /// The file; `nil` for standard output.
    let path: String?

    func write(_ text: String) throws(OutputError) {
        guard let path else { return print(text, terminator: "") }
        do {
            try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw OutputError(path: path, cause: error)
        }
    }
}

/// A file that could not be written.
struct OutputError: Error, CustomStringConvertible {
    let path: String
    let cause: any Error

    var description: String { "Cannot write \(self.path): \(self.reason)." }

    /// Foundation's errors have what the system says in them, among much else.
    private var reason: String {
        switch (self.cause as? CocoaError)?.code {
        case .fileNoSuchFile: "there is no such folder"
        case .fileWriteNoPermission: "this process may not"
        case .fileWriteOutOfSpace: "the disk is full"
        default: "\(self.cause)"
        }
    }
}
