// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import TandemHTTP

/// Where a handler writes and a test reads: a write waits until it is read.
actor Pipe: BodySink {
    private var waiting: [Bytes] = []
    private var end: Result<Void, any Error>?
    private var reader: CheckedContinuation<Void, Never>?
    private var writer: CheckedContinuation<Void, Never>?
    private var isClosed = false

    func write(_ bytes: Bytes) async throws {
        if bytes.isEmpty { return }
        self.waiting.append(bytes)
        self.wake(&self.reader)
        while !self.waiting.isEmpty, !self.isClosed {
            await withTaskCancellationHandler {
                await withCheckedContinuation { self.writer = $0 }
            } onCancel: {
                Task { await self.close() }
            }
        }
        if self.isClosed { throw HTTPError.clientGone }
    }

    func setTrailers(_ trailers: Headers) async throws {}

    /// What is next, for the one reader; `nil` at the end.
    func next() async throws -> Bytes? {
        while true {
            if !self.waiting.isEmpty {
                let bytes = self.waiting.removeFirst()
                self.wake(&self.writer)
                return bytes
            }
            if let end {
                try end.get()
                return nil
            }
            await withCheckedContinuation { self.reader = $0 }
        }
    }

    /// The writer is through.
    func finish(_ error: (any Error)?) {
        self.end = error.map { .failure($0) } ?? .success(())
        self.wake(&self.reader)
    }

    /// The reader is gone.
    func close() {
        self.isClosed = true
        self.wake(&self.writer)
    }

    private func wake(_ continuation: inout CheckedContinuation<Void, Never>?) {
        continuation?.resume()
        continuation = nil
    }
}

/// Keeps what is written.
actor CollectingSink: BodySink {
    private(set) var bytes = Bytes()
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    func write(_ bytes: Bytes) async throws {
        guard self.bytes.count + bytes.count <= self.limit else {
            throw TestClientError(
                description: "The body is longer than \(self.limit) bytes; read it with `stream`, or pass a limit."
            )
        }
        self.bytes.append(bytes)
    }

    func setTrailers(_ trailers: Headers) async throws {}
}

extension ResponseBody {
    /// Writes all of it.
    func write(to writer: BodyWriter) async throws {
        switch self {
        case .empty, .webSocket: break
        case .bytes(let bytes): try await writer.write(bytes)
        case .stream(let stream): try await stream.write(writer)
        case .file(let region): try await region.stream.write(writer)
        }
    }
}
