// What Socket.IO's own client does with the test's server; in Node by node.js, and in a page.
"use strict"

function check(condition, what) {
    if (!condition) throw new Error(what)
}

function same(actual, expected, what) {
    const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)]
    check(a === b, `${what}: ${a}, and not ${b}`)
}

function within(promise, what) {
    let timer
    const late = new Promise((_, reject) => { timer = setTimeout(() => reject(new Error(`${what}: too late`)), 20000) })
    return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}

const next = (emitter, event) =>
    within(new Promise(resolve => emitter.once(event, (...values) => resolve(values))), event)

const bytes = value => Array.from(new Uint8Array(value.buffer ?? value, value.byteOffset ?? 0, value.byteLength))

async function connected(io, url, options, namespace = "/") {
    const socket = io(url + namespace, {forceNew: true, reconnection: false, ...options})
    await next(socket, "connect")
    return socket
}

const matrix = {
    async events(io, url, options) {
        const socket = await connected(io, url, options)
        const answer = next(socket, "hello back")
        socket.emit("hello", "Grüße, 🌍", 41)
        same(await answer, ["Grüße, 🌍", 42], "an event both ways")
        const order = next(socket, "counted")
        for (let index = 0; index < 200; index++) socket.emit("count", index)
        socket.emit("counted")
        same(await order, [Array.from({length: 200}, (_, index) => index)], "two hundred in order")
        socket.disconnect()
    },

    async acknowledgements(io, url, options) {
        const socket = await connected(io, url, options)
        same(await socket.timeout(10000).emitWithAck("add", 1, 2), 3, "an acknowledgement")
        socket.on("question", (value, answer) => answer(value * 2))
        same(await socket.timeout(10000).emitWithAck("ask me", 21), 42, "asked by the server")
        socket.on("silence", () => {})
        const late = await socket.timeout(10000).emitWithAck("ask in vain")
        same(late, "operation has timed out", "the server waits no longer than it said")
        const failed = await socket.timeout(200).emitWithAck("add", "one", 2).catch(error => error.message)
        same(failed, "operation has timed out", "arguments of other types")
        socket.disconnect()
    },

    async binary(io, url, options) {
        const socket = await connected(io, url, options)
        const sent = new Uint8Array([0, 1, 2, 253, 254, 255])
        same(bytes(await socket.timeout(10000).emitWithAck("reverse", sent)), [255, 254, 253, 2, 1, 0], "bytes")
        const file = {name: "a", file: new Uint8Array([1, 2]), parts: [new Uint8Array([3]), new Uint8Array(0)]}
        const back = await socket.timeout(10000).emitWithAck("upload", file)
        same([back.name, bytes(back.file), back.parts.map(bytes)], ["a", [1, 2], [[3], []]], "bytes within")
        const large = await socket.timeout(10000).emitWithAck("reverse", new Uint8Array(300000))
        same(large.byteLength, 300000, "many bytes")
        socket.disconnect()
    },

    async rooms(io, url, options) {
        const [a, b, c] = await Promise.all([1, 2, 3].map(() => connected(io, url, options)))
        const heard = {a: [], b: [], c: []}
        for (const [name, socket] of Object.entries({a, b, c})) socket.on("said", text => heard[name].push(text))
        await a.timeout(10000).emitWithAck("join", "blue")
        await b.timeout(10000).emitWithAck("join", "blue")
        await a.timeout(10000).emitWithAck("say", "blue", "to the room")
        await a.timeout(10000).emitWithAck("say others", "blue", "to the others")
        await a.timeout(10000).emitWithAck("say except", "blue", "except the room")
        await a.timeout(10000).emitWithAck("broadcast", "to all others")
        await a.timeout(10000).emitWithAck("say", c.id, "to one")
        await b.timeout(10000).emitWithAck("leave", "blue")
        await a.timeout(10000).emitWithAck("say", "blue", "to the rest")
        // Each has what was sent before.
        for (const socket of [a, b, c]) await socket.timeout(10000).emitWithAck("add", 1, 1)
        same(heard.a, ["to the room", "to the rest"], "a")
        same(heard.b, ["to the room", "to the others", "to all others"], "b")
        same(heard.c, ["except the room", "to all others", "to one"], "c")
        for (const socket of [a, b]) await socket.timeout(10000).emitWithAck("join", "askable")
        for (const [index, socket] of [a, b].entries()) socket.on("ask", answer => answer(index))
        same((await c.timeout(10000).emitWithAck("ask room", "askable")).sort(), [0, 1], "asked all of a room")
        same((await c.timeout(10000).emitWithAck("who", "askable")).sort(), [a.id, b.id].sort(), "fetchSockets")
        const gone = [next(a, "disconnect"), next(b, "disconnect")]
        c.emit("disconnect room", "askable")
        same((await Promise.all(gone)).flat(), ["io server disconnect", "io server disconnect"], "disconnectSockets")
        c.disconnect()
    },

    async namespaces(io, url, options) {
        const refused = io(url + "/admin", {forceNew: true, reconnection: false, ...options})
        const [error] = await next(refused, "connect_error")
        same([error.message, error.data], ["not authorized", {code: 401}], "the middleware refuses")
        refused.disconnect()
        const unknown = io(url + "/unknown", {forceNew: true, reconnection: false, ...options})
        same((await next(unknown, "connect_error"))[0].message, "Invalid namespace", "no such namespace")
        unknown.disconnect()
        const admin = await connected(io, url, {...options, auth: {token: "secret"}, query: {a: "b"}}, "/admin")
        same(await admin.timeout(10000).emitWithAck("whoami"), ["secret", "b", "/admin"], "the handshake")
        const other = admin.io.socket("/dynamic-12")
        other.connect()
        same(await next(other, "welcome"), ["/dynamic-12"], "a dynamic namespace over the same connection")
        const late = admin.io.socket("/dynamic-x")
        late.connect()
        same((await next(late, "connect_error"))[0].message, "Invalid namespace", "no such dynamic namespace")
        other.disconnect()
        same(await admin.timeout(10000).emitWithAck("whoami"), ["secret", "b", "/admin"], "the other one goes on")
        admin.disconnect()
    },

    async middleware(io, url, options) {
        const socket = await connected(io, url, options)
        const error = next(socket, "refused")
        socket.emit("forbidden", 1)
        same(await error, ["forbidden is not allowed"], "the socket's middleware")
        const seen = next(socket, "seen")
        socket.emit("anything", 1, {a: [true]})
        same(await seen, ["anything", [1, {a: [true]}]], "a listener of all events")
        socket.disconnect()
    },

    async ends(io, url, options) {
        const kicked = await connected(io, url, options)
        const reason = next(kicked, "disconnect")
        kicked.emit("kick", false)
        same(await reason, ["io server disconnect"], "disconnected by the server")
        kicked.io.engine.close()
        const closed = await connected(io, url, options)
        const end = next(closed, "disconnect")
        closed.emit("kick", true)
        check(["io server disconnect", "transport close"].includes((await end)[0]), "closed by the server")
        const watcher = await connected(io, url, options)
        const leaver = await connected(io, url, options)
        const id = leaver.id
        const left = new Promise(resolve => watcher.on("left", (...values) => values[0] === id && resolve(values)))
        leaver.disconnect()
        const told = await within(left, "the end is told")
        same(told, [id, "client namespace disconnect", true], "the end is told")
        watcher.disconnect()
    },

    async recovery(io, url, options) {
        const socket = io(url, {forceNew: true, reconnectionDelay: 50, reconnectionDelayMax: 100, ...options})
        await next(socket, "connect")
        check(!socket.recovered, "new at first")
        const talker = await connected(io, url, options)
        await socket.timeout(10000).emitWithAck("join", "kept")
        const heard = []
        socket.on("said", text => heard.push(text))
        for (let index = 0; index < 50; index++) talker.emit("say", "kept", index.toString())
        await talker.timeout(10000).emitWithAck("add", 1, 1)
        await socket.timeout(10000).emitWithAck("add", 1, 1)
        const id = socket.id
        socket.io.engine.close()
        for (let index = 50; index < 100; index++) talker.emit("say", "kept", index.toString())
        await next(socket, "connect")
        for (let index = 100; index < 150; index++) talker.emit("say", "kept", index.toString())
        await talker.timeout(10000).emitWithAck("add", 1, 1)
        await socket.timeout(10000).emitWithAck("add", 1, 1)
        same([socket.recovered, socket.id === id], [true, true], "recovered")
        same(heard, Array.from({length: 150}, (_, index) => index.toString()), "nothing lost, nothing repeated")
        socket.disconnect()
        talker.disconnect()
    },

    async volatile(io, url, options) {
        const socket = await connected(io, url, options)
        let count = 0
        socket.on("perhaps", () => count++)
        for (let index = 0; index < 20; index++) await socket.timeout(10000).emitWithAck("perhaps")
        check(count <= 20, "not more than was sent")
        if (options.transports.length === 1 && options.transports[0] === "websocket") {
            same(count, 20, "a client that reads has all")
        }
        socket.disconnect()
    },
}

async function runMatrix(io, url) {
    const lines = []
    const ways = {polling: ["polling"], websocket: ["websocket"], upgrade: ["polling", "websocket"]}
    for (const [way, transports] of Object.entries(ways)) {
        for (const [name, test] of Object.entries(matrix)) {
            try {
                await test(io, url, {transports})
            } catch (error) {
                lines.push(`${way} ${name}: ${error.message}`)
            }
        }
    }
    const upgraded = await connected(io, url, {transports: ["polling", "websocket"]})
    if (upgraded.io.engine.transport.name !== "websocket") await next(upgraded.io.engine, "upgrade")
    if (upgraded.io.engine.transport.name !== "websocket") lines.push("it stays on polling")
    upgraded.disconnect()
    return lines.length === 0 ? ["all well"] : lines
}

if (typeof module !== "undefined") module.exports = runMatrix
