# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""Part `build`: how long an application of 100 types and 100 endpoints takes to build."""

import os
from argparse import Namespace
from collections import defaultdict
from statistics import median

from harness import results
from harness.work import chosen_works

from . import application
from .builds import KINDS, Cost, build, fetch

CONFIGURATIONS = ("debug", "release")
PLAN = {f"{configuration}-{kind}": (configuration, kind) for configuration in CONFIGURATIONS for kind in KINDS}


def run(options: Namespace) -> dict:
    names = chosen_works(options.works, PLAN)
    busy = os.getloadavg()[0]
    application.write()
    fetch()
    costs: dict[str, list[Cost]] = defaultdict(list)
    for configuration in dict.fromkeys(PLAN[name][0] for name in names):
        if f"{configuration}-clean" not in names:
            # What is left out is built all the same: what follows changes it.
            build_after_change(configuration)
        for name in names:
            if PLAN[name][0] == configuration:
                measure(name, options, costs[name])
    rows = [row(name, costs[name]) for name in names]
    return results.document("build", rows, titles=titles(), method=method(options, busy))


def build_after_change(configuration: str) -> None:
    KINDS["endpoint"].prepare(configuration)
    build(configuration)


def measure(name: str, options: Namespace, costs: list[Cost]) -> None:
    configuration, kind = PLAN[name]
    for number in range(options.rounds if KINDS[kind].is_repeated else 1):
        KINDS[kind].prepare(configuration)
        cost = build(configuration)
        costs.append(cost)
        print(f"round {number + 1}  {name:18}{cost.cpu:8.1f} s CPU{cost.wall:8.1f} s", flush=True)


def row(name: str, costs: list[Cost]) -> dict:
    cpu = [cost.cpu for cost in costs]
    return {
        "server": "tandem",
        "work": name,
        "cpu_s": round(median(cpu), 1),
        "wall_s": round(median(cost.wall for cost in costs), 1),
        "cpu_s_range": [round(min(cpu), 1), round(max(cpu), 1)],
        "rounds": len(costs),
    }


def titles() -> dict[str, str]:
    return {name: f"{configuration}: {KINDS[kind].title}" for name, (configuration, kind) in PLAN.items()}


def method(options: Namespace, busy: float) -> str:
    company = f"; the machine's load was {busy:.1f} when it began" if busy > 0.5 else ""
    return (
        f"100 types and 100 endpoints in {2 * application.GROUPS + 2} files, without traits; everything built once, with"
        f" the packages fetched, the rest the median of {options.rounds} round{'s' * (options.rounds > 1)}; CPU time is"
        " user and system, of SwiftPM and all that it starts; the macros are built beforehand with the toolchain's own"
        f" swift-syntax, which from source is built once more with everything{company}"
    )
