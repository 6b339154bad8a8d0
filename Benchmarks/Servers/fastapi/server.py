# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""FastAPI as its tutorial sets it up, on uvicorn with uvloop and httptools."""

import json
import os
import sys

import uvicorn
from fastapi import FastAPI
from fastapi.responses import FileResponse, PlainTextResponse
from pydantic import BaseModel, TypeAdapter


class Message(BaseModel):
    message: str


class User(BaseModel):
    id: int
    name: str


class Record(BaseModel):
    id: int
    name: str
    email: str
    active: bool
    score: float
    tags: list[str]


class OrderItem(BaseModel):
    sku: str
    title: str
    quantity: int
    price: float


class Order(BaseModel):
    id: int
    customer: str
    note: str
    paid: bool
    items: list[OrderItem]


def load_records() -> list[Record]:
    path = os.environ.get("BENCH_RECORDS")
    if path is None:
        return []
    with open(path, encoding="utf-8") as file:
        return TypeAdapter(list[Record]).validate_python(json.load(file))


app = FastAPI()
records = load_records()


@app.get("/json")
async def hello() -> Message:
    return Message(message="Hello, World!")


@app.get("/text", response_class=PlainTextResponse)
async def text() -> str:
    return "Hello, World!"


@app.get("/users/{id}")
async def user(id: int) -> User:
    return User(id=id, name=f"User {id}")


@app.post("/echo")
async def echo(order: Order) -> Order:
    return order


@app.get("/large")
async def large() -> list[Record]:
    return records


@app.get("/file", response_class=FileResponse)
async def file() -> FileResponse:
    return FileResponse(os.environ["BENCH_FILE"], media_type="application/octet-stream")


if __name__ == "__main__":
    uvicorn.run(
        "server:app",
        host="127.0.0.1",
        port=int(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("PORT", "8080")),
        loop="uvloop",
        http="httptools",
        workers=int(os.environ.get("THREADS", "1")),
        access_log=False,
        log_level="warning",
        timeout_keep_alive=300,
    )
