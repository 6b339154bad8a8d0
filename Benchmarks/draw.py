# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""Draws results: a table, a chart, the README's block, and whether the targets are met.

draw.py [RESULTS.json …]     without one, every file in Benchmarks/results
"""

import sys
from pathlib import Path

from harness import results
from harness.paths import RESULTS, ROOT
from report import chart, readme, tables, targets


def draw(path: Path) -> None:
    content = results.read(path)
    picture = path.with_suffix(".png")
    chart.draw(content, picture)
    path.with_suffix(".md").write_text(tables.everything(content, picture.name))
    print(f"drew {path.with_suffix('.md')} and {picture}")
    # Only the full results are for the README, trials are not.
    if path.resolve().parent == RESULTS:
        block = tables.summary(content, str(picture.relative_to(ROOT)))
        if readme.update(ROOT / "README.md", content["part"], block):
            print("updated README.md")
    print(f"targets of {content['part']}:\n{targets.judged(content)}")


if __name__ == "__main__":
    for path in [Path(name).resolve() for name in sys.argv[1:]] or sorted(RESULTS.glob("*.json")):
        draw(path)
