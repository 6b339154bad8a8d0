# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""The work of part `http`: what is asked, and which answer is right."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from harness import data
from harness.load import Generator, Sample
from harness.servers import RunningServer

# Requests that a connection has under way at a time over HTTP/2.
STREAMS = 10


@dataclass(frozen=True)
class Work:
    name: str
    title: str
    path: str
    content_type: str
    is_right: Callable[[bytes], bool]
    body: Path | None = None
    http2: bool = False
    extra: dict = field(default_factory=dict)

    def send(self, generator: Generator, server: RunningServer, connections: int, seconds: float) -> Sample:
        url = server.url(self.path, self.http2)
        if self.http2:
            return generator.http2(server, url, connections, seconds, STREAMS)
        return generator.http1(server, url, connections, seconds, self.body)


def is_json(expected: Callable[[], object]) -> Callable[[bytes], bool]:
    return lambda body: json.loads(body) == expected()


def is_file(body: bytes) -> bool:
    return body == data.FILE.read_bytes()


JSON = "application/json"
MESSAGE = {"message": "Hello, World!"}
USER = {"id": 42, "name": "User 42"}

WORKS = {
    work.name: work
    for work in (
        Work("json", "GET /json", "/json", JSON, is_json(lambda: MESSAGE)),
        Work("text", "GET /text", "/text", "text/plain", lambda body: body == b"Hello, World!"),
        Work("users", "GET /users/42", "/users/42", JSON, is_json(lambda: USER)),
        Work("echo", "POST 1 KB of JSON, echoed", "/echo", JSON, is_json(data.order), body=data.ORDER),
        Work("large", "100 KB of JSON out", "/large", JSON, is_json(data.records)),
        Work("file", "a file of 1 MB", "/file", "application/octet-stream", is_file),
        Work("http2", "GET /json, HTTP/2 with TLS", "/json", JSON, is_json(lambda: MESSAGE), http2=True,
             extra={"streams": STREAMS}),
    )
}  # fmt: skip
