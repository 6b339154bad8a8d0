# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""Each answer is checked before anything is measured: a wrong answer costs nothing to give fast."""

import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

from .servers import RunningServer
from .work import Work


def check(server: RunningServer, works: Iterable[Work]) -> None:
    for work in works:
        if work.http2 and server.tls_port is None:
            continue
        problem = problem_of(server, work)
        if problem:
            raise RuntimeError(f"{server.name} answers {work.name} wrongly: {problem}")


def problem_of(server: RunningServer, work: Work) -> str | None:
    with tempfile.NamedTemporaryFile() as output:
        command = ["curl", "--silent", "--show-error", "--max-time", "20", "--output", output.name,
                   "--write-out", "%{http_code}\t%{http_version}\t%{content_type}", server.url(work.path, work.http2)]  # fmt: skip
        if work.http2:
            command += ["--insecure", "--http2"]
        if work.body:
            command += ["--header", "Content-Type: application/json", "--data-binary", f"@{work.body}"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            return done.stderr
        status, version, content_type = done.stdout.split("\t")
        if status != "200" or version != ("2" if work.http2 else "1.1"):
            return f"status {status} over HTTP/{version}"
        if not content_type.startswith(work.content_type):
            return f"content type {content_type}"
        body = Path(output.name).read_bytes()
        return None if work.is_right(body) else f"{body[:200]!r}"
