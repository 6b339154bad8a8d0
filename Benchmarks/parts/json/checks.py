# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""Each document is read and written by each codec before anything is measured, and must come back as it was."""

import json

from .codecs import Codec
from .documents import Document


def check(codec: Codec, document: Document) -> None:
    for form in codec.forms:
        written = json.loads(codec.roundtrip(form, document))
        difference = first_difference(document.value, written, codec.is_typed)
        if difference:
            raise RuntimeError(f"{codec.name} ({form}) changes {document.name}: {difference}")


def first_difference(expected, found, is_typed: bool, path: str = "") -> str | None:
    """Where two values differ; numbers are compared as doubles.

    To a type with optional properties `null` and a missing key are the same.
    """
    if isinstance(expected, dict) and isinstance(found, dict):
        if is_typed:
            expected, found = without_null(expected), without_null(found)
        if expected.keys() != found.keys():
            return f"{path or '/'}: the keys {sorted(expected.keys() ^ found.keys())} are there once"
        pairs = [(f"{path}/{key}", expected[key], found[key]) for key in expected]
    elif isinstance(expected, list) and isinstance(found, list):
        if len(expected) != len(found):
            return f"{path or '/'}: {len(found)} elements instead of {len(expected)}"
        pairs = [(f"{path}/{index}", *pair) for index, pair in enumerate(zip(expected, found))]
    else:
        return None if same(expected, found) else f"{path or '/'}: {found!r:.100} instead of {expected!r:.100}"
    return next((text for at, *pair in pairs if (text := first_difference(*pair, is_typed, at))), None)


def same(expected, found) -> bool:
    if is_number(expected) and is_number(found):
        return float(expected) == float(found)
    return type(expected) is type(found) and expected == found


def is_number(value) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def without_null(value: dict) -> dict:
    return {key: each for key, each in value.items() if each is not None}
