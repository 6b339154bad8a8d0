// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SeededRandom
import TandemAPI
import TandemHTTP
import TandemSchema
import Testing

@Suite("Files come with the body's other fields")
struct UploadTests {
    private let handler: any Handler

    init() throws {
        let routes = Routes()
        routes.mount(Signups())
        self.handler = try routes.handler()
    }

    private static func file(_ name: String, _ filename: String) -> UploadedFile {
        UploadedFile(name: name, filename: filename, bytes: "")
    }

    /// What an upload is answered, which must be the same where it comes in pieces.
    private func answer(_ request: Request) async -> Served {
        let answer = await Served(of: self.handler, to: request)
        let pieces = await Served(of: self.handler, to: request.inPieces)
        #expect(answer.status == pieces.status)
        #expect(answer.text == pieces.text)
        return answer
    }

    @Test("Small and large files arrive whole", arguments: [0, 1, 1_000, 256 * 1024 - 1, 256 * 1024 + 1, 3_000_000])
    func sizes(size: Int) async {
        var generator = SeededGenerator(seed: UInt64(size))
        let content = Bytes((0..<size).map { _ in UInt8.random(in: 0...255, using: &generator) })
        let sum = content.reduce(0) { ($0 + Int($1)) % 65_521 }
        let files = [Self.file("portrait", "a.png"), Self.file("others", "../b.png"), Self.file("others", "c.png")]
        let request = FormRequest.multipart(
            "/signups/photos",
            ["name": "Ada"],
            method: .put,
            files: files,
            contents: [content, "12", "345"]
        )
        let answer = await self.answer(request)
        #expect(answer.status == .ok)
        #expect(answer.text == "Ada \(size) \(sum) b.png:2 c.png:3 -")
    }

    @Test(
        "What is missing, and what there is too much of, is said at its field",
        arguments: [
            (["badge"], ["name": "A"], [#"{"in":"body","pointer":"/portrait","rule":"required""#]),
            (
                ["portrait", "portrait"], ["name": "A"],
                [#"{"in":"body","pointer":"/portrait","rule":"type","expected":"one file","actual":"2 files""#]
            ),
            ([], ["portrait": "text"], [#""pointer":"/portrait","rule":"required""#, #""pointer":"/name""#]),
            (["portrait"], ["name": "A", "x": "y"], [#""pointer":"/x","rule":"unknown""#]),
        ] as [([String], FormFields, [String])]
    )
    func faults(names: [String], fields: FormFields, errors: [String]) async {
        let files = names.map { Self.file($0, "\($0).png") }
        let contents = names.map { Bytes($0) }
        let request = FormRequest.multipart("/signups/photos", fields, method: .put, files: files, contents: contents)
        let answer = await self.answer(request)
        #expect(answer.status == .unprocessableContent)
        for error in errors { #expect(answer.text?.contains(error) == true, "\(answer.text ?? "")") }
    }

    @Test("A field for a file where none was chosen is none")
    func empty() async {
        let files = [Self.file("portrait", "a.png"), Self.file("badge", "")]
        let fields: FormFields = ["name": "A"]
        let request = FormRequest.multipart("/signups/photos", fields, method: .put, files: files, contents: ["1", ""])
        #expect(await self.answer(request).text == "A 1 49 -")
        let none = FormRequest.multipart("/signups/files", [:], files: [Self.file("files", "")], contents: [""])
        #expect(await self.answer(none).text?.contains(#""pointer":"/files","rule":"required""#) == true)
    }

    @Test("Anything but a form of parts is refused", arguments: ["application/json", "text/plain", nil])
    func unsupported(type: String?) async {
        var request = Request(.put, "/signups/photos", body: #"{"name":"A"}"#)
        request.headers["content-type"] = type
        let answer = await self.answer(request)
        #expect(answer.status == .unsupportedMediaType)
        #expect(answer.headers["accept"] == "multipart/form-data")
    }
}
