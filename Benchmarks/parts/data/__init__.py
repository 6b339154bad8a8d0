# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""Part `data`: what rows cost that are read and written through a model, in process and over HTTP."""

from argparse import Namespace
from functools import partial

from harness import data, results, turns
from harness.checks import check
from harness.load import Generator
from harness.machine import Placement, placement, version
from harness.paths import PYTHON
from harness.postgresql import PostgreSQL
from harness.programs import build, chosen
from harness.servers import Server
from harness.servers import versions as server_versions
from harness.work import Work, chosen_works

from . import catalogue, start, writers
from .competitors import PIPELINED, TANDEM, C, Runs
from .rates import Rates
from .servers import SERVERS, on
from .works import DATABASES, works

IN_PROCESS = {
    "find-sqlite": "rows read by key a second, SQLite",
    "find-postgresql": "rows read by key a second, PostgreSQL",
    "insert-sqlite": f"rows inserted a second, {catalogue.INSERTED:,} at once, SQLite",
    "insert-postgresql": f"rows inserted a second, {catalogue.INSERTED:,} at once, PostgreSQL",
}


def run(options: Namespace) -> dict:
    data.prepare()
    packages = catalogue.prepare()
    over_http = works(packages)
    names = [*IN_PROCESS, *over_http, "writers", "start"]
    asked = chosen_works(options.works, names)
    servers = chosen(options.servers, SERVERS)
    build([*([TANDEM, C] if set(asked) & set(IN_PROCESS) else []), *servers])
    places = placement()
    with PostgreSQL(places.load) as postgresql:
        catalogue.fill_postgresql(postgresql)
        rows = in_process(asked, options, postgresql, packages)
        rows += served([over_http[name] for name in asked if name in over_http], servers, options, postgresql)
        if "writers" in asked and SERVERS["tandem"] in servers:
            rows.append(writers.check(on(SERVERS["tandem"], "sqlite", postgresql), 10 if options.quick else 100))
    if "start" in asked:
        rows.append(start.measure(3 if options.quick else 10))
    rows.sort(key=lambda row: names.index(row["work"]))
    titles = {**IN_PROCESS, **{work.name: work.title for work in over_http.values()}}
    return results.document("data", rows, titles=titles, versions=versions(), method=method(options, places))


def in_process(asked: list[str], options: Namespace, postgresql: PostgreSQL, packages: list[dict]) -> list[dict]:
    rates = Rates()
    if "find-postgresql" in asked:
        # The table that `pgbench -S` reads.
        postgresql.client("pgbench", "-i", "-q", "catalogue")
    checksum = sum(catalogue.checksum(package) for package in packages[:1_000])
    runs = Runs(options, postgresql, checksum)
    competitors = [each for each in runs.competitors() if each.work in asked]
    for number, each in turns.in_turn(competitors, options.rounds) if competitors else []:
        rate = each.run()
        rates.add(each.server, each.work, each.connections, rate)
        count = "" if each.connections is None else each.connections
        print(f"round {number}  {each.server:17}{each.work:18}{count:5}  {rate.turns / rate.seconds:11,.0f}/s", flush=True)
    return rates.rows()


def served(asked: list[Work], servers: list[Server], options: Namespace, postgresql: PostgreSQL) -> list[dict]:
    started = [on(server, database, postgresql) for database in DATABASES for server in servers]
    started = [server for server in started if server and plan(asked, options, server)]
    for server in started:
        with server.start(None) as running:
            check(running, [work for work, _ in plan(asked, options, server)])
        print(f"{server.name} on {server.environment['DATABASE']}: every answer is right", flush=True)
    if not started:
        return []
    return turns.measure(started, partial(plan, asked, options), options, Generator(placement().load)).rows()


def plan(asked: list[Work], options: Namespace, server: Server) -> list[tuple[Work, int]]:
    """What a server is to do, on the database that it was started for."""
    mine = [work for work in asked if work.name.endswith(server.environment["DATABASE"])]
    return [(work, count) for work in mine for count in options.connections or [64]]


def versions() -> dict[str, str | None]:
    """The versions of what is measured, and of the databases."""

    def of(package: str) -> str | None:
        return version(str(PYTHON), "-c", f"import {package}; print({package}.__version__)")

    return {
        **{name: number for name, number in server_versions().items() if name not in ("express", "h2load")},
        **{name: of(name) for name in ("sqlalchemy", "psycopg", "asyncpg", "aiosqlite")},
        "PostgreSQL": version("psql", "--version"),
    }


def method(options: Namespace, places: Placement) -> str:
    return (
        f"{turns.method(options, options.seconds)}; {places}, which PostgreSQL shares with the load generator; over HTTP"
        " one event loop or worker each, wrk, and CPU time that of the web server's processes, user and system, without"
        f" the database's; in process tandem-pipelined has {PIPELINED} reads under way for each connection, all others"
        " one; pgbench reads its own rows by `pgbench -S -M prepared`, pgbench-packages the rows that Tandem reads"
    )
