// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What generated code asks about keys that are none of its properties.
extension JSONReader {
    /// Reads the tag of the object at the cursor, wherever in it the tag stands, and goes back to its start.
    ///
    /// What follows the tag is not looked at: one that comes first, as ours does, costs no pass over the object.
    ///
    /// - Returns: `nil` where there is none, or none of `tags`; the object has then been skipped.
    public mutating func readTag(_ key: StaticString, of tags: [String]) throws(JSONError) -> String? {
        let opening = self.cursor
        let depth = self.depth
        guard try self.beginObject() else { return nil }
        var place = ObjectPlace()
        var tag: JSON?
        while try self.nextKey(&place) {
            guard try self.takeKey() == key.description else {
                try self.skipValue()
                continue
            }
            tag = try JSON(json: &self)
            if case .string(let text)? = tag, tags.contains(text) {
                (self.cursor, self.depth) = (opening, depth)
                return text
            }
        }
        let choices = tags.map(\.debugDescription).joined(separator: " or ")
        if let tag {
            self.note(Violation("enum", expected: choices, actual: try? JSON.text(tag).shortened), at: key)
        } else {
            self.note(Violation("required", expected: "there, and \(choices)"), at: key)
        }
        return nil
    }

    /// Notes that a key is not known, and skips its value.
    public mutating func refuseUnknown(_ place: ObjectPlace) throws(JSONError) {
        let key = try self.unknownKey(place)
        try self.skipValue()
        let before = self.found.count
        self.note(Violation("unknown", expected: "left out: there is no such key"))
        self.prefix(since: before, with: key)
    }

    /// Keeps a key that is not known, with its value.
    public mutating func keepUnknown(in object: inout JSONObject, _ place: ObjectPlace) throws(JSONError) {
        let key = try self.unknownKey(place)
        // Without a look for the same key, which would cost the square of their number.
        if let value = try JSON(json: &self) { object.append(key, value) }
    }

    /// The key of the value at the cursor, read once more.
    private mutating func unknownKey(_ place: ObjectPlace) throws(JSONError) -> String {
        let value = self.cursor
        self.cursor = self.start + place.unknown
        let key = try self.takeString()
        self.cursor = value
        return key
    }
}
