# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""FastAPI as its tutorial sets it up, on uvicorn with uvloop and httptools, an order checked by its model."""

import os
import sys
from typing import Annotated

import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel, EmailStr, Field


class OrderItem(BaseModel):
    sku: Annotated[str, Field(pattern="^[A-Z]{3}-[0-9]{4}$")]
    title: Annotated[str, Field(min_length=1, max_length=120)]
    quantity: Annotated[int, Field(ge=1, le=1000)]
    price: Annotated[float, Field(ge=0)]


class Order(BaseModel):
    id: int
    customer: Annotated[str, Field(min_length=1, max_length=80)]
    email: EmailStr
    note: Annotated[str, Field(max_length=500)]
    paid: bool
    items: Annotated[list[OrderItem], Field(min_length=1, max_length=20)]


class PricedOrder(Order):
    total: float


app = FastAPI()


@app.post("/orders")
async def create(order: Order) -> PricedOrder:
    total = sum(item.quantity * item.price for item in order.items)
    return PricedOrder(**order.model_dump(), total=total)


if __name__ == "__main__":
    uvicorn.run(
        "orders:app",
        host="127.0.0.1",
        port=int(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("PORT", "8080")),
        loop="uvloop",
        http="httptools",
        workers=int(os.environ.get("THREADS", "1")),
        access_log=False,
        log_level="warning",
        timeout_keep_alive=300,
    )
