# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""What a server holds: for 10,000 idle connections, and after a million requests and a million more."""

import socket
import time

from harness.load import Generator
from harness.machine import Placement
from harness.process import allow_open_files
from harness.servers import RunningServer, Server

IDLE_SERVERS = ("floor", "tandem", "node", "fastify", "hummingbird")
MILLION_SERVERS = ("tandem", "node")
REQUEST = b"GET /json HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
ANSWER_END = b'World!"}'


def idle(servers: list[Server], connections: int, places: Placement) -> list[dict]:
    """Resident memory for each of so many keep-alive connections that each made one request and then rest."""
    allow_open_files(connections)
    rows = []
    for server in servers:
        if server.name not in IDLE_SERVERS:
            continue
        with server.start(places.server, tls=False) as running:
            sockets = open_connections(running, 1)
            before = running.resident_bytes()
            sockets += open_connections(running, connections - 1)
            time.sleep(1)
            after = running.resident_bytes()
            for each in sockets[:: max(1, connections // 100)]:
                ask(each)
            for each in sockets:
                each.close()
        row = {"server": server.name, "work": "idle", "connections": connections, "rss_mb": round(after / 2**20, 1),
               "kb_per_connection": round((after - before) / (connections - 1) / 1024, 2)}  # fmt: skip
        print(f"idle {server.name}: {row['kb_per_connection']} KB a connection, {row['rss_mb']} MB in all", flush=True)
        rows.append(row)
    return rows


def open_connections(server: RunningServer, count: int) -> list[socket.socket]:
    sockets = []
    for _ in range(count):
        connection = socket.create_connection(("127.0.0.1", server.port), timeout=20)
        ask(connection)
        sockets.append(connection)
    return sockets


def ask(connection: socket.socket) -> None:
    """Makes one request and reads its answer; raises where the connection was closed."""
    connection.sendall(REQUEST)
    answer = b""
    while not answer.endswith(ANSWER_END):
        received = connection.recv(4096)
        if not received:
            raise RuntimeError(f"an idle connection was closed: {answer!r}")
        answer += received


def million(servers: list[Server], requests: int, places: Placement, generator: Generator) -> list[dict]:
    """Resident memory after so many requests on 64 connections, and after as many again."""
    rows = []
    for server in servers:
        if server.name not in MILLION_SERVERS:
            continue
        with server.start(places.server, tls=False) as running:
            cpu_us, per_second = generator.count(running, running.url("/json"), 64, requests)
            first = running.resident_bytes()
            generator.count(running, running.url("/json"), 64, requests)
            second = running.resident_bytes()
        row = {"server": server.name, "work": "million", "connections": 64, "cpu_us": round(cpu_us, 2),
               "per_second": round(per_second), "rss_mb": round(first / 2**20, 2),
               "rss_mb_after_second": round(second / 2**20, 2), "requests": requests}  # fmt: skip
        print(f"million {server.name}: {row['rss_mb']} MB after {requests} requests, "
              f"{row['rss_mb_after_second']} MB after as many again", flush=True)  # fmt: skip
        rows.append(row)
    return rows
