# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""How the benchmark starts programs: on the cores that are theirs, and never to outlive it."""

from collections.abc import Iterable


def wrapped(command: list[str], cores: Iterable[int] | None) -> list[str]:
    """The command, kept to these cores, and ended by the system should the benchmark itself be killed."""
    pinned = ["taskset", "--cpu-list", ",".join(map(str, cores))] if cores else []
    return ["setpriv", "--pdeathsig", "KILL", *pinned, *command]
