# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""Builds of the application, and what each costs: of everything, of the application alone, after one line changed."""

import os
import re
import resource
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from harness.paths import BUILD
from harness.programs import macros

from . import application

SCRATCH = BUILD / "application-build"
# One in the middle.
CHANGED = 10


@dataclass(frozen=True)
class Cost:
    """Of one build, in seconds; CPU time is user and system, of SwiftPM and all compilers and linkers."""

    cpu: float
    wall: float


@dataclass(frozen=True)
class Kind:
    """What is built, and what is done before; what does not happen often is measured once."""

    title: str
    prepare: Callable[[str], None]
    is_repeated: bool = True


def without_products(configuration: str) -> None:
    """Nothing built is left; the packages stay, and so does what the other configuration has."""
    for path in SCRATCH.glob(f"*/{configuration}"):
        if not path.parent.is_symlink():
            shutil.rmtree(path)


def without_module(configuration: str) -> None:
    folder = SCRATCH / configuration
    products = [path for path in [*folder.glob("Depot*"), *folder.glob("Modules/Depot*")] if path.is_file()]
    # SwiftPM writes the map only when it plans anew.
    made = [path for path in folder.glob("Depot.build/**/*") if path.is_file() and path.name != "output-file-map.json"]
    for path in products + made:
        path.unlink()


def after_endpoint(configuration: str) -> None:
    change_number(application.endpoints_file(CHANGED), r"(page: Int = )(\d+)")


def after_type(configuration: str) -> None:
    change_number(application.types_file(CHANGED), r"(var limit = )(\d+)")


def change_number(path: Path, pattern: str) -> None:
    text, count = re.subn(pattern, lambda found: f"{found[1]}{int(found[2]) + 1}", path.read_text(), count=1)
    if count == 0:
        raise RuntimeError(f"{path} has nothing like {pattern}")
    path.write_text(text)


KINDS = {
    "clean": Kind("everything", without_products, is_repeated=False),
    "module": Kind("the application's module", without_module),
    "endpoint": Kind("a line of an endpoint changed", after_endpoint),
    "type": Kind("a line of a type changed", after_type),
}


def fetch() -> None:
    subprocess.run([*command("package"), "resolve"], env=environment(), check=True)


def build(configuration: str) -> Cost:
    library = macros()
    plugin = ["-Xswiftc", "-load-plugin-library", "-Xswiftc", library] if library else []
    words = [*command("build"), "-c", configuration, "--product", "Depot", *plugin]
    before, began = processor_seconds(), time.monotonic()
    done = subprocess.run(words, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    cost = Cost(processor_seconds() - before, time.monotonic() - began)
    if done.returncode != 0:
        raise RuntimeError(f"the application does not build:\n{done.stdout[-4000:]}")
    # A build that compiles nothing would look like a quick one.
    if "Compiling" not in done.stdout and "Emitting" not in done.stdout:
        raise RuntimeError(f"nothing was compiled:\n{done.stdout[-4000:]}")
    return cost


def command(name: str) -> list[str]:
    return ["swift", name, "--package-path", str(application.FOLDER), "--scratch-path", str(SCRATCH)]


def environment() -> dict[str, str]:
    return {**os.environ, "TANDEM_MACROS": macros()}


def processor_seconds() -> float:
    """Of all children that have ended, and theirs."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
