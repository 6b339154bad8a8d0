// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Synchronization
import TandemAPI
import TandemHTTP
import Testing

@Suite("Modules group endpoints, what they need, and their life cycle")
struct ModuleTests {
    /// What happened, in order.
    final class Diary: Sendable {
        private let lines = Mutex<[String]>([])

        func note(_ line: String) { self.lines.withLock { $0.append(line) } }
        var all: [String] { self.lines.withLock { $0 } }
    }

    struct Part: Module {
        let name: String
        let diary: Diary
        var parts: [Part] = []
        var fails = false

        func build(_ routes: Routes) throws {
            for part in self.parts { try routes.add(part, below: PathPattern("/\(part.name)")) }
            let name = self.name
            routes.get("") { _ in name }
        }

        func start() async throws {
            if self.fails { throw HTTPError(.serviceUnavailable, "\(self.name) does not start.") }
            self.diary.note("+\(self.name)")
        }

        func stop() async { self.diary.note("-\(self.name)") }
    }

    private func routes(_ diary: Diary, failing: Bool = false) throws -> Routes {
        let routes = Routes()
        let inner = Part(name: "inner", diary: diary)
        try routes.add(Part(name: "outer", diary: diary, parts: [inner]), below: "/outer")
        try routes.add(Part(name: "last", diary: diary, fails: failing), below: "/last")
        return routes
    }

    @Test("They start in order, a module after its parts, and stop in the other")
    func order() async throws {
        let diary = Diary()
        try await self.routes(diary).withModulesStarted { diary.note("run") }
        #expect(diary.all == ["+inner", "+outer", "+last", "run", "-last", "-outer", "-inner"])
    }

    @Test("Where one does not start, those before it are stopped, and the rest is not begun")
    func failure() async throws {
        let diary = Diary()
        let routes = try self.routes(diary, failing: true)
        await #expect(throws: HTTPError.self) { try await routes.withModulesStarted { diary.note("run") } }
        #expect(diary.all == ["+inner", "+outer", "-outer", "-inner"])
    }

    @Test("They are stopped where what runs meanwhile throws")
    func throwing() async throws {
        let diary = Diary()
        let routes = try self.routes(diary)
        await #expect(throws: CancellationError.self) {
            try await routes.withModulesStarted { throw CancellationError() }
        }
        #expect(diary.all.suffix(3) == ["-last", "-outer", "-inner"])
    }

    @Test("Their endpoints are below their paths", arguments: ["/outer", "/outer/inner", "/last"])
    func paths(path: String) async throws {
        let handler = try self.routes(Diary()).handler()
        #expect(
            await Served(of: handler, to: Request(.get, path)).text == path.split(separator: "/").last.map(String.init)
        )
    }
}
