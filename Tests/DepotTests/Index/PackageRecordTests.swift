// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Depot

@Suite("A stanza becomes a record")
struct PackageRecordTests {
    private static func record(_ text: String) throws -> PackageRecord { try PackageRecord(Stanza([UInt8](text.utf8))) }
    private static let least = "Package: vlc\nVersion: 3.0\nArchitecture: amd64\n"

    @Test("Each field is read")
    func fields() throws {
        let record = try Self.record(
            """
            Package: vlc
            Version: 3.0.24-0+deb12u1
            Architecture: amd64
            Section: contrib/video
            Priority: Standard
            Maintainer: Debian Multimedia Maintainers <debian-multimedia@lists.debian.org>
            Installed-Size: 203
            Size: 113944
            Depends: vlc-bin (= 3.0), vlc-plugin-base | x,, (
            Homepage: https://www.videolan.org/vlc/
            Tag: a::b, c::d,
             e::f
            Description-en: multimedia player
             It plays.
             .
              * a
            """
        )
        #expect(record.section == "video")
        #expect(record.priority == .standard)
        #expect(record.maintainer == "Debian Multimedia Maintainers")
        #expect(record.installedSize == 207_872)
        #expect(record.downloadSize == 113_944)
        #expect(record.relations[.depends]?.map(\.description) == ["vlc-bin (= 3.0)", "vlc-plugin-base | x"])
        #expect(record.malformedRelations == 1)
        #expect(record.tags == ["a::b", "c::d", "e::f"])
        #expect(record.summary == "multimedia player")
        #expect(record.description == "It plays.\n\n * a")
    }

    @Test("What is missing or strange is left out")
    func least() throws {
        let record = try Self.record(
            Self.least
                + "Size: 99999999999999999999\nInstalled-Size: 9223372036854775807\nHomepage: javascript:alert(1)\n"
                + "Section: ../x y\nPriority: urgent\n"
        )
        #expect(record.downloadSize == nil)
        #expect(record.installedSize == nil)
        #expect(record.homepage == nil)
        #expect(record.section == "unknown")
        #expect(record.priority == .optional)
        #expect(record.summary.isEmpty)
    }

    @Test(
        "It is none without a name, a version and an architecture",
        arguments: [
            ("Version: 1\nArchitecture: all", RecordError.noName), ("Package: ../etc", .noName),
            ("Package: a\nVersion: 1 2\nArchitecture: all", .noVersion(of: "a")),
            ("Package: a\nVersion: 1\nArchitecture: <b>", .noArchitecture(of: "a")),
        ]
    )
    func none(text: String, error: RecordError) {
        #expect(throws: error) { try Self.record(text) }
    }

    @Test("A description falls into paragraphs, lists and lines as they are")
    func blocks() {
        let body = "One\ntwo.\n\nThree:\n * a\n   b\n * c\n\n  $ code\n   more\n\n - d"
        #expect(
            DescriptionText.blocks(of: body) == [
                .paragraph("One two."), .paragraph("Three:"), .list(["a b", "c"]), .verbatim(["  $ code", "   more"]),
                .list(["d"]),
            ]
        )
    }

    @Test("No text is too long, and none makes the parts of a description trap")
    func hostile() throws {
        let long = String(repeating: "x ", count: 100_000)
        let record = try Self.record(Self.least + "Description: \(long)\n \(long)\nMaintainer: \(long)\n")
        #expect(record.summary.count == PackageRecord.longestLine)
        #expect(record.description.count == PackageRecord.longestText)
        for body in ["", " ", "*", " *", "- ", "\n\n\n", " * \n  \n*\n", "\u{301} * a\n\u{301}"] {
            #expect(DescriptionText.blocks(of: body).count < 3)
        }
    }
}
