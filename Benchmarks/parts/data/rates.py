# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""How much was done in a second, over several rounds, and the rows that are made of it."""

from collections import defaultdict
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Rate:
    turns: int
    seconds: float
    # Of the program alone, never of a database server; unknown of programs that are not the benchmark's own.
    cpu_seconds: float | None


class Rates:
    def __init__(self) -> None:
        self._rates: dict[tuple[str, str, int | None], list[Rate]] = defaultdict(list)

    def add(self, server: str, work: str, connections: int | None, rate: Rate) -> None:
        self._rates[server, work, connections].append(rate)

    def rows(self) -> list[dict]:
        return [row(*key, rates) for key, rates in self._rates.items()]


def row(server: str, work: str, connections: int | None, rates: list[Rate]) -> dict:
    each = [rate.turns / rate.seconds for rate in rates]
    made = {"server": server, "work": work, "rate": round(median(each)), "rate_range": [round(min(each)), round(max(each))]}
    if connections is not None:
        made["connections"] = connections
    cpu = [rate.cpu_seconds / rate.turns * 1e6 for rate in rates if rate.cpu_seconds is not None]
    if cpu:
        made["cpu_us"] = round(median(cpu), 3)
        made["cpu_us_range"] = [round(min(cpu), 3), round(max(cpu), 3)]
    return {**made, "rounds": len(rates)}
