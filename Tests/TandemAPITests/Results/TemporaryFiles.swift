// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A folder with files, removed with its last owner.
final class TemporaryFiles: Sendable {
    let path = FileManager.default.temporaryDirectory.appending(path: "tandem-\(UUID())").path

    init(_ files: [String: String]) throws {
        for (name, text) in files {
            let file = URL(filePath: "\(self.path)/\(name)")
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(text.utf8).write(to: file)
        }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: self.path)
    }
}
