// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Tandem

/// What belongs to a ticket: pictures, logs.
@API("/tickets/{id}/attachments") struct Attachments {
    /// List the files of a ticket.
    @GET func list(id: Int, store: TicketStore) async throws(TicketError) -> [AttachedFile] {
        try await store.attachments(of: id).map(\.described)
    }

    /// Add files to a ticket.
    ///
    /// Each may have a mebibyte.
    @POST func add(id: Int, files: [UploadedFile], store: TicketStore) async throws -> Created<[AttachedFile]> {
        var stored: [StoredFile] = []
        for file in files {
            let bytes = try await file.contents.collect(upTo: 1 << 20)
            stored.append(StoredFile(name: file.safeFilename, bytes: bytes))
        }
        let all = try await store.attach(stored, to: id)
        return Created(all.map(\.described), at: "/tickets/\(id)/attachments")
    }

    /// Fetch a file.
    @GET("{name}") func get(id: Int, name: String, store: TicketStore) async throws(TicketError) -> Bytes {
        let files = try await store.attachments(of: id)
        guard let file = files.last(where: { $0.name == name }) else { throw .noSuchFile }
        return file.bytes
    }
}

@Schema struct AttachedFile {
    /// The name to fetch it by.
    var name: String
    /// Its bytes.
    var size: Int
}

/// A file, in memory.
struct StoredFile {
    let name: String
    let bytes: Bytes

    var described: AttachedFile { AttachedFile(name: self.name, size: self.bytes.count) }
}
