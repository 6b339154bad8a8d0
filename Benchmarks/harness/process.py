# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""A server as a running process: started in a session of its own, measured, always stopped."""

import os
import resource
import signal
import socket
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path

from .commands import wrapped


class ServerProcess:
    """All processes of one server; a context manager, so that none outlives the benchmark."""

    def __init__(self, name: str, command: list[str], environment: dict[str, str],
                 cores: Iterable[int] | None, log: Path, ports: list[int]):  # fmt: skip
        self.name = name
        self.ports = ports
        self.log = log
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as output:
            self.leader = subprocess.Popen(
                wrapped(command, cores),
                env={**os.environ, **environment},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            for port in ports:
                self._wait_until_open(port)
        except BaseException:
            self.stop()
            raise

    def __enter__(self) -> "ServerProcess":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def members(self) -> list[int]:
        """The processes of the server's session."""
        found = []
        for entry in os.scandir("/proc"):
            if entry.name.isdigit() and _session(int(entry.name)) == self.leader.pid:
                found.append(int(entry.name))
        return found

    def cpu_seconds(self) -> float:
        """User and system time of all the server's processes, from their CPU clocks (nanoseconds)."""
        return sum(_cpu_clock(pid) for pid in self.members())

    def resident_bytes(self) -> int:
        return sum(_resident(pid) for pid in self.members())

    def stop(self) -> None:
        for number, patience in ((signal.SIGTERM, 3), (signal.SIGKILL, 3)):
            members = self.members()
            for pid in members:
                _kill(pid, number)
            deadline = time.monotonic() + patience
            while time.monotonic() < deadline:
                self.leader.poll()
                if not self.members():
                    return
                time.sleep(0.02)

    def _wait_until_open(self, port: int) -> None:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            if self.leader.poll() is not None:
                break
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.02)
        raise RuntimeError(f"{self.name} did not start:\n{self.log.read_text(errors='replace')[-2000:]}")


def allow_open_files(count: int) -> None:
    """Lets what is started from here on have so many connections."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    if most != resource.RLIM_INFINITY and most < count + 100:
        raise RuntimeError(f"{count} connections need more open files than the {most} this machine allows")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _session(pid: int) -> int | None:
    try:
        return os.getsid(pid)
    except ProcessLookupError:
        return None


def _cpu_clock(pid: int) -> float:
    # The clock that clock_getcpuclockid(3) gives for another process.
    try:
        return time.clock_gettime((~pid) << 3 | 2)
    except OSError:
        return 0.0


def _resident(pid: int) -> int:
    try:
        with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as file:
            return next(int(line.split()[1]) * 1024 for line in file if line.startswith("Rss:"))
    except (OSError, StopIteration):
        return 0


def _kill(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass
