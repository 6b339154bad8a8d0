// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

public import TandemHTTP

/// Tells a client that it has the answer already, rather than sending it again (RFC 9110, section 13).
///
/// A 200 to GET or HEAD whose body is in memory gets an `etag`, a digest of its bytes, unless the handler has set one.
/// Where the client's `if-none-match` names that, or nothing has changed since its `if-modified-since` and the
/// handler's `last-modified`, it is answered with 304 and no body; where `if-match` or `if-unmodified-since` names
/// another version, with 412 and the code `precondition-failed`. This saves the sending and not the work: what makes
/// the answer runs all the same.
///
/// Methods that change something are left alone: a check after the change would come too late. So are answers that say
/// `cache-control: no-store`. It belongs inside of `Compression`.
public struct ETags: ImmediateMiddleware {
    private let sizeLimit: Int

    /// Middleware that answers conditions.
    ///
    /// - Parameter sizeLimit: The bytes above which a body gets no tag, as the digest is made on the event loop;
    ///   256 KiB.
    public init(sizeLimit: Int = 256 * 1024) {
        self.sizeLimit = sizeLimit
    }

    /// Adds a tag, and answers the request's conditions.
    public func finish(_ response: inout Response, to request: Request) throws {
        guard response.status == .ok, request.method == .get || request.method == .head,
            !response.headers.list("cache-control").contains(where: { $0.lowercased() == "no-store" })
        else { return }
        if !response.headers.contains("etag"), case .bytes(let bytes) = response.body, !bytes.isEmpty,
            bytes.count <= self.sizeLimit
        {
            response.headers.add("etag", "\"\(bytes.digest)\"")
        }
        guard Validators.concern(request.headers) else { return }
        let validators = Validators(
            entityTag: response.headers["etag"],
            lastModified: response.headers["last-modified"].flatMap { HTTPDate($0) }
        )
        switch validators.evaluate(request.headers) {
        case .proceed: break
        case .notModified: Self.leaveOut(&response)
        case .failed:
            throw HTTPError(.preconditionFailed, "What is here is not the version that the request's conditions name.")
        }
    }

    /// Makes a response one without content; the fields that describe content go with it (RFC 9110, section 15.4.5).
    private static func leaveOut(_ response: inout Response) {
        response.status = .notModified
        response.body = .empty
        for name in ["content-type", "content-length", "content-encoding", "content-language", "content-disposition"] {
            response.headers.remove(name)
        }
    }
}
