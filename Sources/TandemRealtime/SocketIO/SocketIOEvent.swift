// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemHTTP
public import TandemSchema

/// An event with its arguments, whatever they are: for listeners of all events, and for middleware.
public struct SocketIOEvent: Sendable {
    /// Its name; of a number, the digits.
    public let name: String
    /// The array that it came as: its name, and its arguments.
    public let payload: SocketIOPayload

    /// What neither side may call an event, since Socket.IO does.
    static let reservedNames: Set<String> = [
        "connect", "connection", "connect_error", "disconnect", "disconnecting", "new_namespace", "newListener",
        "removeListener",
    ]

    /// An event of the array that it came as; `nil` where that has no name.
    public init?(_ payload: SocketIOPayload) {
        let name = try? JSONReader.read(payload.json) { reader -> String? in
            var isFirst = true
            guard try reader.beginArray(), try reader.nextElement(&isFirst) else { return nil }
            let name = try reader.eventName()
            while try reader.nextElement(&isFirst) { try reader.skipValue() }
            return name
        }
        guard let name else { return nil }
        self.init(name: name, payload)
    }

    init(name: String, _ payload: SocketIOPayload) {
        self.name = name
        self.payload = payload
    }

    /// The arguments, each of its type; those that follow are left alone, and an optional one may be missing.
    ///
    /// - Throws: `ValidationError` where one is not of its type or not there.
    public func arguments<each Argument: Schema>(
        as types: repeat (each Argument).Type
    ) throws -> (repeat each Argument) {
        try self.payload.values(after: 1, as: repeat each types)
    }

    /// The arguments as JSON, in which bytes are placeholders.
    public var arguments: [JSON] { Array(self.payload.array.dropFirst()) }

    /// The bytes among the arguments.
    public var attachments: [Bytes] { self.payload.attachments }
}

extension JSONReader {
    /// Reads the name of an event; `nil` where there is something that is none.
    mutating func eventName() throws(JSONError) -> String? {
        let value = try JSON(json: &self)
        switch value {
        case .string(let name): return name
        case .number(let digits): return digits
        default: return nil
        }
    }
}
