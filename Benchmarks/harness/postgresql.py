# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""A PostgreSQL server of the benchmark's own, in a temporary folder, stopped at the end."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from .commands import wrapped
from .process import free_port


class PostgreSQL:
    """A server with default settings but for where it is; what it does on which cores is said at its start."""

    def __init__(self, cores: Iterable[int] | None):
        self.cores = cores
        self.port = free_port()
        self.folder = Path(tempfile.mkdtemp(prefix="tandem-bench-"))
        self.log = self.folder / "log"

    def __enter__(self) -> "PostgreSQL":
        try:
            if os.geteuid() == 0:
                # It refuses to run as root.
                shutil.chown(self.folder, "postgres", "postgres")
            self._run("initdb", "-D", self._data, "-U", "bench", "-A", "trust", "--no-sync", "-E", "UTF8",
                      "--locale=C.UTF-8")  # fmt: skip
            self._run("pg_ctl", "-D", self._data, "-w", "-l", str(self.log), "-o",
                      f"-p {self.port} -c listen_addresses=127.0.0.1 -k {self.folder}", "start")  # fmt: skip
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if (self.folder / "data" / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", self._data, "-w", "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def _data(self) -> str:
        return str(self.folder / "data")

    @property
    def environment(self) -> dict[str, str]:
        """How psql and pgbench find it: by its Unix socket, as they do by themselves."""
        return {"PGHOST": str(self.folder), "PGPORT": str(self.port), "PGUSER": "bench"}

    def url(self, database: str = "postgres") -> str:
        """Where it is for servers, over TCP."""
        return f"postgres://bench@127.0.0.1:{self.port}/{database}"

    def socket_url(self, database: str = "postgres") -> str:
        return f"postgres://bench@/{database}?host={self.folder}&port={self.port}"

    def psql(self, *commands: str, database: str = "postgres") -> str:
        """What psql prints for some commands, without titles."""
        options = [word for command in commands for word in ("-c", command)]
        return self.client("psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", database, *options)

    def client(self, program: str, *arguments: str, cores: Iterable[int] | None = None) -> str:
        command = wrapped([str(programs() / program), *arguments], cores)
        done = subprocess.run(command, env={**os.environ, **self.environment}, capture_output=True, text=True,
                              check=False)  # fmt: skip
        if done.returncode != 0:
            raise RuntimeError(f"{program}: {done.stderr[-2000:]}")
        return done.stdout

    def _run(self, program: str, *arguments: str) -> None:
        pinned = ["taskset", "--cpu-list", ",".join(map(str, self.cores))] if self.cores else []
        as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        command = [*as_user, *pinned, str(programs() / program), *arguments]
        # Into a file: the server inherits what its starter prints to, and would keep a pipe open.
        with tempfile.TemporaryFile() as output:
            done = subprocess.run(command, cwd="/", stdin=subprocess.DEVNULL, stdout=output, stderr=output, check=False)
            if done.returncode != 0:
                output.seek(0)
                raise RuntimeError(f"{program}: {output.read().decode(errors='replace')[-2000:]}")


def programs() -> Path:
    done = subprocess.run(["/usr/bin/pg_config", "--bindir"], capture_output=True, text=True, check=True)
    return Path(done.stdout.strip())
