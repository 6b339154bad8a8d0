# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0
"""Calls everything of a client, and says what is not as it should be."""

import sys
from datetime import datetime, timezone
from typing import Any, Callable

from client import APIError, Client, IncidentOpened, TicketChange, TicketDraft, Upload, null

url = sys.argv[1]
client = Client(url)
failures = 0


def expect(what: str, found: Any, expected: Any) -> None:
    global failures
    if found != expected:
        failures += 1
        print(f"{what}: {found!r} instead of {expected!r}")


def failure(call: Callable[[], Any]) -> APIError:
    try:
        call()
    except APIError as error:
        return error
    raise AssertionError("there was no error")


ticket = client.tickets.get(3)
expect("unicode", ticket.subject, "Grüße, 世界 🎉")
expect("null", ticket.note, None)
expect("moment", ticket.opened_at, datetime.fromtimestamp(1_795_000_000.25, timezone.utc))
expect("types", [str(ticket.key), ticket.attachment, str(ticket.price)],
       ["01020304-0506-0708-090a-0b0c0d0e0f10", b"\x00\xff\x07", "19.9"])
expect("digits", ticket.large, 2**64 - 1)
expect("dictionary", ticket.counts, {"größe": 3})
expect("recursion", ticket.related[0].subject, "inner")
expect("keyword", [ticket.class_, ticket.anything], ["plain", {"x": [1, None, True]}])
expect("union", [type(each).__name__ for each in ticket.history], ["IncidentOpened", "IncidentClosed", "IncidentReOpened"])
found = client.tickets.list(mood="angry", tag=["a&b", "ü", "c d"], limit=1)
expect("query", [(each.subject, each.mood) for each in found], [("a&b|ü|c d", "angry")])
due = datetime(2026, 11, 24, 9, 30, 0, 125, tzinfo=timezone.utc)
made = client.tickets.create(TicketDraft("It is on fire 🔥", history=[IncidentOpened("me")], due=due))
expect("body", [made.subject, made.mood, made.opened_at], ["It is on fire 🔥", "calm", due])
expect("body's union", made.history, [IncidentOpened("me")])
client.tickets.close(2)
expect("missing", client.tickets.change(4, TicketChange(note=null)), "4 missing null")
expect("change", client.tickets.change(4, TicketChange(subject="x")), "4 x missing")
expect("closure", client.get_hello_name("a/b ?%"), "Hello, a/b ?%!")
expect("field", client.tickets.said(x_word="word", session=7), "word 7")
try:
    client.tickets.named("..")
    expect("segment", None, "an error")
except ValueError:
    pass

closed = failure(lambda: client.tickets.close(1))
expect("problem", [closed.status, closed.code, closed.detail], [409, "ticket-closed", "The ticket is closed."])
invalid = failure(lambda: client.tickets.create(TicketDraft("", tags=["a", "b", "c", "d"])))
expect("invalid", [(each.place, each.name) for each in invalid.errors], [("body", "/subject"), ("body", "/tags")])
other = failure(lambda: client.failing())
expect("other", [other.status, other.code, other.title], [502, "", "Status 502"])

pings = [(each.data.number, each.data.text, each.event, each.id) for each in client.pings.watch(count=3)]
text = "a\nb 🎉"
expect("events", pings, [(0, text, "message", "0"), (1, text, "second", "1"), (2, text, "message", "2")])
expect("lines", [(each.number, each.text) for each in client.pings.export()], [(n, "é\r\n") for n in range(3)])
expect("failing", failure(lambda: list(client.pings.watch_failing())).code, "ticket-closed")
before = int(client.left())
for event in client.pings.watch_endless():
    if event.data.number == 5:
        break
del event
for _ in range(2000):
    if int(client.left()) > before:
        break
expect("break", int(client.left()), before + 1)

sent = client.files.upload(title="T 🎉", tags=["a", "b"], photo=Upload(b"\1\2\3", 'käse".png', "image/png"),
                           others=[Upload(b"x"), Upload(b"yz", content_type="text/x\r\nx: y")])
expect("upload", sent, ["T 🎉", "a|b", "-", 'käse".png:image/png:3', "file:application/octet-stream:1",
                        "file:text/x x: y:2"])
expect("bytes", client.files.echo(b"\0\xff\n\r"), b"\0\xff\n\r")
known = Client(url, token=lambda: "t1", api_key="k 1", query_key=lambda: "q&1", headers={"x-extra": "e"})
expect("token", known.who(), ["Bearer t1", "k 1", "q&1", "e"])
expect("basic", Client(url, login=("Ada", "ö:🎉")).who()[0], "Basic QWRhOsO2OvCfjok=")

print("all is well" if failures == 0 else f"{failures} failures")
