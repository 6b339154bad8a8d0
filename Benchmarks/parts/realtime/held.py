# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""How long it takes a server to accept its connections, and what each costs it while it rests."""

from collections import defaultdict
from statistics import median

from harness.machine import Placement
from harness.turns import in_turn

from .load import Load
from .servers import RealtimeServer
from .works import BYTES

IDLE, CONNECT = "idle", "connect"


def measure(servers: list[RealtimeServer], connections: int, rounds: int, places: Placement) -> list[dict]:
    """Opens the connections, lets each echo one message, and has them rest; rows of both."""
    figures: dict[str, list[dict]] = defaultdict(list)
    for number, server in in_turn(servers, rounds):
        figures[server.name].append(figure := once(server, connections, places))
        print(f"round {number}  {server.name:16}{connections:6} connections in {figure['seconds']:.2f} s, "
              f"{figure['kb_per_connection']:.2f} KB each", flush=True)  # fmt: skip
    return [row for name, each in figures.items() for row in rows(name, connections, each)]


def once(server: RealtimeServer, connections: int, places: Placement) -> dict:
    with server.start(places.server) as running, Load(running, server.speaks, places.load) as load:
        path = server.path("echo")
        load.ask("open", 1, path)
        load.ask("echo", 0, 0, BYTES)
        before = running.resident_bytes()
        opened, cpu = load.spent("open", connections - 1, path)
        load.ask("echo", 0, 0, BYTES)
        load.ask("rest", 1)
        after = running.resident_bytes()
        # All of them are still there.
        alive = load.ask("echo", 0, 0, BYTES)
        if alive["delivered"] != connections:
            raise RuntimeError(f"{server.name}: {alive['delivered']} of {connections} connections answer after a rest")
    return {
        "seconds": opened["seconds"],
        "cpu_us": cpu / (connections - 1) * 1e6,
        "kb_per_connection": (after - before) / (connections - 1) / 1024,
        "rss_mb": after / 2**20,
    }


def rows(server: str, connections: int, figures: list[dict]) -> list[dict]:
    def middle(name: str, digits: int) -> float:
        return round(median(figure[name] for figure in figures), digits)

    key = {"server": server, "connections": connections, "rounds": len(figures)}
    seconds = [round(figure["seconds"], 2) for figure in figures]
    return [
        {**key, "work": IDLE, "kb_per_connection": middle("kb_per_connection", 2), "rss_mb": middle("rss_mb", 1)},
        {**key, "work": CONNECT, "seconds": middle("seconds", 2), "seconds_range": [min(seconds), max(seconds)],
         "cpu_us": middle("cpu_us", 1)},
    ]  # fmt: skip
