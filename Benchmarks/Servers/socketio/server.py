# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""python-socketio on uvicorn with uvloop, as its documentation sets it up."""

import os
import sys

import socketio
import uvicorn

sio = socketio.AsyncServer(async_mode="asgi")
app = socketio.ASGIApp(sio)


@sio.on("echo")
async def echo(sid: str, text: str) -> None:
    await sio.emit("echo", text, to=sid)


@sio.on("join")
async def join(sid: str, room: str) -> None:
    await sio.enter_room(sid, room)
    await sio.emit("joined", room, to=sid)


@sio.on("send")
async def send(sid: str, room: str, text: str) -> None:
    await sio.emit("message", text, room=room)


if __name__ == "__main__":
    uvicorn.run(
        app,
        host="127.0.0.1",
        port=int(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("PORT", "8080")),
        loop="uvloop",
        http="httptools",
        access_log=False,
        log_level="warning",
    )
