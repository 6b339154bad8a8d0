// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import SwiftParser
import SwiftSyntax
import Testing

@Suite("@GET and its like write an endpoint, and say what is wrong with a function")
struct EndpointMacroTests {
    @Test("Parameters are chosen by their types, and read with the body last")
    func expansion() {
        let expansion = Expansion(
            """
            @POST("{id}") public func photo(id: Int, _ draft: Draft, file: UploadedFile, at place: Query<Place>) async {}
            """
        )
        #expect(expansion.diagnostics == [])
        let lines = [
            "public func endpoint_photo() -> Endpoint {",
            #"let _id = Parameters.path("id", Int.self)"#, "let _draft = Parameters.body(Draft.self)",
            #"let _file = Parameters.named("file", UploadedFile.self)"#,
            #"let _at = Parameters.named("at", Query<Place>.self)"#,
            "await self.`photo`(id: `id`, `draft`, file: `file`, at: `at`)",
        ]
        for line in lines { #expect(expansion.text.contains(line), "\(line)") }
        let reads = expansion.text.ranges(of: "readWaiting(&reading)").map { expansion.text[..<$0.lowerBound] }
        #expect(reads.map { $0.split(separator: " ").last } == ["_id.", "_file.", "_at.", "_draft."])
        #expect(!Parser.parse(source: expansion.text).hasError)
    }

    @Test("Each part of a comment stands where it belongs")
    func documentation() {
        let expansion = Expansion(
            """
            /// List tickets
            /// of a desk.
            ///
            /// All of them.
            ///
            /// - Note: They are many.
            /// - Parameter desk: The desk's
            ///     name: a word.
            /// - Parameters:
            ///   - limit: How many,
            ///     - not more: ever.
            ///   - internal: Inside.
            /// - Throws: What it throws.
            /// - Returns: The tickets,
            ///   newest first.
            ///
            /// And the end.
            @available(*, deprecated, message: "old")
            @GET("{desk}") func list(desk: String, limit: Int, outside internal: Int, other: Int) -> Int { 1 }
            """
        )
        let lines = [
            #"summary: "List tickets of a desk.","#,
            #"details: "All of them.\n\n- Note: They are many.\nAnd the end.","#,
            #"operation.result.summary = "The tickets, newest first.""#,
            #"operation.document("The desk's name: a word.") {"#,
            #"operation.document("How many, - not more: ever.") {"#,
            #"operation.document("Inside.") {"#,
            "_other.describe(in: &operation, &definitions)",
            "operation.isDeprecated = true",
        ]
        for line in lines { #expect(expansion.text.contains(line), "\(line)") }
        #expect(!expansion.text.contains("What it throws.\""))
        #expect(expansion.text.ranges(of: #"@available(*, deprecated, message: "old")"#).count == 2)
    }

    @Test("A comment between stars is read as well")
    func blockComment() {
        let expansion = Expansion(
            """
            /**
             * List tickets.
             *
             * - Parameters:
             *   - limit: How many.
             *   - page: Which.
             * - Returns: All.
             */
            @GET func list(limit: Int, page: Int) -> Int { 1 }
            """
        )
        for text in [#"summary: "List tickets.","#, #"("How many.")"#, #"("Which.")"#, #"= "All.""#, "details: nil"] {
            #expect(expansion.text.contains(text), "\(text)")
        }
    }

    @Test("An API with a deprecated endpoint calls it without a warning")
    func deprecation() {
        let expansion = Expansion("@API struct A { @available(*, deprecated) @GET func a() {}; @GET func b() {} }")
        #expect(expansion.text.contains("[self.endpoint_a(), self.endpoint_b()]"))
        // At the function, at what makes its endpoint, and at what gathers them.
        #expect(expansion.text.ranges(of: "@available(*, deprecated)").count == 3)
    }

    @Test(
        "Each mistake is shown at its words, with what to write instead",
        arguments: [
            (
                "@GET func a(photo: UploadedFile) {}",
                "GET has no body to upload a file in; write @POST or @PUT @ UploadedFile"
            ),
            (
                "@DELETE func a(photos: [UploadedFile] = []) {}",
                "DELETE has no body to upload a file in; write @POST or @PUT @ [UploadedFile]"
            ),
            (
                #"@Route(.head, "") func a(photo: TandemHTTP.UploadedFile?) {}"#,
                "HEAD has no body to upload a file in; write @POST or @PUT @ TandemHTTP.UploadedFile?"
            ),
            (
                "@POST func a(_ photo: UploadedFile) {}",
                "a file is a field of a form: give 'photo' a label, its name in the form @ UploadedFile"
            ),
            (
                "@POST func a(_ body: Bytes, photo: UploadedFile) {}",
                "the files are in the body: take its other fields as a @Schema type, or the files as parts of it @ Bytes"
            ),
            (
                "@GET func a(_ filter: Filter) {}",
                "GET has no body; give 'filter' a label to take it from the query @ _ filter: Filter"
            ),
            (
                "@POST func a(_ a: A, _ b: B) {}",
                "a request has one body; give 'b' a label to take it from elsewhere @ _ b: B"
            ),
            (
                #"@GET("{id}") func a() {}"#,
                #"nothing takes {id}: add the parameter 'id' to 'a' @ "{id}""#
            ),
            ("@GET var a: Int", "@GET is for functions @ @GET"),
            ("@API class A {}", "@API is for structs, whose functions are called by many requests at once @ @API"),
        ]
    )
    func mistakes(source: String, diagnostic: String) {
        #expect(Expansion(source).diagnostics == [diagnostic])
    }
}
