# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""The programs that are measured: how each is built and started, and whether this machine can run it."""

import os
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from .paths import BENCHMARKS, BUILD, PYTHON, ROOT


@dataclass(frozen=True)
class Program:
    name: str
    command: list[str]
    needs: list[Path]
    build: list[str] | None = None
    environment: dict[str, str] = field(default_factory=dict)

    def missing(self) -> Path | None:
        """What keeps this machine from running it."""
        return next((path for path in self.needs if not path.exists()), None)


def c(source: Path, product: str, libraries: Iterable[str] = ()) -> dict:
    program = BUILD / product
    build = ["cc", "-O2", "-Wall", "-Wextra", "-pthread", "-o", str(program), str(source), *libraries]
    return {"command": [str(program)], "needs": [source], "build": build}


def swift(product: str, target: str) -> dict:
    # Swift programs are deployed with their standard library linked in, as the templates of all frameworks have it.
    build = ["swift", "build", "--package-path", str(BENCHMARKS), "--scratch-path", str(BUILD),
             "-c", "release", "--static-swift-stdlib", "--product", product]  # fmt: skip
    return {"command": [str(BUILD / "release" / product)], "needs": [BENCHMARKS / "Sources" / target], "build": build}


def node(script: Path, needs: Iterable[Path] = (), environment: Mapping[str, str] | None = None) -> dict:
    return {
        "command": ["node", str(script)],
        "needs": [script, *needs],
        "environment": {"NODE_ENV": "production", **(environment or {})},
    }


def python(script: Path) -> dict:
    return {"command": [str(PYTHON), str(script)], "needs": [script, PYTHON]}


AProgram = TypeVar("AProgram", bound=Program)


def chosen(names: list[str] | None, among: Mapping[str, AProgram]) -> list[AProgram]:
    """The programs asked for that can run here; without a wish, all that can."""
    for name in names or []:
        if name not in among:
            raise SystemExit(f"no server {name}: there are {', '.join(among)}")
    programs = []
    for name in names or among:
        missing = among[name].missing()
        if missing is None:
            programs.append(among[name])
        else:
            print(f"{name}: left out, there is no {missing}", flush=True)
    if not programs:
        raise SystemExit("none of these can run here")
    return programs


def build(programs: Iterable[Program]) -> None:
    BUILD.mkdir(parents=True, exist_ok=True)
    built: list[list[str]] = []
    for program in programs:
        if program.build and program.build not in built:
            print(f"building {program.name}", flush=True)
            environment = {"TANDEM_MACROS": macros()} if program.build[0] == "swift" else {}
            subprocess.run(program.build, env={**os.environ, **environment}, check=True)
            built.append(program.build)


def macros() -> str:
    """The library of the macros, built in seconds; nothing where the toolchain has no swift-syntax to build it with."""
    command = [str(ROOT / "Scripts" / "macros")]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
