# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""The servers: how each is built and started, and whether this machine can run it.

Every server takes its port as its first argument and, where it speaks HTTP/2, a second one for TLS; the rest comes
through the environment: THREADS, CERT, KEY, BENCH_FILE, BENCH_RECORDS.
"""

import os
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from . import data
from .machine import version
from .paths import BENCHMARKS, BUILD, LOGS, PYTHON, SERVERS
from .process import ServerProcess, free_port

NODE_MODULES = "/usr/share/nodejs"


@dataclass(frozen=True)
class Server:
    name: str
    command: list[str]
    needs: list[Path]
    build: list[str] | None = None
    has_http2: bool = False
    environment: dict[str, str] = field(default_factory=dict)
    directory: Path = SERVERS

    def missing(self) -> Path | None:
        """What keeps this machine from running it."""
        return next((path for path in self.needs if not path.exists()), None)

    def start(self, cores: Iterable[int] | None, threads: int = 1, tls: bool = True) -> "RunningServer":
        return RunningServer(self, cores, threads, tls)


class RunningServer(ServerProcess):
    """A server with the ports it answers on."""

    def __init__(self, server: Server, cores: Iterable[int] | None, threads: int, tls: bool):
        self.port = free_port()
        self.tls_port = free_port() if server.has_http2 and tls else None
        ports = [self.port] + ([self.tls_port] if self.tls_port else [])
        environment = {
            "THREADS": str(threads),
            "CERT": str(data.CERTIFICATE),
            "KEY": str(data.KEY),
            "BENCH_FILE": str(data.FILE),
            "BENCH_RECORDS": str(data.RECORDS),
            **server.environment,
        }
        command = server.command + [str(port) for port in ports]
        super().__init__(server.name, command, environment, cores, LOGS / f"{server.name}.log", ports)

    def url(self, path: str, http2: bool = False) -> str:
        return f"https://127.0.0.1:{self.tls_port}{path}" if http2 else f"http://127.0.0.1:{self.port}{path}"


def _c(name: str) -> Server:
    source, program = SERVERS / name / "server.c", BUILD / name
    build = ["cc", "-O2", "-Wall", "-Wextra", "-pthread", "-o", str(program), str(source)]
    return Server(name, [str(program)], [source], build)


def _swift(name: str, target: str) -> Server:
    # Swift servers are deployed with their standard library linked in, as the templates of all frameworks have it.
    product = f"{name}-bench"
    build = ["swift", "build", "--package-path", str(BENCHMARKS), "--scratch-path", str(BUILD),
             "-c", "release", "--static-swift-stdlib", "--product", product]  # fmt: skip
    return Server(name, [str(BUILD / "release" / product)], [BENCHMARKS / "Sources" / target], build, has_http2=True)


def _node(name: str, needs: list[Path], environment: dict[str, str], has_http2: bool) -> Server:
    script = SERVERS / name / "server.js"
    environment = {"NODE_ENV": "production", **environment}
    return Server(name, ["node", str(script)], [script, *needs], None, has_http2, environment)


def _python(name: str) -> Server:
    script = SERVERS / name / "server.py"
    return Server(name, [str(PYTHON), str(script)], [script, PYTHON])


FASTIFY = Path(os.environ.get("FASTIFY_DIR", "$FASTIFY_DIR"), "node_modules", "fastify")

HTTP_SERVERS = {
    server.name: server
    for server in (
        _c("floor"),
        _swift("tandem", "TandemBench"),
        _node("node", [], {}, has_http2=True),
        _node("fastify", [FASTIFY], {}, has_http2=True),
        _node("express", [Path(NODE_MODULES, "express")], {"NODE_PATH": NODE_MODULES}, has_http2=False),
        _python("fastapi"),
        _swift("hummingbird", "HummingbirdBench"),
    )
}


def build(servers: Iterable[Server]) -> None:
    BUILD.mkdir(parents=True, exist_ok=True)
    for server in servers:
        if server.build:
            print(f"building {server.name}", flush=True)
            subprocess.run(server.build, check=True)


def versions() -> dict[str, str | None]:
    """The versions of what the servers are made of."""
    fastapi = "import fastapi, uvicorn; print(fastapi.__version__)"
    uvicorn = "import uvicorn; print(uvicorn.__version__)"
    express = "console.log(require('express/package.json').version)"
    os.environ.setdefault("NODE_PATH", NODE_MODULES)
    return {
        "node": version("node", "--version"),
        "express": version("node", "-e", express),
        "python": version(str(PYTHON), "--version"),
        "fastapi": version(str(PYTHON), "-c", fastapi),
        "uvicorn": version(str(PYTHON), "-c", uvicorn),
        "wrk": version("wrk", "--version"),
        "h2load": version("h2load", "--version"),
    }
