# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""The work of part `api`: an order of 1 KB, and one with three faults.

id            an integer
customer      1 to 80 characters
email         an address
note          up to 500 characters
paid          true or false
items         1 to 20, each with
    sku       three capitals, a hyphen, four digits
    title     1 to 120 characters
    quantity  1 to 1000
    price     0 or more

The answer is the order with its total.
"""

import json
import math
from dataclasses import replace

from harness.data import compact
from harness.paths import DATA
from harness.work import JSON, Work

RIGHT = DATA / "right-order.json"
WRONG = DATA / "wrong-order.json"
# What is wrong with the wrong one; an answer that refuses it names these.
FAULTS = ("customer", "email", "quantity")


def order() -> dict:
    """An order that is right, of 1 KB."""
    items = [
        {"sku": f"SKU-{number:04}", "title": f"Part number {number}", "quantity": number, "price": number + 0.95}
        for number in range(1, 11)
    ]
    made = {"id": 1042, "customer": "Ada Lovelace", "email": "ada@example.com", "note": "", "paid": True,
            "items": items}  # fmt: skip
    made["note"] = ("Leave it with the neighbours. " * 20)[: 1024 - len(compact(made))]
    return made


def wrong_order() -> dict:
    made = {**order(), "customer": "", "email": "nobody"}
    made["items"][3]["quantity"] = 0
    return made


def prepare() -> None:
    DATA.mkdir(parents=True, exist_ok=True)
    RIGHT.write_bytes(compact(order()))
    WRONG.write_bytes(compact(wrong_order()))


def has_total(body: bytes) -> bool:
    answer = json.loads(body)
    total = answer.pop("total", math.nan)
    return answer == order() and math.isclose(total, sum(item["quantity"] * item["price"] for item in order()["items"]))


CHECKED = Work("order", "POST 1 KB of JSON, checked", "/orders", JSON, has_total, body=RIGHT)
UNREAD = replace(CHECKED, path="/raw", is_right=lambda body: body == RIGHT.read_bytes())
