// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

/// What a fuzzer calls.
extension MultipartParser {
    /// Drives the parser with an input, whole and in pieces, and stops the process where the two differ.
    ///
    /// The first byte of the input is the length of the pieces, the rest the body; its boundary is `x`.
    package static func fuzz(_ input: UnsafeRawBufferPointer) {
        guard let first = input.first else { return }
        let body = Bytes(input.dropFirst())
        let whole = Self.transcript(of: body, pieces: body.count)
        let pieces = Self.transcript(of: body, pieces: Int(first) + 1)
        precondition(whole == pieces, "the parser's answer depends on how the body is split")
    }

    /// The events of a body given in pieces, adjoining bytes joined, and the code and detail of the error.
    package static func transcript(
        of body: Bytes,
        boundary: String = "x",
        pieces: Int,
        limits: FormLimits = FormLimits()
    ) -> Transcript {
        var parser = MultipartParser(boundary: boundary, limits: limits)
        var transcript = Transcript()
        var offset = 0
        do throws(HTTPError) {
            while true {
                while let event = try parser.next() {
                    transcript.add(event)
                    if event == .end { return transcript }
                }
                if offset < body.count {
                    let end = Swift.min(offset + Swift.max(pieces, 1), body.count)
                    parser.append(body[offset..<end])
                    offset = end
                } else {
                    parser.finish()
                }
            }
        } catch {
            transcript.error = error.description
        }
        return transcript
    }

    /// What came of a body.
    package struct Transcript: Equatable, Sendable {
        package var events: [Event] = []
        package var error: String?

        mutating func add(_ event: Event) {
            if case .bytes(let more) = event, case .bytes(var bytes)? = self.events.last {
                bytes.append(more)
                self.events[self.events.count - 1] = .bytes(bytes)
            } else {
                self.events.append(event)
            }
        }
    }
}
