// Part of Tandem. Copyright the Tandem authors.
// SPDX-License-Identifier: Apache-2.0

import Foundation
import TandemHTTP
import TandemServer
import Testing

/// Packed messages with all that can be agreed on, as others pack and unpack them.
@Suite("Packed messages with clients that others wrote", .timeLimit(.minutes(2)))
struct MessageDeflateClientsTests {
    /// Goes through what a client can ask for; `None` and `True` are "not said" and "said without a number".
    private static let python = """
        import asyncio, itertools, random, sys
        from websockets.asyncio.client import connect
        from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory

        words = "channel room topic message event presence user id time state reply broadcast".split()
        def text(count):
            return " ".join(random.choice(words) + str(random.randrange(999)) for _ in range(count))

        async def main(url):
            for own, other, own_bits, other_bits in itertools.product(
                [False, True], [False, True], [None, True, 9, 12, 15], [None, 8, 9, 12, 15]
            ):
                offer = ClientPerMessageDeflateFactory(
                    client_no_context_takeover=own, server_no_context_takeover=other,
                    client_max_window_bits=own_bits, server_max_window_bits=other_bits,
                )
                async with connect(url, extensions=[offer], compression=None) as socket:
                    if not socket.protocol.extensions:
                        assert own_bits is None, (own, other, own_bits, other_bits)
                    for count in (0, 1, 3, 50, 3, 5000, 50):
                        message = text(count)
                        await socket.send(message)
                        assert await socket.recv() == message, (own, other, own_bits, other_bits, count)
                        parts = [text(20) for _ in range(5)]
                        await socket.send(parts)
                        await asyncio.wait_for(await socket.ping(), 5)
                        assert await socket.recv() == "".join(parts)

        random.seed(7)
        asyncio.run(main(sys.argv[1]))
        """

    private static let node = """
        const WebSocket = require("ws")
        const assert = require("assert")
        const text = "channel room topic message event presence user ".repeat(400)

        function run(options) {
            return new Promise((resolve, reject) => {
                const socket = new WebSocket(process.argv[2], {perMessageDeflate: {threshold: 0, ...options}})
                const messages = [text, "a", text, "", text.slice(7)]
                let count = 0
                socket.on("open", () => messages.forEach(message => socket.send(message)))
                socket.on("message", data => {
                    assert.strictEqual(String(data), messages[count++])
                    if (count == messages.length) socket.close(1000)
                })
                socket.on("close", code => code === 1000 ? resolve() : reject(new Error(String(code))))
                socket.on("error", reject)
            })
        }

        async function main() {
            for (const clientNoContextTakeover of [undefined, true])
                for (const serverNoContextTakeover of [undefined, true])
                    for (const clientMaxWindowBits of [undefined, true, 9, 15])
                        for (const serverMaxWindowBits of [undefined, 9, 13])
                            await run({
                                clientNoContextTakeover, serverNoContextTakeover,
                                clientMaxWindowBits, serverMaxWindowBits
                            })
        }
        main().then(() => process.exit(0), error => { console.log(error); process.exit(1) })
        """

    static let settings = [
        MessageDeflateSettings(serverContextTakeover: true, clientContextTakeover: true, threshold: 0),
        MessageDeflateSettings(serverContextTakeover: true, clientContextTakeover: false, threshold: 10),
        MessageDeflateSettings(
            serverWindowBits: 10,
            clientWindowBits: 10,
            serverContextTakeover: false,
            clientContextTakeover: true,
            level: 9,
            memoryLevel: 1,
            threshold: 0
        ),
    ]

    private static func handler(_ compression: MessageDeflateSettings) -> EchoHandler {
        var settings = WebSocketSettings()
        settings.compression = compression
        return EchoHandler(settings: settings)
    }

    @Test("Python's websockets", .enabled(if: Subprocess.python != nil, "needs make setup"), arguments: settings)
    func python(compression: MessageDeflateSettings) async throws {
        let python = try #require(Subprocess.python)
        try await withServer(.test(), Self.handler(compression)) { address in
            let url = "ws://127.0.0.1:\(address.port ?? 0)/"
            let result = try await Subprocess.run(python, ["-c", Self.python, url])
            #expect(result.status == 0, "\(result.output)")
        }
    }

    private static var hasNodeWS: Bool { FileManager.default.fileExists(atPath: "/usr/share/nodejs/ws") }

    @Test("Node's ws", .enabled(if: hasNodeWS, "needs node-ws (make setup)"), arguments: settings)
    func node(compression: MessageDeflateSettings) async throws {
        try await withServer(.test(), Self.handler(compression)) { address in
            let url = "ws://127.0.0.1:\(address.port ?? 0)/"
            let arguments = ["NODE_PATH=/usr/share/nodejs", "node", "-e", Self.node, "-", url]
            let result = try await Subprocess.run("env", arguments)
            #expect(result.status == 0, "\(result.output)")
        }
    }
}
