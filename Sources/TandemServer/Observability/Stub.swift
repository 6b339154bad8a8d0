import TandemHTTP
import NIOCore
public struct ObservabilitySettings: Sendable { public init() {} }
struct Observer: Sendable { init(_ s: ObservabilitySettings) {}; func begin(_ r: Request) -> Observation? { nil }; func connectionOpened() {}; func connectionClosed() {} }
struct Observation: Sendable { func end(status: Status, bytesSent: Int, error: (any Error)?) {} }
extension Optional<Observation> {
    func inContext<T>(_ b: () throws -> T) rethrows -> T { try b() }
    func inContext<T>(_ b: () async throws -> T) async rethrows -> T { try await b() }
}
extension ByteBuffer { mutating func writeHTTPDate(_ x: X) { writeStaticString("Mon, 23 Nov 2026 09:38:00 GMT") }
 enum X { case now } }
