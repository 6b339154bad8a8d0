# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""CPU time per request or message, or megabytes per second, as a chart: a panel for each work, a bar for each server."""

from dataclasses import dataclass
from pathlib import Path

import matplotlib

matplotlib.use("Agg")

from matplotlib import pyplot  # noqa: E402

from . import fast, find, servers_of, timed, title, unit, works_of  # noqa: E402

OWN, OTHER, FLOOR, INK = "#e8590c", "#8aa4c0", "#c9ced6", "#222831"
# In inches; what stands above and below the panels needs the least.
PANEL_WIDTH, LEAST_WIDTH = 4.6, 9.2


@dataclass(frozen=True)
class Figure:
    """What the bars show."""

    name: str
    heading: str
    columns: int


CPU = Figure("cpu_us", "CPU time per {unit}, µs (less is better)", 3)
SPEED = Figure("mb_per_second", "JSON, MB per second of CPU time (more is better)", 2)


def colour(server: str) -> str:
    return {"tandem": OWN, "tandem-socketio": OWN, "floor": FLOOR, "tandem-engine": FLOOR}.get(server, OTHER)


def draw(content: dict, path: Path) -> None:
    """Draws the chart, where there is something to draw."""
    speeds = fast(content["results"])
    rows, what = (speeds, SPEED) if speeds else (timed(content["results"]), CPU)
    works = works_of(rows)
    if not works:
        return
    columns = min(what.columns, len(works))
    lines = -(-len(works) // columns)
    names = servers_of(rows)
    size = (max(PANEL_WIDTH * columns, LEAST_WIDTH), lines * (0.34 * max(len(names), 3) + 0.75) + 1.2)
    figure, panels = pyplot.subplots(lines, columns, figsize=size, squeeze=False, layout="constrained")
    # Speeds go down the columns: reading on the left, writing on the right.
    order = list((panels if what is CPU else panels.T).flat)
    for panel, (work, connections) in zip(order, works):
        found = [find(rows, server=name, work=work, connections=connections) for name in names]
        draw_panel(panel, names, [row[what.name] if row else 0 for row in found], title(content, work, connections))
    for panel in order[len(works) :]:
        panel.axis("off")
    figure.suptitle(what.heading.format(unit=unit(content)), fontsize=15, fontweight="bold", color=INK)
    figure.supxlabel(f"{content['machine']}, {content['date'][:10]}", fontsize=8, color=INK)
    figure.savefig(path, dpi=110, facecolor="white")
    pyplot.close(figure)


def draw_panel(panel, names: list[str], values: list[float], heading: str) -> None:
    limit = longest(values)
    bars = panel.barh(names, [min(value, limit) for value in values], color=[colour(name) for name in names], height=0.72)
    panel.bar_label(bars, [shown(value, limit) for value in values], padding=4, fontsize=10, color=INK)
    panel.set_title(heading, loc="left", fontsize=11, color=INK)
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
