# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""The targets of each part, and whether the results meet them."""

from collections.abc import Iterator
from dataclasses import dataclass

from . import find


DOCUMENTS = ("twitter", "citm", "github", "canada")


@dataclass(frozen=True)
class Target:
    text: str
    at_most: float | None = None
    at_least: float | None = None
    value: float | None = None
    note: str = ""

    def __str__(self) -> str:
        limit = f"≤ {self.at_most:g}" if self.at_most is not None else f"≥ {self.at_least:g}"
        if self.value is None:
            return f"  not measured  {self.text} ({limit})"
        met = self.value <= self.at_most if self.at_most is not None else self.value >= self.at_least
        return f"  {'met' if met else 'MISSED':12}  {self.text}: {self.value:.3g} ({limit}){self.note}"


def ratio(one: dict | None, other: dict | None, name: str) -> float | None:
    return one[name] / other[name] if one and other else None


def best(one: dict | None, other: dict | None) -> str:
    """The ratio of the two best rounds: what else the machine does only ever adds CPU time."""
    if not one or not other:
        return ""
    return f", best rounds {one['cpu_us_range'][0] / other['cpu_us_range'][0]:.3g}"


def http(rows: list[dict]) -> Iterator[Target]:
    def json(server: str) -> dict | None:
        return find(rows, server=server, work="json", connections=64)

    for server, most in (("floor", 1.35), ("node", 0.55), ("fastify", 0.55), ("fastapi", 0.11)):
        yield Target(f"CPU of json at 64 connections, tandem / {server}", most,
                     value=ratio(json("tandem"), json(server), "cpu_us"),
                     note=best(json("tandem"), json(server)))  # fmt: skip
    yield Target("p99 of json at 64 connections, tandem / node", 1, value=ratio(json("tandem"), json("node"), "p99_ms"))
    yield from memory(rows)
    yield from scaling(rows)


def memory(rows: list[dict]) -> Iterator[Target]:
    after = find(rows, server="tandem", work="million", requests=1_000_000)
    growth = after["rss_mb_after_second"] - after["rss_mb"] if after else None
    yield Target("resident MB after a million requests", 20, value=after["rss_mb"] if after else None)
    # A quarter of a megabyte is what the allocator's own pages move.
    yield Target("MB more after the next million", 0.25, value=growth)
    idle, node = (find(rows, server=name, work="idle", connections=10_000) for name in ("tandem", "node"))
    yield Target("KB for an idle connection, of 10,000", 4, value=idle["kb_per_connection"] if idle else None)
    yield Target("resident with 10,000 idle connections, tandem / node", 1, value=ratio(idle, node, "rss_mb"))


def scaling(rows: list[dict]) -> Iterator[Target]:
    for work in ("json", "large"):
        one, two = (find(rows, server="tandem", work=f"scaling-{work}", event_loops=loops) for loops in (1, 2))
        yield Target(f"requests/s of {work} with two event loops / one, cores shared with the load generator",
                     at_least=1.7, value=ratio(two, one, "per_second"))  # fmt: skip
        cost = ratio(one, two, "cpu_us")
        yield Target(f"the same by CPU time per request, as if the load generator had its own cores, {work}",
                     at_least=1.7, value=2 * cost if cost else None)  # fmt: skip


def json(rows: list[dict]) -> Iterator[Target]:
    for work in (f"{way}-{document}" for way in ("decode", "encode") for document in DOCUMENTS):
        tandem = find(rows, server="tandem", work=work)
        for codec, least in (("foundation", 6), ("node", 1), ("pydantic", 3)):
            other = find(rows, server=codec, work=work)
            yield Target(f"MB/s of {work}, tandem / {codec}", at_least=least, value=ratio(tandem, other, "mb_per_second"))


def api(rows: list[dict]) -> Iterator[Target]:
    def order(server: str) -> dict | None:
        return find(rows, server=server, work="order", connections=64)

    # Fastify is not everywhere; node:http with its checks by hand stands in for it.
    peer = "fastify" if order("fastify") else "node"
    for server, most in ((peer, 0.45), ("fastapi", 0.08), ("tandem-engine", 1.25)):
        yield Target(f"CPU of an order at 64 connections, tandem / {server}", most,
                     value=ratio(order("tandem"), order(server), "cpu_us"),
                     note=best(order("tandem"), order(server)))  # fmt: skip


