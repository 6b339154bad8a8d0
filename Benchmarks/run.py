# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""Runs the benchmark.

    run.py [PART] [options]      PART is http, json, api, data, realtime, build or all

A run with every server and all work writes to Benchmarks/results; one with a choice of them, or a quick one, to
Benchmarks/results/quick. Both end with a table, a chart, and the targets.
"""

import argparse
import os
import signal
import sys
from pathlib import Path

import draw
from harness import results
from harness.paths import RESULTS, TRIALS
from parts import PARTS


def listed(text: str) -> list[str]:
    return text.split(",")


def numbers(text: str) -> list[int]:
    return [int(word) for word in text.split(",")]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure Tandem beside other servers.")
    parser.add_argument("part", nargs="?", default="all", choices=["all", *PARTS])
    parser.add_argument("--rounds", type=int, help="turns of each server (5)")
    parser.add_argument("--seconds", type=int, help="length of a measurement (3, of a document 1)")
    parser.add_argument("--warmup", type=int, default=1, help="seconds of load before each measurement (1)")
    parser.add_argument("--servers", type=listed, help="only these, such as tandem,node; of part json, codecs")
    parser.add_argument("--works", type=listed, help="only these, such as json,echo,idle")
    parser.add_argument("--connections", type=numbers, help="for all work, such as 1,64,1000")
    parser.add_argument("--full", action="store_true", help="all work at 1, 64, and 1,000 connections")
    parser.add_argument("--quick", action="store_true", help="one short round, small counts: does it work?")
    parser.add_argument("--output", type=Path, help="the folder for the results")
    options = parser.parse_args()
    options.rounds = options.rounds or (1 if options.quick else 5)
    options.document_seconds = options.seconds or (0.3 if options.quick else 1)
    options.seconds = options.seconds or (1 if options.quick else 3)
    options.idle = 1_000 if options.quick else 10_000
    options.requests = 50_000 if options.quick else 1_000_000
    return options


def folder(options: argparse.Namespace) -> Path:
    is_trial = options.quick or options.servers or options.works or options.connections
    return options.output or (TRIALS if is_trial else RESULTS)


def warn_if_busy() -> None:
    busy = os.getloadavg()[0]
    if busy > 0.5:
        print(f"the machine is busy (load {busy:.1f}): CPU time comes out too high")


def main() -> None:
    # Ending by a signal unwinds like any other end, so that every server is stopped.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    options = arguments()
    warn_if_busy()
    for name in PARTS if options.part == "all" else [options.part]:
        path = results.write(folder(options), PARTS[name].run(options))
        print(f"wrote {path}")
        draw.draw(path)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
