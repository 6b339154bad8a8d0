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
        var current = CurrentRequest(
            method: head.method,
            version: head.version,
            keepsAlive: head.keepsAlive,
            awaitsContinue: head.expectsContinue
        )
        current.observation = self.loop.context.observer.begin(request)
        self.attachBody(head.framing, to: &request, current: &current)
        self.current = current
        self.dispatch(request, observation: current.observation)
    }

    /// A body that has come with its head is given whole, any other as a stream.
    private func attachBody(_ framing: BodyFraming, to request: inout Request, current: inout CurrentRequest) {
        switch framing {
        case .none:
            break
        case .length(let length) where self.input.readableBytes >= length:
            request.body = RequestBody(Bytes(self.input.readSlice(length: length) ?? ByteBuffer()))
            current.awaitsContinue = false
        case .length, .chunked:
            let exchange = Exchange(loop: self.loop, transport: self)
            current.decoder = BodyDecoder(framing)
            current.exchange = exchange
            request.body = exchange.makeBody(length: current.decoder?.remaining)
        }
    }

    private func dispatch(_ request: Request, observation: Observation?) {
        let handler = self.loop.context.handler
        do {
            let response = try observation.inContext { try handler.respondImmediately(to: request) }
            if let response {
                let answer = Answer(response: response, method: request.method, observation: observation)
                if let stream = self.send(answer) { self.currentExchange.start(producing: stream) }
                return
            }
        } catch {
            _ = self.send(Answer(error, method: request.method, observation: observation))
            return
        }
        self.currentExchange.start(request.detached(), observation: observation)
    }

    /// The exchange of the request in flight, made where it had none.
    private var currentExchange: Exchange {
        let exchange = self.current?.exchange ?? Exchange(loop: self.loop, transport: self)
        self.current?.exchange = exchange
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
        var answer = Answer(error, method: method, observation: nil)
        answer.closes = true
        _ = self.send(answer)
        self.loop.context.observer.refused(
            error,
            connection: self.info,
            bytesSent: answer.response.body.length ?? 0
        )
    }
}
