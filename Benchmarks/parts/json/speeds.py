# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""The speeds of several rounds, and the rows that are made of them."""

from collections import defaultdict
from statistics import median

from .codecs import Codec
from .documents import Document

WORKS = ("decode", "encode")


class Speeds:
    def __init__(self) -> None:
        self._speeds: dict[tuple, list[float]] = defaultdict(list)

    def add(self, codec: Codec, form: str, work: str, document: Document, speed: float) -> None:
        self._speeds[codec.name, work, document, form].append(speed)

    def rows(self) -> list[dict]:
        """A row for each codec and work; where a codec has several forms, that of the fastest."""
        rows: dict[tuple, dict] = {}
        for (codec, work, document, form), speeds in self._speeds.items():
            row = {
                "server": codec,
                "work": f"{work}-{document.name}",
                "mb_per_second": round(median(speeds), 1),
                "mb_per_second_range": [round(min(speeds), 1), round(max(speeds), 1)],
                "cpu_us": round(document.sizes[work] / median(speeds), 1),
                "bytes": document.sizes[work],
                "form": form,
                "rounds": len(speeds),
            }
            key = (codec, row["work"])
            rows[key] = max(rows.get(key, row), row, key=lambda row: row["mb_per_second"])
        return list(rows.values())
