# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""pydantic's models with its own JSON or with orjson's, and orjson without types.

codec.py pydantic|pydantic-orjson|orjson roundtrip FILE
codec.py pydantic|pydantic-orjson|orjson decode|encode FILE WARMUP SECONDS
"""

import importlib
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import orjson


def decoder(form: str, model) -> Callable[[bytes], object]:
    match form:
        case "pydantic":
            return model.model_validate_json
        case "pydantic-orjson":
            return lambda text: model.model_validate(orjson.loads(text))
        case _:
            return orjson.loads


def encoder(form: str) -> Callable[[object], bytes | str]:
    match form:
        case "pydantic":
            return lambda value: value.model_dump_json()
        case "pydantic-orjson":
            return lambda value: orjson.dumps(value.model_dump())
        case _:
            return orjson.dumps


def turns(seconds: float, work: Callable, argument: object) -> int:
    end, done = time.perf_counter() + seconds, 0
    while True:
        work(argument)
        done += 1
        if time.perf_counter() >= end:
            return done


def measure(warmup: float, seconds: float, work: Callable, argument: object) -> None:
    turns(warmup, work, argument)
    before = time.process_time()
    done = turns(seconds, work, argument)
    print(json.dumps({"turns": done, "cpu_seconds": time.process_time() - before}))


def main(form: str, work: str, file: str, warmup: str = "1", seconds: str = "1") -> None:
    path = Path(file)
    text = path.read_bytes()
    # The models of a document are in the module of its name.
    model = None if form == "orjson" else importlib.import_module(path.stem).Document
    decode, encode = decoder(form, model), encoder(form)
    value = decode(text)
    match work:
        case "roundtrip":
            written = encode(value)
            sys.stdout.buffer.write(written.encode() if isinstance(written, str) else written)
        case "decode":
            measure(float(warmup), float(seconds), decode, text)
        case "encode":
            measure(float(warmup), float(seconds), encode, value)
        case _:
            raise SystemExit(f"there is no work '{work}'")


if __name__ == "__main__":
    main(*sys.argv[1:])
