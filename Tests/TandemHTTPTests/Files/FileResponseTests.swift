// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import TandemHTTP

@Suite("One file as a response")
struct FileResponseTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        self.folder = try TemporaryFolder()
        self.path = "\(self.folder.path)/digits.txt"
        try self.folder.write("digits.txt", "0123456789", modified: 784_111_777)
    }

    private func get(_ headers: Headers = [:], method: Method = .get) throws -> Response {
        do {
            return try Response(file: self.path, for: Request(method, "/", headers: headers))
        } catch let error as HTTPError {
            return error.response
        }
    }

    @Test(
        "One range is that part of the file",
        arguments: [
            ("bytes=0-3", "0123", "bytes 0-3/10"), ("bytes=-2", "89", "bytes 8-9/10"),
            ("bytes=4-", "456789", "bytes 4-9/10"), ("bytes=0-", "0123456789", "bytes 0-9/10"),
            ("bytes=2-4,3-5", "2345", "bytes 2-5/10"), ("bytes=7-7,99-", "7", "bytes 7-7/10"),
        ]
    )
    func singleRange(field: String, text: String, contentRange: String) async throws {
        let response = try self.get(["range": field])
        #expect(response.status == .partialContent)
        #expect(response.headers["content-range"] == contentRange)
        #expect(response.headers["content-type"] == "text/plain; charset=utf-8")
        #expect(response.body.length == text.count)
        #expect(try await response.text() == text)
        let head = try self.get(["range": field], method: .head)
        #expect(head.status == .ok)
        #expect(head.body.length == 10)
    }

    @Test("Several ranges are parts of one body, whose length is known")
    func severalRanges() async throws {
        let response = try self.get(["range": "bytes=8-9, 0-0"])
        #expect(response.status == .partialContent)
        #expect(response.headers["content-range"] == nil)
        let type = try #require(response.headers["content-type"])
        let boundary = try #require(type.split(separator: "=").last)
        #expect(type == "multipart/byteranges; boundary=\(boundary)")
        let text = try await response.text()
        let head = "--\(boundary)\r\ncontent-type: text/plain; charset=utf-8\r\n"
        #expect(
            text == head + "content-range: bytes 8-9/10\r\n\r\n89\r\n"
                + head + "content-range: bytes 0-0/10\r\n\r\n0\r\n--\(boundary)--\r\n"
        )
        #expect(response.body.length == text.utf8.count)
    }

    @Test("Parts longer than a read are whole")
    func longParts() async throws {
        let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        try self.folder.write("long.bin", bytes: bytes)
        let response = try Response(
            file: "\(self.folder.path)/long.bin",
            for: Request(.get, "/", headers: ["range": "bytes=1-200000,250000-"])
        )
        let content = Array(try await response.content())
        #expect(content.count == response.body.length)
        #expect(content.split(separator: Array("\r\n\r\n".utf8)).count >= 3)
        #expect(content.firstRange(of: bytes[1...200_000]) != nil)
        #expect(content.firstRange(of: bytes[250_000...]) != nil)
    }

    @Test("A range that no byte is in is 416, with the length")
    func unsatisfiable() throws {
        let response = try self.get(["range": "bytes=10-"])
        #expect(response.status == .rangeNotSatisfiable)
        #expect(response.headers["content-range"] == "bytes */10")
    }

    @Test("A range is for GET alone, and a malformed one for nobody")
    func ignoredRange() async throws {
        for field in ["bytes=3-1", "lines=1-2", "bytes"] {
            let response = try self.get(["range": field])
            #expect(response.status == .ok)
            #expect(try await response.text() == "0123456789")
        }
        #expect(try self.get(["range": "bytes=0-1"], method: .post).status == .ok)
    }

    @Test("If-Range gives the part of the same file, and the whole of another")
    func ifRange() throws {
        let tag = try #require(try self.get().headers["etag"])
        let date = "Sun, 06 Nov 1994 08:49:37 GMT"
        for (condition, status) in [
            (tag, Status.partialContent), (date, .partialContent), ("\"x\"", .ok), ("W/\(tag)", .ok),
        ] {
            #expect(try self.get(["range": "bytes=0-1", "if-range": condition]).status == status)
        }
    }

    @Test("A client that has the file already gets 304 with its validators alone")
    func notModified() throws {
        let whole = try self.get()
        let tag = try #require(whole.headers["etag"])
        for headers: Headers in [["if-none-match": tag], ["if-modified-since": "Sun, 06 Nov 1994 08:49:37 GMT"]] {
            for method: Method in [.get, .head] {
                let response = try self.get(headers, method: method)
                #expect(response.status == .notModified)
                #expect(response.headers["etag"] == tag)
                #expect(response.headers["content-type"] == nil)
                #expect(response.body.length == 0)
            }
        }
        #expect(try self.get(["if-none-match": tag, "range": "bytes=99-"]).status == .notModified)
    }

    @Test("A condition that fails is 412")
    func failed() throws {
        #expect(try self.get(["if-match": "\"x\""]).status == .preconditionFailed)
        let before = "Sun, 06 Nov 1994 08:49:36 GMT"
        #expect(try self.get(["if-unmodified-since": before, "range": "bytes=99-"]).status == .preconditionFailed)
    }

    @Test("What is no regular file is 404", arguments: ["", "/nothing", "/fifo", "/folder", "/link"])
    func notRegular(name: String) throws {
        try self.folder.makeFifo("fifo")
        try self.folder.makeDirectory("folder")
        try self.folder.link("link", to: "link")
        let error = #expect(throws: HTTPError.self) { try Response(file: self.folder.path + name) }
        #expect(error?.status == .notFound)
    }

    @Test(
        "A name to save the file under is told to old clients too",
        arguments: [
            ("report.pdf", "attachment; filename=\"report.pdf\""),
            ("a b.pdf", "attachment; filename=\"a b.pdf\""),
            ("a\"b\\.pdf", "attachment; filename=\"a_b_.pdf\"; filename*=UTF-8''a%22b%5C.pdf"),
            ("€.pdf", "attachment; filename=\"_.pdf\"; filename*=UTF-8''%E2%82%AC.pdf"),
            ("a\r\nx: y", "attachment; filename=\"a__x: y\"; filename*=UTF-8''a%0D%0Ax%3A%20y"),
        ]
    )
    func download(name: String, field: String) throws {
        let response = try Response(file: self.path, cacheControl: "no-store", downloadName: name)
        #expect(response.headers["content-disposition"] == field)
        #expect(response.headers["cache-control"] == "no-store")
    }
}
