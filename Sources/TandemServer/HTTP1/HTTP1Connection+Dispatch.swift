// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import NIOCore
import TandemHTTP

/// From a head to a handler.
extension HTTP1Connection {
    func begin(_ head: RequestHead) {
        var request = Request(
            method: head.method,
            target: head.target,
            version: head.version,
            headers: head.headers,
            body: RequestBody(),
            connection: self.info
        )
        request.authorityBytes = head.authority
        do throws(HTTPError) {
            if case .length(let length) = head.framing, length > self.limits.body {
                throw .contentTooLarge(limit: self.limits.body)
            }
            try self.loop.context.checkHost(of: request)
        } catch {
            return self.refuse(error, method: head.method)
        }
        let current = CurrentRequest(
            method: head.method,
            version: head.version,
            keepsAlive: head.keepsAlive,
            awaitsContinue: head.expectsContinue
        )
        current.observation = self.loop.context.observer.begin(request)
        self.attachBody(head.framing, to: &request, current)
        self.current = current
        self.dispatch(request, current)
    }

    /// A body that has come with its head is given whole, any other as a stream.
    private func attachBody(_ framing: BodyFraming, to request: inout Request, _ current: CurrentRequest) {
        switch framing {
        case .none:
            break
        case .length(let length) where self.input.readableBytes >= length:
            request.body = RequestBody(Bytes(self.withInput { $0.readSlice(length: length) } ?? ByteBuffer()))
            current.awaitsContinue = false
        case .length, .chunked:
            let exchange = Exchange(loop: self.loop, transport: self)
            current.decoder = BodyDecoder(framing)
            current.exchange = exchange
            request.body = exchange.makeBody(length: current.decoder?.remaining)
        }
    }

    private func dispatch(_ request: Request, _ current: CurrentRequest) {
        let handler = self.loop.context.handler
        do {
            let response = try current.observation.inContext { try handler.respondImmediately(to: request) }
            if let response {
                if let stream = self.send(Answer(response)) { self.exchange(of: current).start(producing: stream) }
                return
            }
        } catch {
            _ = self.send(Answer(error))
            return
        }
        self.exchange(of: current).start(request.detached(), observation: current.observation)
    }

    /// The exchange of the request in flight, made where it had none.
    private func exchange(of current: CurrentRequest) -> Exchange {
        let exchange = current.exchange ?? Exchange(loop: self.loop, transport: self)
        current.exchange = exchange
        return exchange
    }

    /// Answers what is no request, or may not be one, and closes.
    ///
    /// - Parameters:
    ///   - error: What is wrong with it.
    ///   - method: Its method, where that is known: HEAD is answered without a body.
    func refuse(_ error: HTTPError, method: Method = .get) {
        self.wait(for: .nothing)
        self.current = CurrentRequest(method: method, version: .http1_1)
        let answer = Answer(error)
        _ = self.send(answer)
        self.loop.context.observer.refused(
            error,
            connection: self.info,
            bytesSent: answer.response.body.length ?? 0
        )
    }
}
