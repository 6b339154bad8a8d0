# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""The servers of real time, and what clients have to speak with them.

Over WebSocket, in frames of text: at `/echo` a message comes back as it is; at `/rooms` `join ROOM` is answered by
`joined ROOM`, and `send ROOM TEXT` brings TEXT to all in the room. Over Socket.IO, in the events of its namespace `/`:
`echo` (text) comes back; `join` (room) is answered by `joined` (room), and `send` (room, text) brings `message` (text).
"""

import os
from dataclasses import dataclass, replace
from pathlib import Path

from harness.machine import Placement, version
from harness.paths import LOGS, PYTHON
from harness.process import ServerProcess, free_port
from harness.programs import c, node, python, swift
from harness.servers import NODE_MODULES, Server, by_name, script

SOCKETIO = Path(os.environ.get("SOCKETIO_DIR", "$SOCKETIO_DIR"), "node_modules", "socket.io")
TANDEM = swift("realtime-bench", "RealtimeBench")
WS = {"needs": [Path(NODE_MODULES, "ws")], "environment": {"NODE_PATH": NODE_MODULES}}


@dataclass(frozen=True)
class RealtimeServer(Server):
    speaks: str = "websocket"

    def path(self, name: str) -> str:
        return f"/{name}" if self.speaks == "websocket" else "/socket.io/?EIO=4&transport=websocket"


# Channels needs a Redis even for one process; all others keep their rooms themselves.
WITH_REDIS = ("channels",)

SERVERS = by_name(
    RealtimeServer("floor", **c(script("floor", "websocket.c"), "floor-websocket")),
    RealtimeServer("tandem", **TANDEM),
    RealtimeServer("ws", **node(script("ws", "server.js"), **WS)),
    RealtimeServer("channels", **python(script("channels", "server.py"))),
    RealtimeServer("tandem-socketio", **TANDEM, speaks="socketio"),
    RealtimeServer("socketio-node", **node(script("socketio", "server.js"), [SOCKETIO]), speaks="socketio"),
    RealtimeServer("socketio-python", **python(script("socketio", "server.py")), speaks="socketio"),
)


def redis(places: Placement) -> ServerProcess:
    """A Redis of the benchmark's own that writes nothing, on the load generator's core."""
    port = free_port()
    command = ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--appendonly", "no"]
    return ServerProcess("redis", command, {}, places.load, LOGS / "redis.log", [port])


def on(server: RealtimeServer, redis: ServerProcess) -> RealtimeServer:
    """The server as it is started with that Redis, where it needs one."""
    if server.name not in WITH_REDIS:
        return server
    return replace(server, environment={**server.environment, "REDIS_URL": f"redis://127.0.0.1:{redis.ports[0]}"})


def versions() -> dict[str, str | None]:
    """The versions of what the servers are made of."""

    def of(package: str) -> str | None:
        return version(str(PYTHON), "-c", f"from importlib.metadata import version; print(version('{package}'))")

    return {
        "node": version("node", "--version"),
        "ws": version("node", "-p", f"require('{NODE_MODULES}/ws/package.json').version"),
        "socket.io": version("node", "-p", f"require('{SOCKETIO}/package.json').version") if SOCKETIO.exists() else None,
        "python": version(str(PYTHON), "--version"),
        **{name: of(name) for name in ("uvicorn", "websockets", "python-socketio", "channels", "channels-redis")},
        "redis": version("redis-server", "--version"),
    }
