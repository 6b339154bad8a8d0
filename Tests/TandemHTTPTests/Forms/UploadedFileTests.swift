// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SeededRandom
import Testing

@testable import TandemHTTP

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

@Suite("Uploaded files")
struct UploadedFileTests {
    /// A form with one file, in runs, and its bytes.
    private static func upload(size: Int) -> (request: Request, bytes: Bytes) {
        var random = SeededGenerator(seed: UInt64(size))
        var bytes = Bytes()
        while bytes.count < size {
            withUnsafeBytes(of: random.next()) { bytes.append(copying: $0) }
        }
        bytes = bytes[0..<size]
        let head = Bytes("--x\r\nContent-Disposition: form-data; name=f; filename=f.bin\r\n\r\n")
        let runs = stride(from: 0, to: size, by: 7_000).map { bytes[$0..<min($0 + 7_000, size)] }
        return (.multipart(runs: [head] + runs + ["\r\n--x--\r\n"]), bytes)
    }

    @Test(
        "A file's bytes are those that were sent, in memory and on the disk",
        arguments: [0, 1, 999, 1_000, 1_001, 200_000]
    )
    func keepsBytes(size: Int) async throws {
        try await withTemporaryDirectory { directory in
            let (request, bytes) = Self.upload(size: size)
            var limits = FormLimits()
            limits.fileMemory = 1_000
            let file = try #require(
                try await request.form(limits: limits, temporaryDirectory: directory).file("f")
            )
            #expect(file.isOnDisk == (size > 1_000))
            #expect(file.size == size)
            #expect(try await file.contents.collect(upTo: size) == bytes)
            #expect(try entries(of: directory).isEmpty, "a temporary file has no name")
        }
    }

    @Test("A file longer than what is collected answers 413")
    func limitsCollecting() async throws {
        let (request, _) = Self.upload(size: 2_000)
        let file = try #require(try await request.form().file("f"))
        let error = await #expect(throws: HTTPError.self) { try await file.contents.collect(upTo: 1_999) }
        #expect(error?.status == .contentTooLarge)
    }

    @Test("A file is saved where nothing is yet, twice as two files", arguments: [500, 150_000])
    func saves(size: Int) async throws {
        try await withTemporaryDirectory { directory in
            let (request, bytes) = Self.upload(size: size)
            var limits = FormLimits()
            limits.fileMemory = 1_000
            let file = try #require(try await request.form(limits: limits, temporaryDirectory: directory).file("f"))
            try await file.save(to: "\(directory)/one")
            try await file.save(to: "\(directory)/two")
            let error = await #expect(throws: FileSystemError.self) { try await file.save(to: "\(directory)/one") }
            #expect(error?.code == EEXIST)
            for name in ["one", "two"] {
                let status = try fileStatus("\(directory)/\(name)")
                #expect(status.st_mode & 0o777 == 0o600)
                #expect(status.st_nlink == 1)
                #expect(try contents(of: "\(directory)/\(name)") == bytes)
            }
        }
    }

    @Test("A file cannot be saved over a link, or where there is no folder")
    func refusesToSave() async throws {
        try await withTemporaryDirectory { directory in
            let file = UploadedFile(name: "f", filename: "f", bytes: "text")
            symlink("\(directory)/elsewhere", "\(directory)/link")
            await #expect(throws: FileSystemError.self) { try await file.save(to: "\(directory)/link") }
            await #expect(throws: FileSystemError.self) { try await file.save(to: "\(directory)/none/file") }
            let names = try entries(of: directory)
            #expect(names == ["link"])
        }
    }

    @Test("A file system that has no nameless files gets one that is unlinked")
    func unlinks() async throws {
        try await withTemporaryDirectory { directory in
            let file = try TemporaryFile.makeUnlinked(in: directory)
            try file.write("text", at: 0)
            #expect(try file.read(10, at: 1) == "ext")
            #expect(try entries(of: directory).isEmpty)
            let upload = UploadedFile(name: "f", filename: "f", contentType: nil, storage: .file(file, size: 4))
            try await upload.save(to: "\(directory)/saved")
            #expect(try contents(of: "\(directory)/saved") == "text")
        }
    }

    @Test("A temporary directory that is not there answers 500")
    func reportsFailure() async {
        let (request, _) = Self.upload(size: 300_000)
        let error = await #expect(throws: HTTPError.self) {
            try await request.form(temporaryDirectory: "/nonexistent")
        }
        #expect(error?.status == .internalServerError)
        #expect((error?.cause as? FileSystemError)?.code == ENOENT)
    }

    @Test("The descriptor goes with the last copy")
    func closes() async throws {
        let (request, _) = Self.upload(size: 300_000)
        var file = try await request.form().file("f")
        weak let open = file?.openFile
        #expect(open != nil)
        file = nil
        #expect(open == nil)
    }

    @Test(
        "A safe name is one component of a path",
        arguments: [
            ("cat.jpg", "cat.jpg"), ("../../etc/passwd", "passwd"), ("C:\\Windows\\a.txt", "a.txt"), ("/", "file"),
            ("", "file"), ("..", "file"), (".", "file"), (".htaccess", "htaccess"), ("a/", "a"), ("a\0b.txt", "ab.txt"),
            ("a\r\nb", "ab"), (" a . ", "a"), ("what?.txt", "what_.txt"), ("evil\u{202E}gpj.exe", "evilgpj.exe"),
            ("日本 🙂.txt", "日本 🙂.txt"), ("....", "file"), ("a:b", "a_b"), ("..\\..\\", "file"),
            (String(repeating: "a", count: 300) + ".jpeg", String(repeating: "a", count: 195) + ".jpeg"),
            (String(repeating: "é", count: 150), String(repeating: "é", count: 100)),
        ]
    )
    func makesNamesSafe(filename: String, expected: String) {
        #expect(UploadedFile(name: "f", filename: filename, bytes: "").safeFilename == expected)
    }

    @Test("No name leaves its folder", arguments: 1...100)
    func keepsNamesSafe(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let scraps = ["..", "/", "\\", ".", "\0", "a", " ", "é", "\u{202E}", "\n", "x.y"]
        let filename = (0..<Int.random(in: 0..<150, using: &random))
            .map { _ in scraps.randomElement(using: &random) ?? "" }.joined()
        let safe = UploadedFile(name: "f", filename: filename, bytes: "").safeFilename
        #expect(!safe.isEmpty && safe.utf8.count <= 200)
        #expect(safe != "." && safe != "..")
        #expect(!safe.utf8.contains { $0 < 0x20 || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") })
    }
}

extension UploadedFile {
    fileprivate var openFile: OpenFile? {
        if case .file(let file, _) = self.storage { file } else { nil }
    }

    fileprivate var isOnDisk: Bool { self.openFile != nil }
}
