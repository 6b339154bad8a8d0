# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""Stands in for the tool that builds orjson, where nobody wants to build it.

Before pip hands over a source distribution it asks the distribution's build tool what it is. The answer lies in the
distribution already; so neither the tool nor a Rust compiler is needed.
"""

import email
import shutil
from pathlib import Path


def prepare_metadata_for_build_wheel(folder: str, settings: dict | None = None) -> str:
    information = email.message_from_string(Path("PKG-INFO").read_text(encoding="utf-8"))
    made = Path(folder, f"{information['Name']}-{information['Version']}.dist-info")
    made.mkdir()
    shutil.copyfile("PKG-INFO", made / "METADATA")
    return made.name
