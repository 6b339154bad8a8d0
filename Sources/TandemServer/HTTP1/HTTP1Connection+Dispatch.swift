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
            authority: head.authority,
            version: head.version,
            headers: head.headers,
            body: RequestBody(),
            connection: self.info
        )
        do throws(HTTPError) {
            if case .length(let length) = head.framing, length > self.limits.body {
                throw .contentTooLarge(limit: self.limits.body)
            }
            try self.loop.context.checkHost(of: request)
        } catch {
            return self.refuse(error, method: head.method)
        }
        // What a WebSocket keeps of its request must not keep the read buffer.
        if head.asksUpgrade { request = request.detached() }
        self.current = CurrentRequest(head)
        if let observation = self.loop.context.observer.begin(request) {
            self.current.observation = observation
            request = observation.watching(request)
        }
        self.attachBody(head.framing, to: &request)
        self.dispatch(request)
    }

    /// A body that has come with its head is given whole, any other as a stream.
    private func attachBody(_ framing: BodyFraming, to request: inout Request) {
        switch framing {
        case .none:
            break
        case .length(let length) where self.unread >= length:
            request.body = RequestBody(Bytes(self.withInput { $0.readSlice(length: length) } ?? ByteBuffer()))
            self.current.awaitsContinue = false
        case .length, .chunked:
            let exchange = Exchange(loop: self.loop, transport: self)
            self.current.decoder = BodyDecoder(framing)
            self.current.exchange = exchange
            request.body = exchange.makeBody(length: self.current.decoder?.remaining)
        }
    }

    private func dispatch(_ request: Request) {
        let observation = self.current.observation
        do {
            let handler = self.loop.context.handler
            if let response = try observation.inContext({ try handler.respondImmediately(to: request) }) {
                if let production = self.send(Answer(consume response)) { self.start(production) }
                return
            }
        } catch {
            _ = self.send(Answer(error))
            return
        }
        self.currentExchange.start(request.detached(), observation: observation)
    }

    private func start(_ production: Production) {
        switch production {
        case .stream: self.currentExchange.start(producing: production)
        case .webSocket(let session): session.exchange.start(producing: production)
        }
    }

    /// The exchange of the request in flight, made where it had none.
    var currentExchange: Exchange {
        let exchange = self.current.exchange ?? Exchange(loop: self.loop, transport: self)
        self.current.exchange = exchange
        return exchange
    }

    /// Answers what is no request, or may not be one, and closes.
    ///
    /// - Parameters:
    ///   - error: What is wrong with it.
    ///   - method: Its method, where that is known: HEAD is answered without a body.
    func refuse(_ error: HTTPError, method: Method = .get) {
        self.wait(for: .nothing)
        self.current = CurrentRequest(method: method)
        let answer = Answer(error)
        _ = self.send(answer)
        self.loop.context.observer.refused(
            error,
            connection: self.info,
            bytesSent: answer.response.body.length ?? 0
        )
    }
}
