# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""A piece of work for a server: what is asked, and which answer is right."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from .load import Generator, Sample
from .servers import RunningServer

# Requests that a connection has under way at a time over HTTP/2.
STREAMS = 10
JSON = "application/json"


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


def chosen_works(names: list[str] | None, among: Iterable[str]) -> list[str]:
    """The names of the work asked for, in their order; without a wish, all."""
    among = list(among)
    for name in names or []:
        if name not in among:
            raise SystemExit(f"no work {name}: there are {', '.join(among)}")
    return [name for name in among if not names or name in names]
