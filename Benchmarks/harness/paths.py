# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""Where things are."""

from pathlib import Path

BENCHMARKS = Path(__file__).resolve().parent.parent
ROOT = BENCHMARKS.parent
SERVERS = BENCHMARKS / "Servers"
CODEC_SOURCES = BENCHMARKS / "Codecs"
RESULTS = BENCHMARKS / "results"
TRIALS = RESULTS / "quick"
BUILD = ROOT / ".build" / "bench"
DATA = BUILD / "data"
LOGS = BUILD / "logs"
DOCUMENTS = ROOT / ".tools" / "documents"
PYTHON = ROOT / ".tools" / "python" / "bin" / "python"
# Debian's packages for Node, unpacked: they run with any Node, but are installed with Debian's alone.
NODE_PACKAGES = ROOT / ".tools" / "node" / "usr" / "share" / "nodejs"
