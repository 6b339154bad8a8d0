# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""The load generator, `Load/realtime.c`: a process that does a line at a time and says what came of it."""

import json
import subprocess
from collections.abc import Iterable

from harness.commands import wrapped
from harness.load import Sample
from harness.paths import BENCHMARKS
from harness.process import ServerProcess
from harness.programs import Program, c

PROGRAM = Program("load", **c(BENCHMARKS / "Load" / "realtime.c", "realtime"))


class Load:
    """A generator for one server; a context manager, so that it does not outlive the benchmark."""

    def __init__(self, server: ServerProcess, speaks: str, cores: Iterable[int] | None):
        self.server = server
        self.process = subprocess.Popen(
            wrapped([*PROGRAM.command, str(server.ports[0]), speaks], cores),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> "Load":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.communicate()

    def ask(self, *words: object) -> dict:
        """Has it do a line, and gives what it says."""
        line = " ".join(map(str, words))
        try:
            self.process.stdin.write(f"{line}\n")
            self.process.stdin.flush()
            answer = self.process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        if not answer:
            said = self.process.communicate()[1] + self.server.log.read_text(errors="replace")[-2000:]
            raise RuntimeError(f"{self.server.name} failed at `{line}`:\n{said}")
        return json.loads(answer)

    def spent(self, *words: object) -> tuple[dict, float]:
        """What it says, and the CPU seconds that the server's processes used until then."""
        before = self.server.cpu_seconds()
        figures = self.ask(*words)
        return figures, self.server.cpu_seconds() - before

    def sample(self, *words: object) -> Sample:
        """Sends messages; gives figures for each that was delivered."""
        figures, cpu = self.spent(*words)
        count = figures["delivered"]
        if not count:
            raise RuntimeError(f"{self.server.name} delivered nothing at `{' '.join(map(str, words))}`")
        return Sample(
            cpu_us=cpu / count * 1e6,
            per_second=count / figures["seconds"],
            p50_ms=figures["p50_ms"],
            p99_ms=figures["p99_ms"],
            rss_mb=self.server.resident_bytes() / 2**20,
            load_cpu_us=figures["cpu_s"] / count * 1e6,
            lost=figures["lost"],
            repeated=figures["repeated"],
        )
