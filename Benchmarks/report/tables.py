# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""Results as Markdown tables."""

from collections.abc import Iterable

from . import built, fast, find, rated, servers_of, timed, title, unit, works_of

DETAILS = {
    "CPU µs/{unit}": lambda row: f"{row['cpu_us']:.2f}",
    "{unit}s/s": lambda row: f"{row['per_second']:,}",
    "p50 ms": lambda row: f"{row['p50_ms']:.2f}",
    "p99 ms": lambda row: f"{row['p99_ms']:.2f}",
    "resident MB": lambda row: f"{row['rss_mb']:.1f}",
}
# Where the load generator says what it used itself, and what did not come once.
MESSAGE_DETAILS = {
    "load's own CPU µs": lambda row: f"{row['load_cpu_us']:.2f}",
    "lost": lambda row: f"{row['lost']:,}",
    "repeated": lambda row: f"{row['repeated']:,}",
}


def table(head: list[str], body: list[list[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|---|" + "---:|" * (len(head) - 1)]
    return "\n".join(lines + ["| " + " | ".join(line) + " |" for line in body])


def cpu(content: dict) -> str | None:
    """CPU time per request: work down, servers across."""
    rows = timed(content["results"])
    if not rows:
        return None
    names = servers_of(rows)

    def cell(name: str, work: str, connections: int) -> str:
        row = find(rows, server=name, work=work, connections=connections)
        return f"{row['cpu_us']:,.1f}" if row else "–"

    body = [[title(content, *key), *(cell(name, *key) for name in names)] for key in works_of(rows)]
    return table([f"CPU µs per {unit(content)}", *names], body)


def speed(content: dict) -> str | None:
    """Megabytes per second: work down, codecs across."""
    rows = fast(content["results"])
    if not rows:
        return None
    names = servers_of(rows)

    def cell(name: str, work: str) -> str:
        row = find(rows, server=name, work=work)
        return f"{row['mb_per_second']:,.0f}" if row else "–"

    body = [[title(content, work, None), *(cell(name, work) for name in names)] for work, _ in works_of(rows)]
    return table(["MB per second of CPU time", *names], body)


def rates(content: dict) -> str | None:
    """How much was done in a second, and what that took of the program's own CPU time, where that is known."""
    body = []
    for row in rated(content["results"]):
        least, most = row["rate_range"]
        cpu = f"{row['cpu_us']:,.2f}" if "cpu_us" in row else "–"
        name = f"{title(content, row['work'], row.get('connections'))}: {row['server']}"
        body.append([name, f"{row['rate']:,}", f"{least:,} to {most:,}", cpu])
    return table(["in process", "each second", "of all rounds", "CPU µs each"], body) if body else None


def starting(rows: list[dict]) -> str | None:
    rows = ordered(row for row in rows if row["work"] == "start")
    if not rows:
        return None
    body = [[row["server"], f"{row['ms']:.0f}", " to ".join(f"{ms:.0f}" for ms in row["ms_range"])] for row in rows]
    return table(["from the start of Depot to its first answer", "ms", f"of all {rows[0]['rounds']} starts"], body)


def writers(rows: list[dict]) -> str | None:
    rows = ordered(row for row in rows if row["work"] == "writers")
    if not rows:
        return None
    body = [[row["server"], f"{row['sent']:,}", str(row["lost"]), str(row["refused"])] for row in rows]
    return table([f"{rows[0]['writers']} clients write to SQLite", "sent", "lost", "refused"], body)


def builds(content: dict) -> str | None:
    """Seconds of each build: of the processors first, for it is what a busy machine changes least."""
    body = []
    for row in built(content["results"]):
        least, most = row["cpu_s_range"]
        spread = f"{least:,.1f} to {most:,.1f}" if row["rounds"] > 1 else "once"
        name = title(content, row["work"], None)
        body.append([name, f"{row['cpu_s']:,.1f}", spread, f"{row['wall_s']:,.1f}"])
    return table(["seconds to build", "CPU", "of all rounds", "by the clock"], body) if body else None


def speed_details(content: dict, work: str) -> str:
    """Every figure of one document, one way."""
    rows = [row for row in fast(content["results"]) if row["work"] == work]
    body = []
    for row in ordered(rows):
        worst, best = row["mb_per_second_range"]
        name = row["server"] if row["form"] == row["server"] else f"{row['server']} ({row['form']})"
        body.append([name, f"{row['mb_per_second']:,.1f}", f"{worst:,.1f} to {best:,.1f}", f"{row['cpu_us']:,.1f}"])
    head = f"{title(content, work, None)}, {rows[0]['bytes']:,} bytes"
    return table([head, "MB/s", "of all rounds", "CPU µs each"], body)


def details(content: dict, work: str, connections: int) -> str:
    """Every figure of one work."""
    rows = [row for row in timed(content["results"]) if (row["work"], row["connections"]) == (work, connections)]
    columns = {**DETAILS, **(MESSAGE_DETAILS if "load_cpu_us" in rows[0] else {})}
    body = [[name, *(show(find(rows, server=name)) for show in columns.values())] for name in servers_of(rows)]
    return table([title(content, work, connections), *(head.format(unit=unit(content)) for head in columns)], body)


def ordered(rows: Iterable[dict]) -> list[dict]:
    rows = list(rows)
    return sorted(rows, key=lambda row: servers_of(rows).index(row["server"]))


def memory(rows: list[dict]) -> str | None:
    idle = ordered(row for row in rows if row["work"] == "idle")
    if not idle:
        return None
    body = [[row["server"], f"{row['kb_per_connection']:.2f}", f"{row['rss_mb']:.1f}"] for row in idle]
    return table([f"{idle[0]['connections']:,} idle connections", "KB each", "resident MB in all"], body)


def connecting(rows: list[dict]) -> str | None:
    rows = ordered(row for row in rows if row["work"] == "connect")
    if not rows:
        return None
    body = [[row["server"], f"{row['seconds']:.2f}", "{:.2f} to {:.2f}".format(*row["seconds_range"]),
             f"{row['cpu_us']:,.0f}"] for row in rows]  # fmt: skip
    return table([f"{rows[0]['connections']:,} connections made", "seconds", "of all rounds", "CPU µs each"], body)


def million(rows: list[dict]) -> str | None:
    rows = ordered(row for row in rows if row["work"] == "million")
    if not rows:
        return None
    body = [[row["server"], f"{row['rss_mb']:.1f}", f"{row['rss_mb_after_second']:.1f}"] for row in rows]
    return table(["resident MB", f"after {rows[0]['requests']:,} requests", "after as many again"], body)


def scaling(rows: list[dict]) -> str | None:
    rows = [row for row in rows if "event_loops" in row]
    if not rows:
        return None
    body = []
    for work, _ in works_of(rows):
        for name in servers_of(rows):
            one, two = (find(rows, server=name, work=work, event_loops=loops) for loops in (1, 2))
            if one and two:
                gain = two["per_second"] / one["per_second"]
                body.append([f"{name}, {work.removeprefix('scaling-')}", f"{one['per_second']:,}",
                             f"{two['per_second']:,}", f"{gain:.2f}", f"{one['cpu_us']:.2f}",
                             f"{two['cpu_us']:.2f}"])  # fmt: skip
    return table(["a second event loop", "requests/s with 1", "with 2", "gain", "CPU µs with 1", "with 2"], body)


def about(content: dict) -> str:
    versions = ", ".join(f"{name} {number}" for name, number in content.get("versions", {}).items() if number)
    lines = [f"{content['machine']}; {content['date'][:10]}."]
    lines += [f"{content['method']}." if "method" in content else "", f"{versions}." if versions else ""]
    return " ".join(line[0].upper() + line[1:] for line in lines if line)


def summary(content: dict, chart: str) -> str:
    """What the README shows: the chart, CPU time or speed of all work, and memory."""
    rows = content["results"]
    picture = "MB per second" if fast(rows) else f"CPU time per {unit(content)}"
    # Without requests or documents there is no chart.
    parts = [f"![{picture}]({chart})" if timed(rows) or fast(rows) else None]
    parts += [cpu(content), speed(content), rates(content), builds(content)]
    parts += [writers(rows), starting(rows), memory(rows), connecting(rows), million(rows)]
    return "\n\n".join([part for part in parts if part] + [about(content)])


def everything(content: dict, chart: str) -> str:
    rows = content["results"]
    parts = [summary(content, chart), scaling(rows)]
    parts += [details(content, work, connections) for work, connections in works_of(timed(rows))]
    parts += [speed_details(content, work) for work, _ in works_of(fast(rows))]
    return f"# Results: {content['part']}\n\n" + "\n\n".join(part for part in parts if part) + "\n"
