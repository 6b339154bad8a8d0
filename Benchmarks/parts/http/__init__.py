# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""Part `http`: what a request costs each server, and what a connection holds."""

from argparse import Namespace

from harness import data, results, turns
from harness.checks import check
from harness.load import Generator
from harness.machine import Placement, placement
from harness.programs import build, chosen
from harness.servers import HTTP_SERVERS, Server, versions
from harness.work import STREAMS, Work, chosen_works

from . import memory, scaling
from .works import WORKS

APART = ("idle", "million", "scaling")
NAMES = (*WORKS, *APART)


def run(options: Namespace) -> dict:
    servers = chosen(options.servers, HTTP_SERVERS)
    works = chosen_works(options.works, NAMES)
    places = placement()
    generator = Generator(places.load)
    data.prepare()
    build(servers)
    for server in servers:
        with server.start(None) as running:
            check(running, WORKS.values())
            print(f"{server.name}: every answer is right", flush=True)
    rows = turns.measure(servers, lambda server: plan(server, works, options), options, generator).rows()
    if "idle" in works:
        rows += memory.idle(servers, options.idle, places)
    if "million" in works:
        rows += memory.million(servers, options.requests, places, generator)
    if "scaling" in works:
        rows += scaling.measure(servers, options.rounds, options.seconds)
    rows.sort(key=lambda row: NAMES.index(row["work"].partition("-")[0]))
    return results.document("http", rows, titles=titles(), versions=versions(), method=method(options, places))


def titles() -> dict[str, str]:
    return {work.name: work.title for work in WORKS.values()}


def method(options: Namespace, places: Placement) -> str:
    return (
        f"{turns.method(options, options.seconds)}; one event loop or worker each; {places}; wrk for HTTP/1, h2load with"
        f" {STREAMS} streams a connection for HTTP/2; CPU time is that of all the server's processes, user and system;"
        " a MB is 2^20 bytes"
    )


def plan(server: Server, works: list[str], options: Namespace) -> list[tuple[Work, int]]:
    """What the server is to do of all this, and with how many connections."""
    offered = [WORKS[name] for name in works if name in WORKS and (server.has_http2 or not WORKS[name].http2)]
    return [(work, count) for work in offered for count in connections(work.name, options)]


def connections(work: str, options: Namespace) -> list[int]:
    if options.connections:
        return options.connections
    return [1, 64, 1000] if options.full or work == "json" else [64]
