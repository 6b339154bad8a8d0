// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("What is committed is ours, and works on any machine")
struct CommittedFileTests {
    @Test("Every Swift file begins with the licence")
    func licence() {
        let header = ["// Part of Tandem. Copyright the Tandem authors.", "// SPDX-License-Identifier: Apache-2.0", ""]
        expectNone(
            // A manifest begins with its tools' version.
            Repository.swift.filter { !$0.path.hasSuffix("Package.swift") }.compactMap { file in
                let isThere = file.lines.prefix(3).elementsEqual(header, by: ==)
                return isThere ? nil : Finding(file.path, line: 1, "begin with the licence, as every file here")
            }
        )
    }

    @Test("No file names a place that only one machine has")
    func machines() {
        // Put together, so that this file does not hold them.
        let places = ["/ro" + "ot/", "/ho" + "me/", "/Us" + "ers/", "/wo" + "rk/"]
        expectNone(
            Repository.files.flatMap { file in
                file.lines.flatMap { line in
                    places.filter(line.text.contains).map {
                        Finding(file.path, line: line.number, "`\($0)` is a path of one machine")
                    }
                }
            }
        )
    }

    @Test("Packages come from where everybody gets them")
    func registries() throws {
        let settings = ["index-" + "url", "extra-" + "index", "--regis" + "try", "regis" + "try=", "trusted-" + "host"]
        expectNone(
            Repository.files.flatMap { file in
                file.lines.filter { line in settings.contains(where: line.text.contains) }.map {
                    Finding(file.path, line: $0.number, "names a registry; that is the machine's business")
                }
            }
        )
        let manifests = Repository.files.filter { $0.path.hasSuffix("Package.swift") }
        for manifest in manifests {
            let urls = manifest.text.split(separator: "url: \"").dropFirst()
            #expect(urls.allSatisfy { $0.hasPrefix("https://github.com/") }, "\(manifest.path)")
        }
    }

    @Test("Every task of the Makefile says what it does")
    func makefile() throws {
        let lines = try Repository.file("Makefile").lines
        let targets = lines.filter { line in
            let name = line.text.prefix { $0.isLetter || $0 == "-" }
            return !name.isEmpty && line.text[name.endIndex...].hasPrefix(":") && !line.text.contains(":=")
        }
        #expect(targets.count > 5)
        expectNone(
            targets.filter { !$0.text.contains(" ## ") }.map {
                Finding("Makefile", line: $0.number, "say behind `##` what the task does")
            }
        )
    }
}
