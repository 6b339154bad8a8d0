# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""The results: one shape for every part, medians over the rounds, written as JSON."""

import datetime
import json
from collections import defaultdict
from dataclasses import asdict
from pathlib import Path
from statistics import median

from . import machine
from .load import Sample

DIGITS = {"cpu_us": 2, "per_second": 0, "p50_ms": 3, "p99_ms": 3, "rss_mb": 1}


class Rounds:
    """Samples of several rounds, by server, work, and connections."""

    def __init__(self) -> None:
        self._samples: dict[tuple, list[Sample]] = defaultdict(list)
        self._extra: dict[tuple, dict] = {}

    def add(self, server: str, work: str, connections: int, sample: Sample, **extra) -> None:
        # What else distinguishes a row, such as its event loops, is part of its key.
        key = (server, work, connections, *sorted(extra.items()))
        self._samples[key].append(sample)
        self._extra[key] = extra

    def rows(self) -> list[dict]:
        return [self._row(key, samples) for key, samples in self._samples.items()]

    def _row(self, key: tuple, samples: list[Sample]) -> dict:
        server, work, connections, *_ = key
        figures = [asdict(sample) for sample in samples]
        row = {"server": server, "work": work, "connections": connections}
        for name, digits in DIGITS.items():
            row[name] = rounded(median(figure[name] for figure in figures), digits)
        if samples[0].load_cpu_us is not None:
            row["load_cpu_us"] = rounded(median(figure["load_cpu_us"] for figure in figures), 2)
            row["lost"], row["repeated"] = (sum(figure[name] for figure in figures) for name in ("lost", "repeated"))
        cpu = [figure["cpu_us"] for figure in figures]
        return {**row, "cpu_us_range": [round(min(cpu), 2), round(max(cpu), 2)], "rounds": len(cpu), **self._extra[key]}


def rounded(value: float, digits: int) -> float | int:
    return round(value, digits) if digits else round(value)


def document(part: str, rows: list[dict], **extra) -> dict:
    date = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {"part": part, "date": date, "machine": machine.describe(), **extra, "results": rows}


def write(folder: Path, content: dict) -> Path:
    """Writes the results, a row a line, so that a change of figures reads well as a diff."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{content['part']}.json"
    head = {name: value for name, value in content.items() if name != "results"}
    rows = ",\n".join("    " + json.dumps(row) for row in content["results"])
    path.write_text(json.dumps(head, indent=2)[:-2] + ',\n  "results": [\n' + rows + "\n  ]\n}\n")
    return path


def read(path: Path) -> dict:
    return json.loads(path.read_text())
