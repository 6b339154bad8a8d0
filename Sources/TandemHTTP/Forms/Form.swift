// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A form that has arrived: its texts, and its files.
///
/// ```swift
/// let form = try await request.form()
/// let subject = form["subject"] ?? ""
/// if let photo = form.file("photo") {
///     try await photo.save(to: "/srv/photos/\(id).jpg")
/// }
/// ```
public struct Form: Sendable {
    /// The texts, in order.
    public var fields: FormFields
    /// The files, in order.
    public var files: [UploadedFile]

    /// A form of its parts.
    public init(fields: FormFields = FormFields(), files: [UploadedFile] = []) {
        self.fields = fields
        self.files = files
    }

    /// The text of the first field with this name.
    public subscript(name: String) -> String? { self.fields[name] }

    /// The texts of all fields with this name, in order.
    public func all(_ name: String) -> [String] { self.fields.all(name) }

    /// The first file of the field with this name.
    public func file(_ name: String) -> UploadedFile? {
        self.files.first { $0.name == name }
    }

    /// All files of the field with this name, in order.
    public func files(_ name: String) -> [UploadedFile] {
        self.files.filter { $0.name == name }
    }
}

extension Request {
    /// The form in the body, `multipart/form-data` or `application/x-www-form-urlencoded`, once all of it is there.
    ///
    /// Small files stay in memory, larger ones go to a temporary file without a name, which is gone with the last
    /// copy of its ``UploadedFile``. Bytes that are not UTF-8 become U+FFFD in texts.
    ///
    /// - Parameters:
    ///   - limits: What the form may hold, beside ``Limits/body``.
    ///   - temporaryDirectory: Where larger files go; `TMPDIR` or else `/tmp` by default.
    /// - Returns: The texts and the files.
    /// - Throws: ``HTTPError`` with 415 where the content type is not a form's, with 400 where the form is malformed,
    ///   with 413 where it passes a limit, with 507 where the disk is full.
    public func form(
        limits: FormLimits = FormLimits(),
        temporaryDirectory: String? = nil
    ) async throws -> Form {
        switch try FormEncoding(self.headers) {
        case .urlEncoded:
            let bytes = try await self.body.collect(upTo: limits.fieldBytes)
            return Form(fields: try FormFields(urlEncoded: bytes, limits: limits))
        case .multipart(let boundary):
            var collector = FormCollector(limits: limits, temporaryDirectory: temporaryDirectory)
            for try await part in MultipartBody(self.body, boundary: boundary, limits: limits) {
                try await collector.add(part)
            }
            return collector.form
        }
    }
}
