# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""Twenty clients who write to SQLite at once: nothing may be lost, and none may hear that the database is busy."""

import http.client
import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from harness.servers import RunningServer, Server

from . import catalogue

WRITERS = 20


def check(server: Server, each: int) -> dict:
    """Has every writer add so many reviews; gives a row that says what became of them."""
    path = catalogue.copy_of(catalogue.CATALOGUE)
    server = replace(server, environment={**server.environment, "DATABASE_URL": f"sqlite:{path}"})
    with server.start(None) as running, ThreadPoolExecutor(WRITERS) as pool:
        refused = sum(pool.map(lambda writer: refusals(running, writer, each), range(WRITERS)))
    db = sqlite3.connect(path)
    kept = db.execute("SELECT count(DISTINCT author) FROM reviews").fetchone()[0]
    sound = db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    db.close()
    sent = WRITERS * each
    print(f"{server.name}: {sent} reviews by {WRITERS} writers, {kept} kept, {refused} refused", flush=True)
    return {"server": server.name, "work": "writers", "writers": WRITERS, "sent": sent, "refused": refused,
            "lost": sent - refused - kept, "sound": sound}  # fmt: skip


def refusals(server: RunningServer, writer: int, count: int) -> int:
    """How many of a writer's reviews were not taken."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    refused = 0
    for number in range(count):
        review = {"packageID": number + 1, "author": f"{writer}-{number}", "stars": number % 5 + 1}
        connection.request("POST", "/reviews", json.dumps(review), {"Content-Type": "application/json"})
        answer = connection.getresponse()
        answer.read()
        refused += answer.status not in (200, 201)
    connection.close()
    return refused
