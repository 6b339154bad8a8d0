// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if os(Linux)
import Foundation
import Glibc

/// Certificates that a test makes by openssl in a folder of its own: two authorities, a server's, and clients'.
package struct TestCertificates {
    private let folder: URL

    package init() throws {
        self.folder = FileManager.default.temporaryDirectory.appendingPathComponent("tandem-certificates-\(UUID())")
        try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: false)
        try PostgreSQLServer.run("/bin/bash", ["-euc", Self.script, "bash", self.folder.path])
        if getuid() == 0 { try PostgreSQLServer.run("/bin/chown", ["postgres", self.path("server.key")]) }
    }

    // The authorities are `authority` and `other`; of the server's and the clients' certificates all but `stranger` are
    // by the first. The names and the times are what they are called after.
    private static let script = """
        cd "$1"
        curve="ec -pkeyopt ec_paramgen_curve:P-256"
        for name in authority other; do
            openssl req -x509 -newkey $curve -nodes -keyout $name.key -out $name.crt -days 2 -subj "/CN=$name"
        done
        issue() { # NAME CN AUTHORITY DAYS SAN
            test -e $1.key || openssl req -newkey $curve -nodes -keyout $1.key -out $1.csr -subj "/CN=$2"
            openssl x509 -req -in $1.csr -CA $3.crt -CAkey $3.key -CAcreateserial -days $4 -out $1.crt \\
                -extfile <(echo "subjectAltName=$5")
        }
        issue server server authority -1 DNS:localhost,IP:127.0.0.1
        mv server.crt expired.crt
        issue server server authority 2 DNS:localhost,IP:127.0.0.1
        cp server.crt valid.crt
        issue app app authority 2 DNS:app
        issue other_user somebody authority 2 DNS:somebody
        issue stranger app other 2 DNS:app
        cp app.key open.key
        chmod 0600 *.key
        chmod 0644 open.key *.crt
        chmod 0755 .
        """

    /// The path of one of the files: `authority.crt`, `app.key`.
    package func path(_ name: String) -> String { self.folder.appendingPathComponent(name).path }

    /// What a server is told of them, and of its pg_hba.conf beside them.
    package var settings: [String] {
        [
            "ssl=on", "ssl_ca_file=\(self.path("authority.crt"))", "ssl_cert_file=\(self.path("server.crt"))",
            "ssl_key_file=\(self.path("server.key"))", "hba_file=\(self.path("pg_hba.conf"))",
        ]
    }

    /// Writes a file beside them, such as a pg_hba.conf.
    package func write(_ name: String, _ text: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: self.path(name)))
    }

    /// Puts one certificate in the place of another.
    package func replace(_ name: String, by other: String) throws {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: self.path(other)))
        try bytes.write(to: URL(fileURLWithPath: self.path(name)))
    }

    package func remove() { try? FileManager.default.removeItem(at: self.folder) }
}
#endif
