# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""The servers of the catalogue: each of them once for each database that it can be on."""

from dataclasses import replace

from harness.paths import NODE_PACKAGES
from harness.postgresql import PostgreSQL
from harness.programs import node, python, swift
from harness.servers import Server, by_name, script

from . import catalogue

TANDEM = swift("data-bench", "DataBench")
TANDEM["command"] = [*TANDEM["command"], "serve"]

SERVERS = by_name(
    Server("tandem", **TANDEM),
    Server("fastapi", **python(script("fastapi", "catalogue.py"))),
    Server("fastapi-async", **python(script("fastapi", "catalogue_async.py"))),
    Server("node", **node(script("node", "catalogue.js"), [NODE_PACKAGES / "pg"], {"NODE_PATH": str(NODE_PACKAGES)})),
)

# Debian's SQLite package for Node needs Debian's Node.
WITHOUT_SQLITE = ("node",)
# What SQLAlchemy calls the drivers.
DRIVERS = {
    ("fastapi", "sqlite"): "sqlite+pysqlite",
    ("fastapi-async", "sqlite"): "sqlite+aiosqlite",
    ("fastapi", "postgresql"): "postgresql+psycopg",
    ("fastapi-async", "postgresql"): "postgresql+asyncpg",
}


def on(server: Server, database: str, postgresql: PostgreSQL) -> Server | None:
    """The server as it is started for a database; none where it cannot use it."""
    if database == "sqlite" and server.name in WITHOUT_SQLITE:
        return None
    url = f"sqlite:{catalogue.CATALOGUE}" if database == "sqlite" else postgresql.url("catalogue")
    driver = DRIVERS.get((server.name, database))
    if driver:
        rest = f"///{catalogue.CATALOGUE}" if database == "sqlite" else url.removeprefix("postgres:")
        url = f"{driver}:{rest}"
    return replace(server, environment={**server.environment, "DATABASE_URL": url, "DATABASE": database})
