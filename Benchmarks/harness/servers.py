# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""The servers.

Every server takes its port as its first argument and, where it speaks HTTP/2, a second one for TLS; the rest comes
through the environment: THREADS, CERT, KEY, BENCH_FILE, BENCH_RECORDS.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from . import data
from .machine import version
from .paths import LOGS, PYTHON, SERVERS
from .process import ServerProcess, free_port
from .programs import Program, c, node, python, swift

NODE_MODULES = "/usr/share/nodejs"
FASTIFY = Path(os.environ.get("FASTIFY_DIR", "$FASTIFY_DIR"), "node_modules", "fastify")


@dataclass(frozen=True)
class Server(Program):
    has_http2: bool = False

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


def by_name(*servers: Server) -> dict[str, Server]:
    return {server.name: server for server in servers}


def script(name: str, file: str) -> Path:
    return SERVERS / name / file


EXPRESS = {"needs": [Path(NODE_MODULES, "express")], "environment": {"NODE_PATH": NODE_MODULES}}

HTTP_SERVERS = by_name(
    Server("floor", **c(script("floor", "server.c"), "floor")),
    Server("tandem", **swift("tandem-bench", "TandemBench"), has_http2=True),
    Server("node", **node(script("node", "server.js")), has_http2=True),
    Server("fastify", **node(script("fastify", "server.js"), [FASTIFY]), has_http2=True),
    Server("express", **node(script("express", "server.js"), **EXPRESS)),
    Server("fastapi", **python(script("fastapi", "server.py"))),
    Server("hummingbird", **swift("hummingbird-bench", "HummingbirdBench"), has_http2=True),
)

# The same order, checked field by field; `tandem-engine` gives the body back unread.
API_SERVERS = by_name(
    Server("tandem-engine", **swift("tandem-bench", "TandemBench"), environment={"SERVES": "unread"}),
    Server("tandem", **swift("tandem-bench", "TandemBench"), environment={"SERVES": "orders"}),
    Server("node", **node(script("node", "orders.js"))),
    Server("fastify", **node(script("fastify", "orders.js"), [FASTIFY])),
    Server("fastapi", **python(script("fastapi", "orders.py"))),
)


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
