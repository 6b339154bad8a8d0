// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

#if PostgreSQL
extension DatabaseError {
    /// No connection came about, for a reason that libpq or the server gave.
    static func unconnected(_ message: String) -> DatabaseError {
        let cause = PostgreSQLError(message: message, isUnsent: true)
        guard let (_, advice) = Self.advice.first(where: { $0.words.contains(where: message.contains) }) else {
            return .lost(cause)
        }
        return DatabaseError(.connectionLost, advice, cause: cause)
    }

    /// What to do, by words that tell what is wrong.
    ///
    /// Of a connection that fails libpq gives no code, only words: its own, in English as no locale is set, and the
    /// server's. What is not found among these is told as any lost connection is.
    private static let advice: [(words: [String], String)] = [
        (
            ["server does not support SSL"],
            "PostgreSQL does not encrypt connections: switch `ssl` on there, or, in a network that is trusted, ask for "
                + "no more than `sslmode=prefer`."
        ),
        (
            ["root certificate file"],
            "The certificates of the authorities that are to be believed cannot be read: name their file by "
                + "`sslrootcert` in the URL, or by `tlsAuthorities`."
        ),
        (
            ["does not match host name", "host name must be specified"],
            "PostgreSQL's certificate is for another host than the one in the URL: connect by a name that it is for, "
                + "have one made for this name, or leave the name out by `sslmode=verify-ca`."
        ),
        (
            ["certificate verify failed"],
            "PostgreSQL's certificate is signed by none of the authorities that are believed, or is not valid at this "
                + "time: name the right authority by `sslrootcert`, or have the certificate made anew."
        ),
        (
            ["group or world access", "private key file", "certificate file", "certificate does not match"],
            "This program's own certificate or its key cannot be used: `sslcert` and `sslkey` name files in PEM that "
                + "belong to each other, and the key's may be read by its owner alone (chmod 0600)."
        ),
        (
            [
                "requires a valid client certificate", "certificate authentication failed", "alert unknown ca",
                "alert certificate", "alert bad certificate", "alert decrypt error",
            ],
            "PostgreSQL wants a certificate of this program that it believes, for this user: name it and its key by "
                + "`sslcert` and `sslkey` in the URL, or by `tlsCertificate` and `tlsKey`."
        ),
        (
            ["no encryption", "SSL off"],
            "PostgreSQL takes this user only over an encrypted connection: ask for `sslmode=require` or more, or "
                + "change its pg_hba.conf."
        ),
        (
            ["no pg_hba.conf entry", "pg_hba.conf rejects"],
            "PostgreSQL's pg_hba.conf lets this user not connect to this database from here: add an entry there."
        ),
        (
            ["authentication failed", "no password supplied"],
            "PostgreSQL refuses the user or the password: see that those in the URL are right."
        ),
        (
            ["database \""],
            "PostgreSQL has no database of this name, or not for this user: make it by `createdb`, or correct the URL."
        ),
        (["role \""], "PostgreSQL has no user of this name: make it by `createuser`, or correct the URL."),
        (
            ["too many clients", "remaining connection slots", "too many connections"],
            "PostgreSQL has no connection left: allow each program fewer, or raise `max_connections` there."
        ),
        (
            ["starting up", "shutting down", "recovery mode", "not yet accepting"],
            "PostgreSQL is just starting or stopping; try again."
        ),
        (
            ["could not translate host name"],
            "The name of PostgreSQL's host is not known: see that the URL is right and that names are looked up."
        ),
        (
            ["Connection refused", "No such file or directory", "timeout expired", "No route to host", "unreachable"],
            "Nothing answers as PostgreSQL where the URL leads: see that the server runs, listens there, and is not "
                + "behind a firewall."
        ),
        (
            ["URI", "invalid connection option", "sslmode value", "invalid port", "missing \"=\"", "invalid integer"],
            "The URL of PostgreSQL cannot be read: it is as postgres://user:password@host:5432/name?sslmode=require, "
                + "with what is special written as %40 is for @."
        ),
    ]
}
#endif
