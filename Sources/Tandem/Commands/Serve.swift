// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import TandemServer

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Serves until the process is asked to end.
struct Serve: AppCommand {
    static let configuration = CommandConfiguration(abstract: "Answer requests; what happens without a command.")

    @Option(help: "The host to listen at, instead of what HOST says.")
    var host: String?
    @Option(help: "The port to listen at, instead of what PORT says; 0 for a free one.")
    var port: Int?

    func validate() throws {
        if let port, !(0...65535).contains(port) { throw ValidationError("A port is a number from 0 to 65535.") }
    }

    func run(_ app: App) async throws {
        if self.host != nil || self.port != nil {
            let listener = app.configuration.server.listeners.first ?? .tcp()
            app.configuration.server.listeners = [listener.moved(toHost: self.host, port: self.port)]
        }
        let title = app.configuration.documentation?.info.title
        let page = app.configuration.documentation?.pagePath
        try await app.serve { addresses in
            for address in addresses {
                let documentation = page.map { ", its documentation at \(address)\($0)" } ?? ""
                print("\(title ?? "The application") is at \(address)\(documentation)")
            }
            // Where nobody looks at a terminal it would wait for more.
            fflush(nil)
        }
    }
}
