# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""Competitors in turn: each round everyone has a go, and another begins."""

from argparse import Namespace
from collections.abc import Callable, Iterator
from typing import TypeVar

from .load import Generator, Sample
from .machine import placement
from .results import Rounds
from .servers import Server
from .work import Work

Competitor = TypeVar("Competitor")


def in_turn(competitors: list[Competitor], rounds: int) -> Iterator[tuple[int, Competitor]]:
    """The number of the round, from 1, and who has a go."""
    for number in range(rounds):
        first = number % len(competitors)
        for competitor in competitors[first:] + competitors[:first]:
            yield number + 1, competitor


def measure(servers: list[Server], plan: Callable[[Server], list[tuple[Work, int]]], options: Namespace,
            generator: Generator) -> Rounds:  # fmt: skip
    """Has each server do its work, each with so many connections, in one process a round."""
    rounds = Rounds()
    for number, server in in_turn(servers, options.rounds):
        works = plan(server)
        if not works:
            continue
        with server.start(placement().server) as running:
            # Compilers that compile while they run need longer at first.
            works[0][0].send(generator, running, 64, options.seconds)
            for work, count in works:
                work.send(generator, running, count, options.warmup)
                sample = work.send(generator, running, count, options.seconds)
                rounds.add(server.name, work.name, count, sample, **work.extra)
                tell(number, server.name, work.name, count, sample)
    return rounds


def tell(number: int, server: str, work: str, count: int, sample: Sample) -> None:
    print(f"round {number}  {server:16}{work:8}{count:5}  {sample.cpu_us:9.2f} µs  {sample.per_second:9.0f}/s  "
          f"p99 {sample.p99_ms:8.2f} ms  {sample.rss_mb:6.1f} MB", flush=True)  # fmt: skip


def method(options: Namespace, seconds: float) -> str:
    """How figures came about, for the results."""
    rounds = f"median of {options.rounds} round{'s' * (options.rounds > 1)}"
    return f"{rounds} of {seconds:g} s each after {options.warmup:g} s of warm-up, in turn"
