# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""CPU time per request as a chart: a panel for each work, a bar for each server."""

from pathlib import Path

import matplotlib

matplotlib.use("Agg")

from matplotlib import pyplot  # noqa: E402

from . import find, servers_of, timed, title, works_of  # noqa: E402

OWN, OTHER, FLOOR, INK = "#e8590c", "#8aa4c0", "#c9ced6", "#222831"
COLUMNS = 3


def colour(server: str) -> str:
    return {"tandem": OWN, "floor": FLOOR}.get(server, OTHER)


def draw(content: dict, path: Path) -> None:
    rows = timed(content["results"])
    works = works_of(rows)
    if not works:
        return
    columns = min(COLUMNS, len(works))
    lines = -(-len(works) // columns)
    names = servers_of(rows)
    figure, panels = pyplot.subplots(lines, columns, figsize=(4.6 * columns, lines * (0.34 * max(len(names), 3) + 0.75) + 1.2),
                                     squeeze=False, layout="constrained")  # fmt: skip
    for panel, work in zip(panels.flat, works):
        draw_panel(panel, content, names, *work)
    for panel in panels.flat[len(works) :]:
        panel.axis("off")
    figure.suptitle("CPU time per request, µs (less is better)", fontsize=15, fontweight="bold", color=INK)
    figure.supxlabel(f"{content['machine']}, {content['date'][:10]}", fontsize=8, color=INK)
    figure.savefig(path, dpi=110, facecolor="white")
    pyplot.close(figure)


def draw_panel(panel, content: dict, names: list[str], work: str, connections: int) -> None:
    rows = [find(timed(content["results"]), server=name, work=work, connections=connections) for name in names]
    values = [row["cpu_us"] if row else 0 for row in rows]
    limit = longest(values)
    bars = panel.barh(names, [min(value, limit) for value in values], color=[colour(name) for name in names], height=0.72)
    panel.bar_label(bars, [shown(value, limit) for value in values], padding=4, fontsize=10, color=INK)
    panel.set_title(title(content, work, connections), loc="left", fontsize=11, color=INK)
    panel.set_xlim(0, limit * 1.3)
    panel.invert_yaxis()
    panel.xaxis.set_visible(False)
    panel.tick_params(axis="y", length=0, labelsize=10, labelcolor=INK)
    panel.spines[["top", "right", "bottom"]].set_visible(False)
    for label in panel.get_yticklabels():
        if label.get_text() == "tandem":
            label.set_fontweight("bold")


def longest(values: list[float]) -> float:
    """The longest bar to draw: one that is far longer than all others is cut, and says so."""
    *_, second, first = sorted([0, *values])
    return 4 * second if 0 < 6 * second < first else first


def shown(value: float, limit: float) -> str:
    if value == 0:
        return "not offered"
    text = f"{value:.1f}" if value < 100 else f"{value:,.0f}"
    return f"{text} (bar cut)" if value > limit else text
