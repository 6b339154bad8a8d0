// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import FoundationEssentials

/// Writes an application that builds, with a test.
struct Create: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Write a new application that builds, with a test."
    )

    @Argument(help: "Its name: letters and digits, such as Helpdesk.")
    var name: String
    @Option(help: "Where Tandem's sources are; those that this program was built from without.")
    var tandem: String?

    func validate() throws {
        let isName = self.name.first?.isLetter == true && self.name.allSatisfy { $0.isLetter || $0.isNumber }
        guard isName, self.name.utf8.allSatisfy({ $0 < 128 }) else {
            throw ValidationError(
                "'\(self.name)' is no name of a module: begin with a letter, go on with letters and digits."
            )
        }
        if ["Tandem", "Swift", "App", "Testing"].contains(self.name) {
            throw ValidationError("'\(self.name)' is the name of a module or type that it uses; choose another.")
        }
    }

    func run() async throws {
        let root = URL(filePath: self.name)
        if FileManager.default.fileExists(atPath: root.path) {
            throw ValidationError("There is a '\(self.name)' here already; choose another name, or move it away.")
        }
        let sources = self.tandem.map { URL(filePath: $0).standardizedFileURL.path } ?? Checkout.path
        for (path, text) in Template(name: self.name, tandem: sources).files {
            let file = root.appending(path: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(text.utf8).write(to: file)
        }
        print(
            """
            \(self.name) is in ./\(self.name). To go on:

                cd \(self.name)
                tandem docs      fetches the files of the documentation page
                tandem serve     builds it and serves http://127.0.0.1:8080/docs
                tandem test      tests it
            """
        )
    }
}
