// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// Gathers the parts of a multipart form.
struct FormCollector {
    let limits: FormLimits
    let temporaryDirectory: String?
    private(set) var form = Form()
    private var fieldBytes = 0

    init(limits: FormLimits, temporaryDirectory: String?) {
        self.limits = limits
        self.temporaryDirectory = temporaryDirectory
    }

    mutating func add(_ part: MultipartPart) async throws {
        if let filename = part.filename {
            try await self.addFile(part, filename)
        } else {
            try await self.addField(part)
        }
    }

    private mutating func addField(_ part: MultipartPart) async throws {
        try self.count(part.name.utf8.count)
        var value = Bytes()
        for try await bytes in part.body {
            try self.count(bytes.count)
            value.append(bytes)
        }
        self.form.fields.add(part.name, String(decoding: value, as: UTF8.self))
    }

    private mutating func count(_ bytes: Int) throws {
        self.fieldBytes += bytes
        if self.fieldBytes > self.limits.fieldBytes {
            throw HTTPError.formFieldsTooLarge(limit: self.limits.fieldBytes)
        }
    }

    private mutating func addFile(_ part: MultipartPart, _ filename: String) async throws {
        var spool = FileSpool(memory: self.limits.fileMemory, directory: self.temporaryDirectory)
        let isFull = self.form.files.count >= self.limits.files
        for try await bytes in part.body {
            if isFull { throw HTTPError.tooManyFiles(limit: self.limits.files) }
            if let limit = self.limits.fileBytes, spool.size + bytes.count > limit {
                throw HTTPError.fileTooLarge(limit: limit)
            }
            try await spool.write(bytes)
        }
        // What a browser sends for a file input where no file was chosen.
        if filename.isEmpty, spool.size == 0 { return }
        if isFull { throw HTTPError.tooManyFiles(limit: self.limits.files) }
        self.form.files.append(
            UploadedFile(
                name: part.name,
                filename: filename,
                contentType: part.contentType,
                storage: spool.storage
            )
        )
    }
}
