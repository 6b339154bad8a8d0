# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""Part `json`: how fast values are read from JSON and written to it, without a server."""

from argparse import Namespace

from harness import results, turns
from harness.machine import placement
from harness.programs import build, chosen
from harness.work import chosen_works

from . import documents
from .checks import check
from .codecs import CODECS, Codec, versions
from .documents import Document
from .speeds import WORKS, Speeds

PLAN = {f"{work}-{document.name}": (work, document) for work in WORKS for document in documents.ALL}


def run(options: Namespace) -> dict:
    codecs = chosen(options.servers, CODECS)
    names = chosen_works(options.works, PLAN)
    documents.prepare()
    build(codecs)
    for codec in codecs:
        for document in documents.ALL:
            check(codec, document)
        print(f"{codec.name}: every document comes back as it was", flush=True)
    speeds = Speeds()
    for number, codec in turns.in_turn(codecs, options.rounds):
        for name in names:
            measure(number, codec, *PLAN[name], options, speeds)
    rows = sorted(speeds.rows(), key=lambda row: names.index(row["work"]))
    return results.document("json", rows, titles=titles(), versions=versions(), method=method(options))


def measure(number: int, codec: Codec, work: str, document: Document, options: Namespace, speeds: Speeds) -> None:
    times = (options.warmup, options.document_seconds)
    for form in codec.forms:
        speed = codec.megabytes_per_second(form, work, document, *times, placement().server)
        speeds.add(codec, form, work, document, speed)
        print(f"round {number}  {codec.name:12}{form:17}{work} {document.name:9}{speed:9.1f} MB/s", flush=True)


def titles() -> dict[str, str]:
    return {name: f"{work} {document.name}, {document.title}" for name, (work, document) in PLAN.items()}


def method(options: Namespace) -> str:
    return (
        f"{turns.method(options, options.document_seconds)}, each document in a process of its own on one core; CPU time"
        " is the process's, user and system; a MB is 10^6 bytes, of the document as it is when it is read and without"
        " white space when it is written; tandem, foundation and pydantic have a type for every value, node and orjson"
        " have none; node's text is a string already, node-bytes has it from bytes as the others do; pydantic is the"
        " faster of its own JSON and orjson's"
    )
