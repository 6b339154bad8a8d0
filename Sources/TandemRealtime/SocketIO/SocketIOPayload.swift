// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemHTTP
public import TandemSchema

/// The JSON that a packet carries, and the bytes that stand beside it: mostly an array of arguments.
///
/// An argument is written by its type and read by the type that is asked for; what is not asked for is never made a
/// value of.
public struct SocketIOPayload: Sendable, Hashable {
    /// The JSON text; where bytes belong, it has `{"_placeholder":true,"num":0}`.
    public let json: String
    /// The bytes, by those numbers.
    public let attachments: [Bytes]

    /// A payload of parts that are there already.
    public init(json: String, attachments: [Bytes] = []) {
        self.json = json
        self.attachments = attachments
    }

    /// An array of values, such as the arguments of an acknowledgement.
    ///
    /// A number that JSON has no text for, such as infinity, is `null`, as in JavaScript.
    public init<each Value: Schema>(_ values: repeat each Value) {
        var writer = JSONWriter(capacity: 128)
        writer.attachments = []
        writer.beginArray()
        repeat writer.append(each values)
        writer.endArray()
        self.init(&writer)
    }

    /// An array that begins with the name of an event.
    public init<each Value: Schema>(event: String, _ values: repeat each Value) {
        var writer = JSONWriter(capacity: 128)
        writer.attachments = []
        writer.beginArray()
        writer.write(event)
        repeat writer.append(each values)
        writer.endArray()
        self.init(&writer)
    }

    /// One value, not in an array.
    init(object value: some Schema) {
        var writer = JSONWriter(capacity: 128)
        value.write(json: &writer)
        self.init(&writer)
    }

    private init(_ writer: inout JSONWriter) {
        self.json = writer.lenientText()
        self.attachments = writer.attachments?.compactMap { $0 as? Bytes } ?? []
    }

    /// The values of an array, each of its type.
    ///
    /// What follows them is left alone, and an optional one may be missing.
    ///
    /// - Throws: `ValidationError` where one is not of its type or not there, `JSONError` where the text is no JSON.
    public func values<each Value: Schema>(as types: repeat (each Value).Type) throws -> (repeat each Value) {
        try self.values(after: 0, as: repeat each types)
    }

    /// The values of an array behind the first `count`, each of its type.
    func values<each Value: Schema>(
        after count: Int,
        as types: repeat (each Value).Type
    ) throws -> (repeat each Value) {
        try JSONReader.read(self.json, attachments: self.attachments) { reader in
            var arguments = try ArgumentReading(&reader, skipping: count)
            let values = (repeat try arguments.next(each types, from: &reader))
            try arguments.finish(&reader)
            return values
        }
    }

    /// The values of an array as JSON, in which bytes are placeholders; empty where it is none.
    public var array: [JSON] { (try? JSON.decode([JSON].self, from: self.json)) ?? [] }
}

extension JSONWriter {
    /// Writes an element of an array.
    fileprivate mutating func append(_ value: some Schema) {
        self.separate()
        value.write(json: &self)
    }
}

/// Reads the elements of an array one by one, each by its type.
private struct ArgumentReading {
    private var isFirst = true
    private var isOver = false
    private var index = 0

    init(_ reader: inout JSONReader, skipping count: Int) throws {
        guard try reader.beginArray() else { throw ValidationError(reader.violations) }
        for _ in 0..<count where try self.goOn(&reader) { try reader.skipValue() }
    }

    private mutating func goOn(_ reader: inout JSONReader) throws(JSONError) -> Bool {
        if !self.isOver { self.isOver = try !reader.nextElement(&self.isFirst) }
        return !self.isOver
    }

    mutating func next<Value: Schema>(_ type: Value.Type, from reader: inout JSONReader) throws -> Value {
        let pointer = "/\(self.index)"
        self.index += 1
        guard try self.goOn(&reader) else {
            if let absent = Value.absent { return absent }
            throw ValidationError([Violation("required", expected: "there", pointer: pointer)])
        }
        let value = try Value(json: &reader)
        guard let value, reader.violations.isEmpty else {
            throw ValidationError(
                reader.violations.map { violation in
                    var violation = violation
                    violation.pointer = pointer + violation.pointer
                    return violation
                }
            )
        }
        return value
    }

    mutating func finish(_ reader: inout JSONReader) throws(JSONError) {
        while try self.goOn(&reader) { try reader.skipValue() }
    }
}
