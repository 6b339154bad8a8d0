# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""The data that all servers serve, made once in .build and the same on every machine."""

import json
import random
import subprocess

from .paths import DATA

RECORDS = DATA / "records.json"
ORDER = DATA / "order.json"
FILE = DATA / "data.bin"
CERTIFICATE = DATA / "certificate.pem"
KEY = DATA / "key.pem"

LARGE_BYTES = 100 * 1000
FILE_BYTES = 1024 * 1024
TAGS = ("alpha", "beta", "gamma", "delta", "epsilon")


def compact(value) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def records() -> list[dict]:
    """As many records as make 100 KB of compact JSON."""
    made, size = [], 1
    while True:
        number = len(made) + 1
        record = {
            "id": number,
            "name": f"User {number}",
            "email": f"user{number}@example.com",
            "active": number % 3 != 0,
            "score": number * 0.5 + 0.25,
            "tags": [TAGS[number % 5], TAGS[(number + 2) % 5]],
        }
        size += len(compact(record)) + 1
        if size > LARGE_BYTES:
            return made
        made.append(record)


def order() -> dict:
    """An order of 1 KB."""
    items = [
        {"sku": f"SKU-{number:05}", "title": f"Part number {number}", "quantity": number, "price": number + 0.95}
        for number in range(1, 11)
    ]
    made = {"id": 1042, "customer": "Ada Lovelace", "note": "", "paid": True, "items": items}
    made["note"] = ("Leave it with the neighbours. " * 40)[: 1024 - len(compact(made))]
    return made


def prepare() -> None:
    """Writes the data, and a certificate for HTTP/2."""
    DATA.mkdir(parents=True, exist_ok=True)
    RECORDS.write_bytes(compact(records()))
    ORDER.write_bytes(compact(order()))
    FILE.write_bytes(random.Random(1).randbytes(FILE_BYTES))
    if not CERTIFICATE.exists():
        make_certificate()


def make_certificate() -> None:
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "3650",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
         "-keyout", str(KEY), "-out", str(CERTIFICATE)],
        check=True, capture_output=True,
    )  # fmt: skip
