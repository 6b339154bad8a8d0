# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""What a second event loop brings, on all cores. The load generator shares them: it takes its part of the second."""

from harness.load import Generator
from harness.results import Rounds
from harness.servers import Server

from .works import WORKS

SERVERS = ("floor", "tandem", "node")
# `large` costs a server far more than it costs the load generator, so there the cores are nearly the server's own.
OF = ("json", "large")


def measure(servers: list[Server], count: int, seconds: float) -> list[dict]:
    rounds = Rounds()
    generator = Generator(None)
    for _ in range(count):
        for server in servers:
            if server.name not in SERVERS:
                continue
            for loops in (1, 2):
                with server.start(None, threads=loops) as running:
                    for name in OF:
                        WORKS[name].send(generator, running, 64, 1)
                        sample = WORKS[name].send(generator, running, 64, seconds)
                        rounds.add(server.name, f"scaling-{name}", 64, sample, event_loops=loops)
                        print(f"scaling {server.name} {name}, {loops} event loops: {sample.per_second:.0f}/s, "
                              f"{sample.cpu_us:.2f} µs", flush=True)  # fmt: skip
    return rounds.rows()
