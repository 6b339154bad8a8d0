# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""The documents, as orjson's source distribution carries them; `Scripts/setup bench` fetches them."""

import json
import lzma
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from harness.paths import DATA, DOCUMENTS


@dataclass(frozen=True)
class Document:
    """A document; a codec finds its types by the name of the file."""

    name: str
    stem: str
    title: str

    @property
    def path(self) -> Path:
        return DATA / f"{self.stem}.json"

    @cached_property
    def value(self) -> object:
        return json.loads(self.path.read_bytes())

    @cached_property
    def sizes(self) -> dict[str, int]:
        """The bytes that count, the same for everyone: read as it is, written without white space."""
        compact = json.dumps(self.value, ensure_ascii=False, separators=(",", ":")).encode()
        return {"decode": self.path.stat().st_size, "encode": len(compact)}


ALL = [
    Document("twitter", "twitter", "tweets"),
    Document("citm", "citm_catalog", "a season of concerts"),
    Document("github", "github", "events of a code host"),
    Document("canada", "canada", "a country's outline"),
]


def prepare() -> None:
    """Unpacks the documents."""
    DATA.mkdir(parents=True, exist_ok=True)
    for document in ALL:
        packed = DOCUMENTS / f"{document.stem}.json.xz"
        if not packed.exists():
            raise SystemExit(f"there is no {packed}: run Scripts/setup bench")
        document.path.write_bytes(lzma.decompress(packed.read_bytes()))
