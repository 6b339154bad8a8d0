# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""Part `realtime`: what a message costs over WebSocket and Socket.IO, and what a connection does."""

from argparse import Namespace

from harness import data, results, turns
from harness.machine import Placement, placement
from harness.process import allow_open_files
from harness.programs import build, chosen
from harness.results import Rounds
from harness.work import chosen_works

from . import held
from .load import PROGRAM, Load
from .servers import SERVERS, RealtimeServer, on, redis, versions
from .works import WORKS, Work

NAMES = (*WORKS, held.IDLE, held.CONNECT)


def run(options: Namespace) -> dict:
    servers = chosen(options.servers, SERVERS)
    asked = chosen_works(options.works, NAMES)
    places = placement()
    allow_open_files(max(options.idle, *(max(work.connections) for work in WORKS.values())))
    data.prepare()
    build([PROGRAM, *servers])
    works = [(WORKS[name], count) for name in asked if name in WORKS for count in connections(WORKS[name], options)]
    with redis(places) as running:
        servers = [on(server, running) for server in servers]
        for server in servers:
            check(server, places)
        rows = measure(servers, works, options, places).rows() if works else []
        if {held.IDLE, held.CONNECT} & set(asked):
            rows += [row for row in held.measure(servers, options.idle, options.rounds, places) if row["work"] in asked]
    rows.sort(key=lambda row: NAMES.index(row["work"]))
    titles = {work.name: work.title for work in WORKS.values()}
    return results.document("realtime", rows, unit="message", titles=titles, versions=versions(),
                            method=method(options, places))  # fmt: skip


def connections(work: Work, options: Namespace) -> list[int]:
    if options.connections:
        return options.connections
    return [1, 64, 1_000] if options.full and work.is_echo else list(work.connections)


def check(server: RealtimeServer, places: Placement) -> None:
    """Has every kind of message sent; the generator itself looks at all that comes."""
    with server.start(None) as running:
        for work in WORKS.values():
            with Load(running, server.speaks, places.load) as load:
                work.get_ready(load, server, 20)
                figures = load.ask(*work.line(0.1))
                load.ask("close")
                if figures["lost"] or figures["repeated"] or not figures["delivered"]:
                    raise RuntimeError(f"{server.name} delivers {work.name} wrongly: {figures}")
    print(f"{server.name}: every message is right", flush=True)


def measure(servers: list[RealtimeServer], works: list[tuple[Work, int]], options: Namespace, places: Placement) -> Rounds:
    """Has each server do its work, all of it in one process a round."""
    rounds = Rounds()
    for number, server in turns.in_turn(servers, options.rounds):
        with server.start(places.server) as running, Load(running, server.speaks, places.load) as load:
            # Compilers that compile while they run need longer at first.
            warm_up(load, server, options.seconds)
            for work, count in works:
                work.get_ready(load, server, count)
                load.ask(*work.line(options.warmup))
                sample = load.sample(*work.line(options.seconds))
                load.ask("close")
                rounds.add(server.name, work.name, count, sample)
                turns.tell(number, server.name, work.name, count, sample)
    return rounds


def warm_up(load: Load, server: RealtimeServer, seconds: float) -> None:
    WORKS["echo"].get_ready(load, server, 64)
    load.ask(*WORKS["echo"].line(seconds))
    load.ask("close")


def method(options: Namespace, places: Placement) -> str:
    return (
        f"{turns.method(options, options.seconds)}; one event loop or process each; {places}; CPU time is that of all the"
        " server's processes, user and system, for each message that arrives at a client; without compression; every"
        " connection has one message under way when it is echoed, and a room one; latency at a set rate counts from when"
        " a message was due; channels has a Redis, whose CPU time is not in it; a MB is 2^20 bytes, a KB 2^10"
    )
