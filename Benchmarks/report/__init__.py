# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""What is made of results: tables, a chart, the targets."""

# The order in which servers are shown.
SERVERS = (
    "floor", "c", "tandem-engine", "tandem", "tandem-pipelined", "foundation", "node", "node-bytes", "fastify", "express",
    "fastapi", "fastapi-async", "hummingbird", "pydantic", "orjson", "pgbench", "pgbench-packages", "psql",
    "ws", "channels", "tandem-socketio", "socketio-node", "socketio-python",
)  # fmt: skip


def servers_of(rows: list[dict]) -> list[str]:
    """The servers that have rows, known ones first and in their order."""
    named = dict.fromkeys(row["server"] for row in rows)
    return [name for name in SERVERS if name in named] + [name for name in named if name not in SERVERS]


def timed(rows: list[dict]) -> list[dict]:
    """The rows of ordinary work: those with latencies, and with the one event loop that all servers had."""
    return [row for row in rows if "p99_ms" in row and "event_loops" not in row]


def fast(rows: list[dict]) -> list[dict]:
    """The rows that say how many megabytes a second were read or written."""
    return [row for row in rows if "mb_per_second" in row]


def rated(rows: list[dict]) -> list[dict]:
    """The rows that say how much was done in a second, without a server over HTTP."""
    return [row for row in rows if "rate" in row]


def built(rows: list[dict]) -> list[dict]:
    """The rows that say how long a build took."""
    return [row for row in rows if "wall_s" in row]


def works_of(rows: list[dict]) -> list[tuple[str, int | None]]:
    """Work and connections, in the order of the results; without a server there are no connections."""
    return list(dict.fromkeys((row["work"], row.get("connections")) for row in rows))


def title(content: dict, work: str, connections: int | None) -> str:
    name = content.get("titles", {}).get(work, work)
    return name if connections is None else f"{name}, {connections:,} connection{'s' * (connections > 1)}"


def unit(content: dict) -> str:
    """What is counted: requests, or messages."""
    return content.get("unit", "request")


def find(rows: list[dict], **wanted) -> dict | None:
    """The first row that has all these values."""
    return next((row for row in rows if all(row.get(name) == value for name, value in wanted.items())), None)
