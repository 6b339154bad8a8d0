# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""The codecs: programs that read or write one document again and again, and say what it took.

PROGRAM FORM roundtrip FILE                      prints what it read, written again
PROGRAM FORM decode|encode FILE WARMUP SECONDS   prints {"turns": …, "cpu_seconds": …}
"""

import json
import os
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field

from harness.commands import wrapped
from harness.machine import version
from harness.paths import CODEC_SOURCES, PYTHON
from harness.programs import Program, node, python, swift

from .documents import Document


@dataclass(frozen=True)
class Codec(Program):
    """A codec; of several forms that do the same, the faster one is its figure."""

    forms: list[str] = field(default_factory=list)
    is_typed: bool = True

    def roundtrip(self, form: str, document: Document) -> bytes:
        return self._run([form, "roundtrip", str(document.path)], None)

    def megabytes_per_second(self, form: str, work: str, document: Document, warmup: float, seconds: float,
                             cores: Iterable[int] | None) -> float:  # fmt: skip
        """In 10^6 bytes of the document and seconds of CPU time."""
        output = self._run([form, work, str(document.path), str(warmup), str(seconds)], cores)
        figures = json.loads(output)
        return figures["turns"] * document.sizes[work] / figures["cpu_seconds"] / 1e6

    def _run(self, arguments: list[str], cores: Iterable[int] | None) -> bytes:
        command = wrapped([*self.command, *arguments], cores)
        done = subprocess.run(command, env={**os.environ, **self.environment}, capture_output=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(command)}:\n{done.stderr.decode(errors='replace')[-2000:]}")
        return done.stdout


SWIFT = swift("json-bench", "JSONBench")
NODE = node(CODEC_SOURCES / "node" / "codec.js")
MODELS = python(CODEC_SOURCES / "python" / "codec.py")

CODECS = {
    codec.name: codec
    for codec in (
        Codec("tandem", **SWIFT, forms=["tandem"]),
        Codec("foundation", **SWIFT, forms=["foundation"]),
        Codec("node", **NODE, forms=["text"], is_typed=False),
        Codec("node-bytes", **NODE, forms=["bytes"], is_typed=False),
        Codec("pydantic", **MODELS, forms=["pydantic", "pydantic-orjson"]),
        Codec("orjson", **MODELS, forms=["orjson"], is_typed=False),
    )
}


def versions() -> dict[str, str | None]:
    """The versions of what the codecs are made of."""

    def of(package: str) -> str | None:
        return version(str(PYTHON), "-c", f"import {package}; print({package}.__version__)")

    return {
        "node": version("node", "--version"),
        "python": version(str(PYTHON), "--version"),
        "pydantic": of("pydantic"),
        "orjson": of("orjson"),
    }
