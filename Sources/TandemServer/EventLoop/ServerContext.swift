// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import Synchronization
import TandemHTTP

/// What all connections of a server share.
final class ServerContext: Sendable {
    let handler: any Handler
    let configuration: ServerConfiguration
    let observer: Observer
    /// `server: name CR LF`, or nothing.
    let serverLine: String
    private let open = Atomic<Int>(0)
    private let draining = Atomic<Bool>(false)

    var limits: Limits { self.configuration.limits }

    init(handler: any Handler, configuration: ServerConfiguration, observer: Observer) {
        self.handler = handler
        self.configuration = configuration
        self.observer = observer
        self.serverLine = configuration.serverName.map { "server: \($0)\r\n" } ?? ""
    }

    /// Refuses a request for a host that is not served here (RFC 9110, section 15.5.20).
    func checkHost(of request: Request) throws(HTTPError) {
        guard let hosts = self.configuration.hosts else { return }
        let host = HostName(authority: request.authority ?? "")
        guard hosts.contains(where: host.matches) else {
            throw HTTPError(.misdirectedRequest, "This server does not answer for that host.")
        }
    }

    /// Whether the server is shutting down.
    var isDraining: Bool { self.draining.load(ordering: .relaxed) }

    /// How many connections are open.
    var connectionCount: Int { self.open.load(ordering: .relaxed) }

    func startDraining() {
        self.configuration.operations.health.drain()
        self.draining.store(true, ordering: .relaxed)
    }

    /// Counts a connection in; false where there is one too many, and it is still counted.
    func connectionOpened() -> Bool {
        self.observer.connectionOpened()
        return self.open.add(1, ordering: .relaxed).newValue <= self.limits.connections
    }

    func connectionClosed() {
        self.open.subtract(1, ordering: .relaxed)
        self.observer.connectionClosed()
    }
}
