# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""The parts of the benchmark: one module each, with `run(options)` giving the results as a document."""

from . import api, build, data, http, json, realtime

PARTS = {"http": http, "json": json, "api": api, "data": data, "realtime": realtime, "build": build}
