// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemHTTP

/// Answers for some hosts only, so that no link, redirect or cache is made with a name that a client invented.
///
/// ```swift
/// TrustedHosts(["tickets.example", ".tickets.example"])
/// ```
///
/// A request for another host, or for none, is refused with 421 and the code `misdirected-request`.
/// `ServerConfiguration.hosts` does the same for all that a server serves.
public struct TrustedHosts: ImmediateMiddleware {
    private let hosts: [String]

    /// Middleware that lets requests for `hosts` pass.
    ///
    /// - Parameter hosts: Names without ports; one that begins with a dot stands for all names below it.
    public init(_ hosts: [String]) {
        self.hosts = hosts
    }

    /// Refuses a request for another host (RFC 9110, section 15.5.20).
    public func receive(_ request: Request) throws -> Reception {
        let host = HostName(authority: request.authority ?? "")
        guard self.hosts.contains(where: host.matches) else {
            throw HTTPError(.misdirectedRequest, "This application does not answer for that host.")
        }
        return .unchanged
    }
}
