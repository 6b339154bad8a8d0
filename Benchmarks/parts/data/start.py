# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""How long Depot, the example, takes from its start to its first answer, with the catalogue in its file."""

import http.client
import os
import tempfile
import time
from pathlib import Path
from statistics import median

from harness.paths import LOGS, ROOT
from harness.process import ServerProcess, free_port
from harness.programs import Program, build

# As `make run` builds it.
DEPOT = Program(
    "depot",
    command=[str(ROOT / ".build/fast/release/DepotServer")],
    needs=[ROOT / "Examples/Depot"],
    build=["swift", "build", "--package-path", str(ROOT), "--scratch-path", str(ROOT / ".build/fast"),
           "-c", "release", "--product", "DepotServer"],  # fmt: skip
)


def measure(rounds: int) -> dict:
    """Starts Depot so many times on one file; gives a row with the milliseconds to the first answer."""
    build([DEPOT])
    with tempfile.TemporaryDirectory() as folder:
        # The first start fills the file.
        started(Path(folder))
        times = [started(Path(folder)) for _ in range(rounds)]
    print(f"depot: {median(times):.1f} ms from its start to its first answer", flush=True)
    return {"server": "tandem", "work": "start", "ms": round(median(times), 1),
            "ms_range": [round(min(times), 1), round(max(times), 1)], "rounds": rounds}  # fmt: skip


def started(folder: Path) -> float:
    port = free_port()
    environment = {"PORT": str(port), "DATABASE_URL": f"sqlite:{folder / 'depot.sqlite'}"}
    begin = time.monotonic()
    with ServerProcess("depot", DEPOT.command, environment, None, LOGS / "depot.log", []) as process:
        while not answers(port):
            if process.leader.poll() is not None or time.monotonic() - begin > 300:
                raise RuntimeError(f"depot did not answer:\n{process.log.read_text(errors='replace')[-2000:]}")
            os.sched_yield()
        return (time.monotonic() - begin) * 1000


def answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", "/packages?limit=1")
        return connection.getresponse().status == 200
    except ConnectionError:
        time.sleep(0.001)
        return False
    finally:
        connection.close()
