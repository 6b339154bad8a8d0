# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""The work of part `http`: what is asked, and which answer is right."""

from harness import data
from harness.work import JSON, STREAMS, Work, is_json


def is_file(body: bytes) -> bool:
    return body == data.FILE.read_bytes()


MESSAGE = {"message": "Hello, World!"}
USER = {"id": 42, "name": "User 42"}

WORKS = {
    work.name: work
    for work in (
        Work("json", "GET /json", "/json", JSON, is_json(lambda: MESSAGE)),
        Work("text", "GET /text", "/text", "text/plain", lambda body: body == b"Hello, World!"),
        Work("users", "GET /users/42", "/users/42", JSON, is_json(lambda: USER)),
        Work("echo", "POST 1 KB of JSON, echoed", "/echo", JSON, is_json(data.order), body=data.ORDER),
        Work("large", "100 KB of JSON out", "/large", JSON, is_json(data.records)),
        Work("file", "a file of 1 MB", "/file", "application/octet-stream", is_file),
        Work("http2", "GET /json, HTTP/2 with TLS", "/json", JSON, is_json(lambda: MESSAGE), http2=True,
             extra={"streams": STREAMS}),
    )
}  # fmt: skip
