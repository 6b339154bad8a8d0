// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import TandemHTTP

@Suite("Collected forms")
struct FormTests {
    private static let file = "form-data; name=photo; filename=\"cat.jpg\""

    @Test("An urlencoded form gives its fields")
    func readsURLEncoded() async throws {
        let form = try await Request.form("application/x-www-form-urlencoded", "a=1&b=x+y&a=2").form()
        #expect(form["b"] == "x y")
        #expect(form.all("a") == ["1", "2"])
        #expect(form.fields.count == 3 && form.files.isEmpty)
    }

    @Test("A multipart form gives its fields and files")
    func readsMultipart() async throws {
        let body =
            part("form-data; name=a", "é") + part(Self.file, "meow", "Content-Type: image/jpeg")
            + part("form-data; name=a", "") + part(Self.file, "purr") + "--x--"
        let form = try await Request.multipart(body).form()
        #expect(form.fields == ["a": "é", "a": ""])
        #expect(form.file("none") == nil)
        #expect(form.files("photo").map(\.size) == [4, 4])
        let photo = try #require(form.file("photo"))
        #expect(photo.filename == "cat.jpg" && photo.contentType == "image/jpeg")
        #expect(try await photo.contents.collect(upTo: 4) == "meow")
        #expect(try await photo.contents.collect(upTo: 4) == "meow")
    }

    @Test("A file input where nothing was chosen is no file")
    func dropsTheUnchosen() async throws {
        let none = part("form-data; name=photo; filename=\"\"", "", "Content-Type: application/octet-stream")
        let empty = part("form-data; name=notes; filename=\"empty.txt\"", "")
        let form = try await Request.multipart(none + empty + "--x--").form()
        #expect(form.files.map(\.filename) == ["empty.txt"])
    }

    @Test("Bytes that are not UTF-8 become U+FFFD")
    func repairsText() async throws {
        var body = Bytes("--x\r\nContent-Disposition: form-data; name=a\r\n\r\n")
        body.append(Bytes([0x61, 0xFF, 0x62] as [UInt8]))
        body.append("\r\n--x--")
        #expect(try await Request.multipart(runs: [body]).form()["a"] == "a\u{FFFD}b")
    }

    @Test("A body that is no form answers 415")
    func refusesOthers() async {
        let error = await #expect(throws: HTTPError.self) {
            try await Request.form("application/json", "{}").form()
        }
        #expect(error?.status == .unsupportedMediaType && error?.code == "not-a-form")
    }

    struct Breach: Sendable {
        let type: String
        let body: String
        let code: HTTPError.Code
        let set: @Sendable (inout FormLimits) -> Void
    }

    static let breaches: [Breach] = [
        Breach(type: "application/x-www-form-urlencoded", body: "a=1&b=2&c=3", code: "too-many-form-fields") {
            $0.fields = 2
        },
        Breach(type: "application/x-www-form-urlencoded", body: "a=1&b=2&c=3", code: "content-too-large") {
            $0.fieldBytes = 10
        },
        Breach(
            type: "multipart/form-data; boundary=x",
            body: part("form-data; name=a", "12345") + part("form-data; name=b", "12345") + "--x--",
            code: "form-fields-too-large"
        ) { $0.fieldBytes = 11 },
        Breach(
            type: "multipart/form-data; boundary=x",
            body: part("form-data; name=a", "1") + part("form-data; name=b", "2") + "--x--",
            code: "too-many-form-fields"
        ) { $0.fields = 1 },
        Breach(
            type: "multipart/form-data; boundary=x",
            body: part(file, "1") + part(file, "2") + "--x--",
            code: "too-many-files"
        ) { $0.files = 1 },
        Breach(type: "multipart/form-data; boundary=x", body: part(file, "12345") + "--x--", code: "file-too-large") {
            $0.fileBytes = 4
        },
        Breach(
            type: "multipart/form-data; boundary=x",
            body: part(file, "1") + "--x--",
            code: "part-headers-too-large"
        ) { $0.partHeaderBytes = 20 },
        Breach(
            type: "multipart/form-data; boundary=x",
            body: part(file, "1", "a: b") + "--x--",
            code: "too-many-part-headers"
        ) { $0.partHeaderCount = 1 },
    ]

    @Test("Each limit has its own error, with 413", arguments: breaches.indices)
    func limits(index: Int) async {
        let breach = Self.breaches[index]
        var limits = FormLimits()
        breach.set(&limits)
        let error = await #expect(throws: HTTPError.self) {
            try await Request.form(breach.type, breach.body).form(limits: limits)
        }
        #expect(error?.status == .contentTooLarge)
        #expect(error?.code == breach.code)
    }

    @Test("No limit is passed by what just fits", arguments: breaches.indices)
    func allowsTheRest(index: Int) async throws {
        let breach = Self.breaches[index]
        let form = try await Request.form(breach.type, breach.body).form()
        #expect(!form.fields.isEmpty || !form.files.isEmpty)
    }
}
