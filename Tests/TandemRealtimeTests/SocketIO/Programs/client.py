"""What python-socketio's client does with the test's server."""

import asyncio
import sys

import socketio

url = sys.argv[1]


async def connected(transports, namespace="/", **options):
    client = socketio.AsyncClient(reconnection=False)
    await client.connect(url, transports=transports, namespaces=[namespace], wait_timeout=20, **options)
    return client


async def events(transports):
    client = await connected(transports)
    answers = asyncio.Queue()
    client.on("hello back", lambda *values: answers.put_nowait(values))
    await client.emit("hello", ("Grüße, 🌍", 41))
    assert await asyncio.wait_for(answers.get(), 20) == ("Grüße, 🌍", 42)
    assert await client.call("add", (1, 2), timeout=20) == 3
    client.on("question", lambda value: value * 2)
    assert await client.call("ask me", 21, timeout=20) == 42
    assert await client.call("reverse", b"\x00\x01\xff", timeout=20) == b"\xff\x01\x00"
    back = await client.call("upload", {"name": "a", "file": b"\x01", "parts": [b"\x02", b""]}, timeout=20)
    assert back == {"name": "a", "file": b"\x01", "parts": [b"\x02", b""]}, back
    await client.disconnect()


async def rooms(transports):
    a, b = await connected(transports), await connected(transports)
    heard = asyncio.Queue()
    b.on("said", lambda text: heard.put_nowait(text))
    for client in (a, b):
        await client.call("join", "python", timeout=20)
    await a.call("say", ("python", "to the room"), timeout=20)
    await a.call("say others", ("python", "to the others"), timeout=20)
    assert [await asyncio.wait_for(heard.get(), 20) for _ in range(2)] == ["to the room", "to the others"]
    for client in (a, b):
        await client.disconnect()


async def namespaces(transports):
    try:
        await connected(transports, "/admin")
        raise AssertionError("it is refused")
    except socketio.exceptions.ConnectionError as error:
        assert "not authorized" in str(error), error
    admin = await connected(transports, "/admin", auth={"token": "secret"})
    assert await admin.call("whoami", namespace="/admin", timeout=20) == ["secret", None, "/admin"]
    await admin.disconnect()


async def main():
    for transports in (["polling"], ["websocket"], ["polling", "websocket"]):
        for test in (events, rooms, namespaces):
            try:
                await test(transports)
            except BaseException as error:
                print(transports, test.__name__, repr(error))
    print("done")


asyncio.run(main())
