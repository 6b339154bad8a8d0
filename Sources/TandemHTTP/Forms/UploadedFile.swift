// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// A file that came with a form.
///
/// A small one is held in memory, a larger one on the disk, where it is gone with the last copy of this value.
///
/// ```swift
/// guard let photo = form.file("photo") else { throw HTTPError(.badRequest, "Choose a photo.") }
/// let bytes = try await photo.contents.collect(upTo: 5_000_000)
/// try await photo.save(to: "/srv/photos/\(id).jpg")
/// ```
public struct UploadedFile: Sendable {
    enum Storage: Sendable {
        case memory(Bytes)
        case file(OpenFile, size: Int)

        var size: Int {
            switch self {
            case .memory(let bytes): bytes.count
            case .file(_, let size): size
            }
        }
    }

    /// The name of the form's field.
    public let name: String
    /// The name that the client gives the file; never make a path of it, see ``safeFilename``.
    public let filename: String
    /// The media type that the client claims; `nil` stands for `text/plain`.
    public let contentType: String?

    let storage: Storage

    init(name: String, filename: String, contentType: String?, storage: Storage) {
        self.name = name
        self.filename = filename
        self.contentType = contentType
        self.storage = storage
    }

    /// A file in memory, as tests make them.
    public init(name: String, filename: String, contentType: String? = nil, bytes: Bytes) {
        self.init(name: name, filename: filename, contentType: contentType, storage: .memory(bytes))
    }

    /// The number of bytes.
    public var size: Int { self.storage.size }

    /// The bytes, from the first one each time this is asked for; at most 64 KiB of a larger file at a time.
    public var contents: RequestBody {
        switch self.storage {
        case .memory(let bytes): RequestBody(bytes)
        case .file(let file, let size):
            RequestBody(storage: .stream(OpenFileSource(file: file, size: size)), length: size)
        }
    }
}

extension UploadedFile: CustomStringConvertible {
    /// The name of the field and the size.
    public var description: String { "\(self.name): \(self.size) bytes" }
}
