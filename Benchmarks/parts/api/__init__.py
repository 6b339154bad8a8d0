# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""Part `api`: what it costs to take 1 KB of JSON, check every field of it, and answer with what follows from it."""

from argparse import Namespace

from harness import data, results, turns
from harness.checks import check
from harness.load import Generator
from harness.machine import placement
from harness.programs import build, chosen
from harness.servers import API_SERVERS, Server, versions
from harness.work import Work, chosen_works

from . import orders
from .refusal import check_refusal


def run(options: Namespace) -> dict:
    servers = chosen(options.servers, API_SERVERS)
    chosen_works(options.works, [orders.CHECKED.name])
    places = placement()
    data.prepare()
    orders.prepare()
    build(servers)
    for server in servers:
        with server.start(None) as running:
            check(running, [work_of(server)])
            if work_of(server) is orders.CHECKED:
                check_refusal(running)
        print(f"{server.name}: every answer is right", flush=True)
    counts = options.connections or ([1, 64, 1000] if options.full else [64])
    rounds = turns.measure(
        servers, lambda server: [(work_of(server), count) for count in counts], options, Generator(places.load)
    )
    method = (
        f"{turns.method(options, options.seconds)}; one event loop or worker each; {places}; wrk; CPU time is that of all"
        " the server's processes, user and system; tandem-engine gives the body back unread, all others check every"
        " field of it; a MB is 2^20 bytes"
    )
    titles = {orders.CHECKED.name: orders.CHECKED.title}
    return results.document("api", rounds.rows(), titles=titles, versions=versions(), method=method)


def work_of(server: Server) -> Work:
    return orders.UNREAD if server.name == "tandem-engine" else orders.CHECKED
