# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""The machine: what it is called in the results, and which of its cores do what."""

import os
import platform
import re
import subprocess
from dataclasses import dataclass


@dataclass(frozen=True)
class Placement:
    """The cores of the load generator and of a server with one event loop; None where there is only one core."""

    load: frozenset[int] | None
    server: frozenset[int] | None

    def __str__(self) -> str:
        if self.load is None:
            return "load and server share the only core"
        return "the load generator has a core of its own, the server with one event loop another"


def placement() -> Placement:
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) < 2:
        return Placement(None, None)
    return Placement(frozenset({cores[0]}), frozenset({cores[-1]}))


def version(*command: str) -> str | None:
    """The first version number that the command prints."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return None
    found = re.search(r"\d+\.\d+(\.\d+)?", done.stdout + done.stderr)
    return found.group() if found else None


def processor() -> str:
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        found = re.search(r"model name\s*:\s*(.+)", file.read())
    return found.group(1) if found else platform.machine()


def describe() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return ", ".join([
        processor(),
        f"{os.cpu_count()} cores",
        f"{memory:.0f} GiB",
        platform.freedesktop_os_release()["PRETTY_NAME"],
        f"Linux {platform.release()}",
        f"Swift {version('swift', '--version')}",
        f"gcc {version('cc', '--version')}",
        f"Node.js {version('node', '--version')}",
    ])  # fmt: skip
