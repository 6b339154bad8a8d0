// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TandemHTTP
import TandemServer
import Testing

/// Clients that others wrote: Python's `websockets` and Node's `ws`.
@Suite("WebSocket clients", .timeLimit(.minutes(2)))
struct WebSocketClientsTests {
    private static let python = """
        import asyncio, os, ssl, sys
        from websockets.asyncio.client import connect

        async def main(url, packs, certificate=None):
            context = ssl.create_default_context(cafile=certificate) if certificate else None
            async with connect(url, ssl=context, subprotocols=["other", "echo"], max_size=None) as socket:
                assert socket.subprotocol == "echo", socket.subprotocol
                assert bool(socket.protocol.extensions) == (packs == "true"), socket.protocol.extensions
                for count in (0, 1, 125, 126, 65535, 65536, 1_000_000):
                    payload = os.urandom(count // 2) + bytes(count - count // 2)
                    await socket.send(payload)
                    assert await socket.recv() == payload
                await socket.send("Grüße, 🌍")
                assert await socket.recv() == "Grüße, 🌍"
                await socket.send(["in ", "three ", "fragments"])
                assert await socket.recv() == "in three fragments"
                await asyncio.wait_for(await socket.ping(b"there?"), 5)
                messages = [f"message {index}" for index in range(2000)]
                for message in messages:
                    await socket.send(message)
                assert [await socket.recv() for _ in messages] == messages
                await socket.close(4001, "done")
                assert (socket.close_code, socket.close_reason) == (4001, ""), socket.close_code
            async with connect(url, ssl=context, subprotocols=["echo"]) as socket:
                await socket.send("x" * 2_000_000)
                await socket.wait_closed()
                assert socket.close_code == 1009, socket.close_code

        asyncio.run(main(*sys.argv[1:]))
        """

    private static let node = """
        const WebSocket = require("ws")
        const assert = require("assert")
        const {randomBytes} = require("crypto")

        const payloads = [0, 1, 125, 126, 65535, 65536, 1000000].map(count => Buffer.concat([randomBytes(count >> 1), Buffer.alloc(count - (count >> 1))]))
        const messages = Array.from({length: 2000}, (_, index) => `message ${index}`)
        const socket = new WebSocket(process.argv[2], ["echo"], {perMessageDeflate: {threshold: 0}})
        const received = []
        let pongs = 0
        socket.on("open", () => {
            assert.strictEqual(socket.protocol, "echo")
            assert.strictEqual(String(socket.extensions.includes("deflate")), process.argv[3])
            payloads.forEach(payload => socket.send(payload))
            socket.ping("there?")
            socket.send("in ", {fin: false})
            socket.send("fragments")
            messages.forEach(message => socket.send(message))
        })
        socket.on("pong", data => { assert.strictEqual(String(data), "there?"); pongs += 1 })
        socket.on("message", (data, isBinary) => {
            received.push(isBinary ? data : String(data))
            if (received.length < payloads.length + 1 + messages.length) return
            payloads.forEach((payload, index) => assert(payload.equals(received[index])))
            assert.deepStrictEqual(received.slice(payloads.length), ["in fragments", ...messages])
            assert.strictEqual(pongs, 1)
            socket.close(4001, "done")
        })
        socket.on("close", code => process.exit(code === 4001 ? 0 : 2))
        socket.on("error", error => { console.log(error); process.exit(3) })
        """

    /// Not packed; packed as it is by default; and with all that came before.
    static let compressions: [MessageDeflateSettings?] = [
        nil, MessageDeflateSettings(),
        MessageDeflateSettings(serverContextTakeover: true, clientContextTakeover: true, threshold: 0),
    ]

    private static func handler(_ compression: MessageDeflateSettings?) -> EchoHandler {
        var settings = WebSocketSettings()
        settings.subprotocols = ["echo"]
        settings.compression = compression
        return EchoHandler(settings: settings)
    }

    private static var hasNodeWS: Bool { FileManager.default.fileExists(atPath: "/usr/share/nodejs/ws") }

    @Test("Python's websockets", .enabled(if: Subprocess.python != nil, "needs make setup"), arguments: compressions)
    func python(compression: MessageDeflateSettings?) async throws {
        let python = try #require(Subprocess.python)
        try await withServer(.test(), Self.handler(compression)) { address in
            let url = "ws://127.0.0.1:\(address.port ?? 0)/"
            let result = try await Subprocess.run(python, ["-c", Self.python, url, "\(compression != nil)"])
            #expect(result.status == 0, "\(result.output)")
        }
    }

    @Test("Node's ws", .enabled(if: hasNodeWS, "needs node-ws (make setup)"), arguments: compressions)
    func node(compression: MessageDeflateSettings?) async throws {
        try await withServer(.test(), Self.handler(compression)) { address in
            let url = "ws://127.0.0.1:\(address.port ?? 0)/"
            let result = try await Subprocess.run(
                "env",
                ["NODE_PATH=/usr/share/nodejs", "node", "-e", Self.node, "-", url, "\(compression != nil)"]
            )
            #expect(result.status == 0, "\(result.output)")
        }
    }

    #if TLS
    @Test(
        "Python's websockets behind TLS",
        .enabled(if: Subprocess.python != nil && Subprocess.isInstalled("openssl"), "needs make setup and openssl")
    )
    func tls() async throws {
        let python = try #require(Subprocess.python)
        try await withTemporaryFolder { folder in
            let certificate = try await TestCertificate.make("localhost", in: folder)
            let configuration = ServerConfiguration.test {
                $0.listeners = [.tcp(port: 0, tls: TLSSettings(certificate: certificate.files))]
            }
            try await withServer(configuration, Self.handler(nil)) { address in
                let url = "wss://localhost:\(address.port ?? 0)/"
                let result = try await Subprocess.run(python, ["-c", Self.python, url, "false", certificate.chain])
                #expect(result.status == 0, "\(result.output)")
            }
        }
    }
    #endif
}
