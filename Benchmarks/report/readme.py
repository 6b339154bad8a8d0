# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""Keeps the results in a README: what stands between the markers of a part is replaced."""

from pathlib import Path


def update(readme: Path, part: str, content: str) -> bool:
    """Puts the content between the part's markers; false where the README has none."""
    if not readme.exists():
        return False
    begin, end = f"<!-- bench:{part} -->", f"<!-- /bench:{part} -->"
    before, found, rest = readme.read_text().partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        return False
    readme.write_text(f"{before}{begin}\n{content}\n{end}{after}")
    return True
