# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""Holds connections while messages flow, and fails where one is lost or repeated, or memory grows.

hold.py [SECONDS] [--servers tandem,tandem-socketio]     600 seconds of each

10,000 connections in rooms of 10 answer the server's pings, and 1,000 messages a second go to one room after the other:
10,000 deliveries a second. It takes two halves, and what is resident after each of them is compared.
"""

import argparse
import sys

from harness import data
from harness.machine import Placement, placement
from harness.process import allow_open_files
from harness.programs import build, chosen
from parts.realtime.load import PROGRAM, Load
from parts.realtime.servers import SERVERS, WITH_REDIS, RealtimeServer
from parts.realtime.works import BYTES

ROOM = 10
# What may be resident more after the second half: the allocator's pages move.
GROWTH_BOUND = 4 * 2**20
# Every server asks its clients at least once in so many seconds.
PING_SECONDS = 60


def hold(server: RealtimeServer, options: argparse.Namespace, places: Placement) -> list[str]:
    """Gives what went wrong."""
    wrong, resident = [], []
    with server.start(places.server) as running, Load(running, server.speaks, places.load) as load:
        load.ask("open", options.connections, server.path("rooms"))
        load.ask("join", ROOM)
        for half in ("first", "second"):
            figures, cpu = load.spent("send", options.seconds / 2, options.rate, BYTES)
            resident.append(running.resident_bytes())
            print(f"{server.name}, {half} half: {figures['sent']:,} messages, {figures['delivered']:,} deliveries, "
                  f"{figures['lost']} lost, {figures['repeated']} repeated, {figures['pings']:,} pings, p99 "
                  f"{figures['p99_ms']:.1f} ms, at worst {figures['worst_ms']:.1f} ms, CPU {cpu:.1f} s, "
                  f"{resident[-1] / 2**20:.1f} MB", flush=True)  # fmt: skip
            wrong += [f"{figures[name]} messages {name}" for name in ("lost", "repeated") if figures[name]]
            if options.seconds / 2 > PING_SECONDS and figures["pings"] < options.connections / ROOM:
                wrong.append(f"only {figures['pings']} pings")
        load.ask("close")
    if resident[1] - resident[0] > GROWTH_BOUND:
        wrong.append(f"{(resident[1] - resident[0]) / 2**20:.1f} MB more resident after the second half")
    return [f"{server.name}: {text}" for text in wrong]


def main() -> None:
    parser = argparse.ArgumentParser(description="Hold connections while messages flow.")
    parser.add_argument("seconds", nargs="?", type=float, default=600)
    parser.add_argument("--servers", type=lambda text: text.split(","), default=["tandem", "tandem-socketio"])
    parser.add_argument("--connections", type=int, default=10_000)
    parser.add_argument("--rate", type=int, default=1_000, help="messages a second, each to a room of 10")
    options = parser.parse_args()
    allow_open_files(options.connections)
    data.prepare()
    servers = chosen(options.servers, {name: each for name, each in SERVERS.items() if name not in WITH_REDIS})
    build([PROGRAM, *servers])
    wrong = [text for server in servers for text in hold(server, options, placement())]
    if wrong:
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    main()
