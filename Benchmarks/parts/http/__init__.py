# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""Part `http`: what a request costs each server, and what a connection holds."""

from argparse import Namespace

from harness import data, results
from harness.load import Generator
from harness.machine import placement
from harness.results import Rounds
from harness.servers import HTTP_SERVERS, Server, build, versions

from . import memory, scaling
from .checks import check
from .works import STREAMS, WORKS, Work

APART = ("idle", "million", "scaling")
NAMES = (*WORKS, *APART)


def run(options: Namespace) -> dict:
    servers = chosen_servers(options.servers)
    works = chosen_works(options.works)
    places = placement()
    generator = Generator(places.load)
    data.prepare()
    build(servers)
    for server in servers:
        with server.start(None) as running:
            check(running, WORKS.values())
            print(f"{server.name}: every answer is right", flush=True)
    rounds = Rounds()
    plan = [(WORKS[name], count) for name in works if name in WORKS for count in connections(name, options)]
    for number in range(options.rounds if plan else 0):
        measure_round(number, servers, plan, options, generator, rounds)
    rows = rounds.rows()
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


def method(options: Namespace, places) -> str:
    return (
        f"median of {options.rounds} round{'s' * (options.rounds > 1)} of {options.seconds} s each after {options.warmup} s of warm-up, servers in turn;"
        f" one event loop or worker each; {places}; wrk for HTTP/1, h2load with {STREAMS} streams a connection for"
        " HTTP/2; CPU time is that of all the server's processes, user and system; a MB is 2^20 bytes"
    )


def chosen_servers(names: list[str] | None) -> list[Server]:
    """The servers asked for that can run here; without a wish, all that can."""
    for name in names or []:
        if name not in HTTP_SERVERS:
            raise SystemExit(f"no server {name}: there are {', '.join(HTTP_SERVERS)}")
    servers = []
    for name in names or HTTP_SERVERS:
        missing = HTTP_SERVERS[name].missing()
        if missing is None:
            servers.append(HTTP_SERVERS[name])
        else:
            print(f"{name}: left out, there is no {missing}", flush=True)
    return servers


def chosen_works(names: list[str] | None) -> list[str]:
    for name in names or []:
        if name not in NAMES:
            raise SystemExit(f"no work {name}: there are {', '.join(NAMES)}")
    return [name for name in NAMES if not names or name in names]


def connections(work: str, options: Namespace) -> list[int]:
    if options.connections:
        return options.connections
    return [1, 64, 1000] if options.full or work == "json" else [64]


def measure_round(number: int, servers: list[Server], plan: list[tuple[Work, int]], options: Namespace,
                  generator: Generator, rounds: Rounds) -> None:  # fmt: skip
    """One turn of each server; who begins changes from round to round."""
    first = number % len(servers)
    for server in servers[first:] + servers[:first]:
        with server.start(placement().server) as running:
            # Compilers that compile while they run need longer at first.
            WORKS["json"].send(generator, running, 64, options.seconds)
            for work, count in plan:
                if work.http2 and not server.has_http2:
                    continue
                work.send(generator, running, count, options.warmup)
                sample = work.send(generator, running, count, options.seconds)
                rounds.add(server.name, work.name, count, sample, **work.extra)
                print(f"round {number + 1}  {server.name:12}{work.name:8}{count:5}  "
                      f"{sample.cpu_us:9.2f} µs  {sample.per_second:9.0f}/s  "
                      f"p99 {sample.p99_ms:8.2f} ms  {sample.rss_mb:6.1f} MB", flush=True)  # fmt: skip
