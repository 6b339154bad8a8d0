// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Glibc
import TandemHTTP
import TandemServer

/// A server for tests from outside its process: `ServerFixture PORT [FOLDER]`.
///
/// It prints its address on a line once it listens, serves until SIGTERM, and takes bodies of any length.
@main
struct ServerFixture {
    static func main() async throws {
        let arguments = CommandLine.arguments
        let port = arguments.count > 1 ? Int(arguments[1]) ?? 0 : 0
        var configuration = ServerConfiguration(.tcp(port: port))
        configuration.limits.body = .max
        configuration.observability.accessLog = nil
        configuration.shutdownDeadline = .seconds(10)
        let routes = FixtureRoutes(files: arguments.count > 2 ? try StaticFiles(root: arguments[2], .files) : nil)
        let server = Server(configuration, handler: routes) { addresses in
            for address in addresses { print(address) }
            fflush(nil)
        }
        try await server.serve()
    }
}

extension StaticFiles.Settings {
    fileprivate static var files: Self {
        var settings = Self()
        settings.prefix = "/file"
        return settings
    }
}
