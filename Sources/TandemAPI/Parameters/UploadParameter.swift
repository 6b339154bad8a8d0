// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemHTTP
public import TandemSchema

/// A file, or several, of the form in the body.
///
/// The other fields of the form are the body: a parameter without a label takes them.
public struct UploadParameter<Value: Sendable>: EndpointParameter {
    private let name: String
    private let isMany: Bool
    private let isRequired: Bool
    private let value: @Sendable ([UploadedFile]) -> Value

    private init(
        _ name: String,
        isMany: Bool,
        isRequired: Bool,
        _ value: @escaping @Sendable ([UploadedFile]) -> Value
    ) {
        self.name = name
        self.isMany = isMany
        self.isRequired = isRequired
        self.value = value
    }

    /// Not ready: a form is read as it comes, and its files may go to the disk.
    public func isReady(in call: Call) -> Bool { false }

    /// Cannot be had at once.
    public func read(_ reading: inout CallReading) throws -> Value? { nil }

    /// Reads the form, where nobody has yet, and takes the files out of it.
    public func readWaiting(_ reading: inout CallReading) async throws -> Value? {
        let request = reading.call.request
        guard BodyEncoding(request.headers) == .multipart else { throw HTTPError.notMultipart }
        let files = try await reading.form().files(self.name)
        if files.isEmpty, self.isRequired {
            reading.note(Violation("required", expected: "a file", pointer: "/\(self.name)"), in: .body)
            return nil
        }
        if files.count > 1, !self.isMany {
            let actual = "\(files.count) files"
            reading.note(Violation("type", expected: "one file", actual: actual, pointer: "/\(self.name)"), in: .body)
            return nil
        }
        return self.value(files)
    }

    /// A file of the body.
    public func describe(in operation: inout Operation, _ definitions: inout Definitions) {
        operation.add(Operation.File(self.name, isMany: self.isMany, isRequired: self.isRequired))
    }
}

extension UploadParameter<UploadedFile> {
    /// The one file under a name; it must be there.
    public init(_ name: String) {
        self.init(name, isMany: false, isRequired: true) { $0[0] }
    }
}

extension UploadParameter<UploadedFile?> {
    /// The one file under a name, where there is one.
    public init(_ name: String) {
        self.init(name, isMany: false, isRequired: false) { $0.first }
    }
}

extension UploadParameter<[UploadedFile]> {
    /// The files under a name; with a fallback, none need be there.
    public init(_ name: String, default fallback: [UploadedFile]? = nil) {
        self.init(name, isMany: true, isRequired: fallback == nil) { $0.isEmpty ? fallback ?? [] : $0 }
    }
}
