// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL
import CTandemPostgreSQL

/// What somebody sent with NOTIFY.
package struct PostgreSQLNotification: Hashable, Sendable {
    package let channel: String
    package let payload: String
    /// The server's process of whoever sent it.
    package let processID: Int32

    init(_ notification: PGnotify) {
        self.channel = notification.relname.map { String(cString: $0) } ?? ""
        self.payload = notification.extra.map { String(cString: $0) } ?? ""
        self.processID = notification.be_pid
    }
}

/// What whoever listens on a channel hears.
package enum PostgreSQLEvent: Hashable, Sendable {
    case notification(PostgreSQLNotification)
    /// The connection was lost and is there again; what was sent between is unknown.
    case gap
}
#endif
