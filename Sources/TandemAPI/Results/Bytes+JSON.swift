// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP
import TandemSchema

extension Bytes {
    /// A value as JSON text, which stays where it is written unless it is long.
    ///
    /// - Throws: `JSONEncodingError` where the value has something in it that JSON has no text for.
    init<Value: Schema>(json value: Value) throws(JSONEncodingError) {
        var long: Result<Bytes, JSONEncodingError>?
        self.init(capacity: 2048) { memory in
            var writer = JSONWriter(lent: memory)
            value.write(json: &writer)
            if let count = writer.lentCount { return count }
            do throws(JSONEncodingError) {
                long = .success(try writer.withBytes { Bytes(copying: $0) })
            } catch {
                long = .failure(error)
            }
            return 0
        }
        if let long { self = try long.get() }
    }
}
