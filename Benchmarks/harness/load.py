# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""Load, and what a server spends under it: wrk for HTTP/1, h2load for HTTP/2.

A measurement gives the requests answered in a window and the CPU time that the server's processes used in the same
window. For wrk the window is its whole run, connecting included. h2load's run begins with TLS handshakes, so the
window is cut out of its log of requests.
"""

import json
import os
import subprocess
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .commands import wrapped
from .process import ServerProcess

SCRIPT = Path(__file__).with_name("load.lua")


@dataclass(frozen=True)
class Sample:
    cpu_us: float
    per_second: float
    p50_ms: float
    p99_ms: float
    rss_mb: float
    # Of messages: what the load generator itself used for each, and what did not come once.
    load_cpu_us: float | None = None
    lost: int | None = None
    repeated: int | None = None


@dataclass(frozen=True)
class Generator:
    """The load generators, on the cores that are theirs."""

    cores: Iterable[int] | None

    def _start(self, command: list[str], environment: dict[str, str] | None = None) -> subprocess.Popen:
        return subprocess.Popen(
            wrapped(command, self.cores),
            env={**os.environ, **(environment or {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def _run(self, command: list[str], environment: dict[str, str] | None = None) -> str:
        process = self._start(command, environment)
        try:
            output, _ = process.communicate()
        except BaseException:
            process.kill()
            raise
        if process.returncode != 0:
            raise RuntimeError(f"{' '.join(command)}:\n{output}")
        return output

    def http1(self, server: ServerProcess, url: str, connections: int, seconds: float, body: Path | None) -> Sample:
        """Sends with wrk for so long; a body makes it a POST."""
        command = ["wrk", "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", "--timeout", "20s",
                   "-s", str(SCRIPT), url]  # fmt: skip
        before = server.cpu_seconds()
        output = self._run(command, {"BENCH_BODY": str(body)} if body else None)
        cpu = server.cpu_seconds() - before
        figures = next(json.loads(line[8:]) for line in output.splitlines() if line.startswith("FIGURES "))
        if figures["wrong"] or figures["broken"] or not figures["requests"]:
            raise RuntimeError(f"{server.name} failed under load at {url}:\n{output}")
        return Sample(
            cpu_us=cpu / figures["requests"] * 1e6,
            per_second=figures["requests"] / figures["seconds"],
            p50_ms=figures["p50_ms"],
            p99_ms=figures["p99_ms"],
            rss_mb=server.resident_bytes() / 2**20,
        )

    def http2(self, server: ServerProcess, url: str, connections: int, seconds: float, streams: int) -> Sample:
        """Sends with h2load; the window begins when all connections have had time to be made."""
        lead = 0.5 + connections / 400
        with tempfile.TemporaryDirectory() as folder:
            log = Path(folder, "log")
            process = self._start([
                "h2load", "-t1", f"-c{connections}", f"-m{streams}", f"-D{round(lead + seconds + 1)}",
                f"--log-file={log}", url,
            ])  # fmt: skip
            try:
                time.sleep(lead)
                begin, before = time.time(), server.cpu_seconds()
                time.sleep(seconds)
                end, cpu = time.time(), server.cpu_seconds() - before
                rss = server.resident_bytes() / 2**20
                output, _ = process.communicate()
            except BaseException:
                process.kill()
                raise
            latencies = _latencies(log, begin, end)
        if not latencies:
            raise RuntimeError(f"{server.name} failed under load at {url}:\n{output}")
        return Sample(
            cpu_us=cpu / len(latencies) * 1e6,
            per_second=len(latencies) / (end - begin),
            p50_ms=latencies[len(latencies) // 2] / 1e3,
            p99_ms=latencies[len(latencies) * 99 // 100] / 1e3,
            rss_mb=rss,
        )

    def count(self, server: ServerProcess, url: str, connections: int, requests: int) -> tuple[float, float]:
        """Sends exactly so many requests over HTTP/1; gives CPU µs per request and requests per second."""
        before, began = server.cpu_seconds(), time.monotonic()
        output = self._run(["h2load", "--h1", "-t1", f"-c{connections}", f"-n{requests}", url])
        cpu, seconds = server.cpu_seconds() - before, time.monotonic() - began
        if f"{requests} succeeded" not in output:
            raise RuntimeError(f"{server.name} failed under load at {url}:\n{output}")
        return cpu / requests * 1e6, requests / seconds


def _latencies(log: Path, begin: float, end: float) -> list[int]:
    """The times in µs, in order, of the requests answered between the two moments.

    Each line of the log holds a request's start in µs since the epoch, its status, and its duration in µs.
    """
    first, last = int(begin * 1e6), int(end * 1e6)
    found = []
    with log.open(encoding="ascii") as lines:
        for line in lines:
            start, status, duration = map(int, line.split())
            if status != 200:
                raise RuntimeError(f"an answer with status {status} under load")
            if first <= start + duration < last:
                found.append(duration)
    return sorted(found)
