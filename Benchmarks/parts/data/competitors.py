# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""Who reads and inserts in its own process: Tandem's model, a C loop, and PostgreSQL's own programs.

Each of them is a function that does its work once and says how much it did.
"""

import json
import os
import re
import subprocess
import tempfile
from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass

from harness.commands import wrapped
from harness.machine import placement
from harness.paths import BENCHMARKS
from harness.postgresql import PostgreSQL
from harness.programs import Program, c, swift

from . import catalogue
from .rates import Rate

TANDEM = Program("tandem", **swift("data-bench", "DataBench"))
C = Program("c", **c(BENCHMARKS / "Databases" / "sqlite.c", "sqlite", ["-lsqlite3"]))

CONNECTIONS = (1, 4, 16)
# Tasks that read at once over each connection, where statements follow each other without waiting for answers.
PIPELINED = 16

# What Tandem's model asks, for the script of pgbench that reads the same rows.
SCRIPT = f"""\\set id random(1, {catalogue.COUNT})
SELECT id, name, version, section_id, priority, size, installed, essential, score, summary FROM packages WHERE id = :id;
"""


@dataclass(frozen=True)
class Competitor:
    server: str
    work: str
    connections: int | None
    run: Callable[[], Rate]


@dataclass(frozen=True)
class Runs:
    """Runs each program once, for the time that the options say."""

    options: Namespace
    postgresql: PostgreSQL
    # The sum over the first thousand packages, which every program that reads has to come to.
    checksum: int

    def competitors(self) -> list[Competitor]:
        made = [
            Competitor("tandem", "find-sqlite", None, self.tandem_find_sqlite),
            Competitor("c", "find-sqlite", None, self.c_find),
            Competitor("tandem", "insert-sqlite", None, self.tandem_insert_sqlite),
            Competitor("c", "insert-sqlite", None, self.c_insert),
            Competitor("tandem", "insert-postgresql", None, self.tandem_insert_postgresql),
            Competitor("psql", "insert-postgresql", None, self.psql_copy),
        ]
        for count in self.options.connections or CONNECTIONS:
            made += [
                Competitor("tandem", "find-postgresql", count, lambda n=count: self.tandem_find_postgresql(n, n)),
                Competitor("tandem-pipelined", "find-postgresql", count,
                           lambda n=count: self.tandem_find_postgresql(n, n * PIPELINED)),
                Competitor("pgbench", "find-postgresql", count, lambda n=count: self.pgbench(n, ["-S"])),
                Competitor("pgbench-packages", "find-postgresql", count, lambda n=count: self.pgbench_packages(n)),
            ]  # fmt: skip
        return made

    @property
    def _times(self) -> list[str]:
        return [str(self.options.warmup), str(self.options.seconds)]

    def tandem_find_sqlite(self) -> Rate:
        arguments = ["find", str(catalogue.COUNT), "10", "1", *self._times]
        return self._checked(TANDEM, arguments, f"sqlite:{catalogue.CATALOGUE}")

    def c_find(self) -> Rate:
        return self._checked(C, ["find", str(catalogue.CATALOGUE), str(catalogue.COUNT), *self._times])

    def tandem_insert_sqlite(self) -> Rate:
        path = catalogue.copy_of(catalogue.EMPTY)
        rate = self._program(TANDEM, ["insert", str(catalogue.PACKAGES)], f"sqlite:{path}")[0]
        catalogue.check_inserted(path)
        return rate

    def c_insert(self) -> Rate:
        path = catalogue.copy_of(catalogue.EMPTY)
        rate = self._program(C, ["insert", str(path), str(catalogue.PACKAGES)])[0]
        catalogue.check_inserted(path)
        return rate

    def tandem_find_postgresql(self, connections: int, tasks: int) -> Rate:
        arguments = ["find", str(catalogue.COUNT), str(connections), str(tasks), *self._times]
        return self._checked(TANDEM, arguments, self.postgresql.socket_url("catalogue"))

    def tandem_insert_postgresql(self) -> Rate:
        self._empty()
        url = self.postgresql.socket_url("inserts")
        rate = self._program(TANDEM, ["insert", str(catalogue.PACKAGES)], url)[0]
        self._check_inserted()
        return rate

    def psql_copy(self) -> Rate:
        self._empty()
        output = self.postgresql.client("psql", "-X", "-d", "inserts", "-c", "\\timing on", "-c", catalogue.copying(),
                                        cores=placement().server)  # fmt: skip
        self._check_inserted()
        return Rate(catalogue.INSERTED, float(re.search(r"Time: ([\d.]+) ms", output).group(1)) / 1e3, None)

    def pgbench(self, connections: int, what: list[str]) -> Rate:
        time = str(max(1, round(self.options.seconds)))
        output = self.postgresql.client("pgbench", "-M", "prepared", "-n", "-j", "1", "-c", str(connections), "-T", time,
                                        *what, "catalogue", cores=placement().server)  # fmt: skip
        turns = int(re.search(r"transactions actually processed: (\d+)", output).group(1))
        # Without the time that connecting took, as it says itself.
        return Rate(turns, turns / float(re.search(r"tps = ([\d.]+)", output).group(1)), None)

    def pgbench_packages(self, connections: int) -> Rate:
        with tempfile.NamedTemporaryFile("w", suffix=".sql") as script:
            script.write(SCRIPT)
            script.flush()
            return self.pgbench(connections, ["-f", script.name])

    def _empty(self) -> None:
        self.postgresql.psql("TRUNCATE packages", "CHECKPOINT", database="inserts")

    def _check_inserted(self) -> None:
        found = self.postgresql.psql("SELECT count(*), sum(size) FROM packages", database="inserts").strip()
        if found != "|".join(map(str, catalogue.inserted_sums())):
            raise RuntimeError(f"inserted into PostgreSQL: {found}")

    def _checked(self, program: Program, arguments: list[str], url: str = "") -> Rate:
        rate, checksum = self._program(program, arguments, url)
        if checksum != self.checksum:
            raise RuntimeError(f"{program.name} reads other rows than there are: {checksum}, not {self.checksum}")
        return rate

    def _program(self, program: Program, arguments: list[str], url: str = "") -> tuple[Rate, int]:
        command = wrapped([*program.command, *arguments], placement().server)
        done = subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(command)}:\n{done.stderr[-2000:]}")
        figures = json.loads(done.stdout)
        return Rate(figures["turns"], figures["seconds"], figures["cpu_seconds"]), figures["checksum"]
