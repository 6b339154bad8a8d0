// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Drives the parser with a body's bytes, for the parts and for the part that is being read.
final class MultipartReader: Sendable {
    private struct State {
        var parser: MultipartParser
        /// The part last begun, counted from one.
        var part = 0
        var isInsidePart = false
        var isReading = false
    }

    private let state: Mutex<State>
    private let source: (any BodySource)?

    init(_ body: RequestBody, boundary: String, limits: FormLimits) {
        var parser = MultipartParser(boundary: boundary, limits: limits)
        if case .stream(let source) = body.storage {
            self.source = source
        } else {
            parser.append(body.complete ?? Bytes())
            parser.finish()
            self.source = nil
        }
        self.state = Mutex(State(parser: parser))
    }

    func nextPart() async throws -> MultipartPart? {
        while true {
            switch try await self.nextEvent() {
            case .part(let head):
                let number = self.state.withLock { $0.part }
                let source = MultipartPartSource(reader: self, part: number)
                return MultipartPart(
                    name: head.name,
                    filename: head.filename,
                    headers: head.headers,
                    body: RequestBody(storage: .stream(source), length: nil)
                )
            case .bytes, .partEnd: continue
            case .end: return nil
            }
        }
    }

    /// The next bytes of a part, or `nil` at its end.
    func nextBytes(of part: Int) async throws -> Bytes? {
        let isInside = try self.state.withLock { state in
            guard state.part == part else { throw Self.passedOver }
            return state.isInsidePart
        }
        guard isInside, case .bytes(let bytes) = try await self.nextEvent() else { return nil }
        return bytes
    }

    private func nextEvent() async throws -> MultipartParser.Event {
        while true {
            if let event = try self.state.withLock({ try Self.take(&$0) }) { return event }
            do {
                let bytes = try await self.source?.next()
                self.state.withLock { state in
                    state.isReading = false
                    if let bytes { state.parser.append(bytes) } else { state.parser.finish() }
                }
            } catch {
                self.state.withLock { $0.isReading = false }
                throw error
            }
        }
    }

    /// The next event that is there; where none is, the caller reads on.
    private static func take(_ state: inout State) throws -> MultipartParser.Event? {
        guard !state.isReading else { throw Self.readTwice }
        guard let event = try state.parser.next() else {
            state.isReading = true
            return nil
        }
        switch event {
        case .part:
            state.part += 1
            state.isInsidePart = true
        case .partEnd, .end: state.isInsidePart = false
        case .bytes: break
        }
        return event
    }

    private static var passedOver: HTTPError {
        HTTPError(.internalServerError, "A part of the form was read after the next part was asked for.")
    }

    private static var readTwice: HTTPError {
        HTTPError(.internalServerError, "Two tasks read the form at the same time.")
    }
}

/// The bytes of one part.
struct MultipartPartSource: BodySource {
    let reader: MultipartReader
    let part: Int

    func next() async throws -> Bytes? {
        try await self.reader.nextBytes(of: self.part)
    }

    var trailers: Headers { [:] }
}
