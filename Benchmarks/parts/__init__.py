"""The parts of the benchmark: one module each, with `run(options)` giving the results as a document."""

from . import http

PARTS = {"http": http}
