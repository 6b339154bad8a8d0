# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""A server that checks refuses an order with three faults, and says which they are."""

import subprocess

from harness.servers import RunningServer

from .orders import CHECKED, FAULTS, WRONG


def check_refusal(server: RunningServer) -> None:
    command = ["curl", "--silent", "--show-error", "--max-time", "20", "--header", "Content-Type: application/json",
               "--data-binary", f"@{WRONG}", "--write-out", "\n%{http_code}", server.url(CHECKED.path)]  # fmt: skip
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    body, _, status = output.rpartition("\n")
    if status not in ("400", "422"):
        raise RuntimeError(f"{server.name} answers an order with three faults with status {status}: {body:.300}")
    unnamed = [fault for fault in FAULTS if fault not in body]
    if unnamed:
        raise RuntimeError(f"{server.name} refuses an order but does not say that {unnamed} is wrong: {body:.600}")