def data(rows: list[dict]) -> Iterator[Target]:
    for text, work, peer, connections, least in (
        ("rows read by key on SQLite, tandem / c", "find-sqlite", "c", None, 0.6),
        *((f"rows read by key on PostgreSQL over {count} connections, tandem / pgbench", "find-postgresql", "pgbench",
           count, 0.8) for count in (1, 4, 16)),
    ):  # fmt: skip
        ours, theirs = (find(rows, server=name, work=work, connections=connections) for name in ("tandem", peer))
        yield Target(text, at_least=least, value=ratio(ours, theirs, "rate"), note=by_cpu(theirs, ours))
    for count in (1, 4, 16):
        ours, theirs = (find(rows, server=name, work="find-postgresql", connections=count)
                        for name in ("tandem-pipelined", "pgbench"))  # fmt: skip
        yield Target(f"the same with statements in a pipeline, over {count} connections", at_least=1,
                     value=ratio(ours, theirs, "rate"))  # fmt: skip
    for work, name, peer, most in (("insert-sqlite", "SQLite", "c", 1.6), ("insert-postgresql", "PostgreSQL", "psql", 1.5)):
        ours, theirs = (find(rows, server=server, work=work) for server in ("tandem", peer))
        yield Target(f"time for 100,000 rows inserted into {name}, tandem / {peer}", most,
                     value=ratio(theirs, ours, "rate"), note=by_cpu(ours, theirs))  # fmt: skip
    yield from catalogue(rows)


def catalogue(rows: list[dict]) -> Iterator[Target]:
    for work in (f"{what}-{database}" for database in ("sqlite", "postgresql") for what in ("package", "page")):
        tandem = find(rows, server="tandem", work=work, connections=64)
        for server in ("fastapi", "fastapi-async"):
            other = find(rows, server=server, work=work, connections=64)
            yield Target(f"CPU of {work} at 64 connections, tandem / {server}", 0.15,
                         value=ratio(tandem, other, "cpu_us"), note=best(tandem, other))  # fmt: skip
    written = find(rows, server="tandem", work="writers")
    for what in ("lost", "refused"):
        yield Target(f"writes {what} of 20 clients at once on SQLite", 0, value=written[what] if written else None)
    start = find(rows, server="tandem", work="start")
    yield Target("ms from the start of Depot to its first answer", 150, value=start["ms"] if start else None)


def realtime(rows: list[dict]) -> Iterator[Target]:
    def cpu(text: str, most: float, ours: str, theirs: str, work: str, connections: int) -> Target:
        one, other = (find(rows, server=name, work=work, connections=connections) for name in (ours, theirs))
        value = ratio(one, other, "cpu_us")
        return Target(f"CPU of {text}, {ours} / {theirs}", most, value=value, note=best(one, other))

    yield cpu("an echo", 0.6, "tandem", "ws", "echo", 64)
    yield cpu("an echo", 0.4, "tandem-socketio", "socketio-node", "echo", 64)
    for size in (10, 1_000, 10_000):
        yield cpu(f"a delivery in a room of {size:,}", 0.5, "tandem", "ws", "room", size)
    for server, most in (("tandem", 6), ("tandem-socketio", 9)):
        idle = find(rows, server=server, work="idle", connections=10_000)
        yield Target(f"KB for an idle connection of {server}, of 10,000", most,
                     value=idle["kb_per_connection"] if idle else None)  # fmt: skip
        astray = [row["lost"] + row["repeated"] for row in rows if row["server"] == server and "lost" in row]
        yield Target(f"messages of {server} lost or repeated", 0, value=sum(astray) if astray else None)


def by_cpu(one: dict | None, other: dict | None) -> str:
    """The ratio of CPU time, which holds on a busy machine, where both programs are without a server."""
    value = ratio(one, other, "cpu_us") if one and other and "cpu_us" in one and "cpu_us" in other else None
    return f", by CPU time {value:.3g}" if value is not None else ""


TARGETS = {"http": http, "json": json, "api": api, "data": data, "realtime": realtime}


def judged(content: dict) -> str:
    targets = TARGETS.get(content["part"])
    if targets is None:
        return "no targets"
    return "\n".join(str(target) for target in targets(content["results"]))
