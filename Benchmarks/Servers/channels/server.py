# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""Django Channels on uvicorn with uvloop, and on the Redis of REDIS_URL: its layer without one is for tests alone."""

import os
import sys

import django
import uvicorn
from django.conf import settings

settings.configure(
    SECRET_KEY="of the benchmark",
    ALLOWED_HOSTS=["*"],
    INSTALLED_APPS=["channels"],
    CHANNEL_LAYERS={
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [os.environ["REDIS_URL"]]},
        }
    },
)
django.setup()

from channels.generic.websocket import AsyncWebsocketConsumer  # noqa: E402
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from django.urls import path  # noqa: E402


class Echo(AsyncWebsocketConsumer):
    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        await self.send(text_data=text_data, bytes_data=bytes_data)


class InRooms(AsyncWebsocketConsumer):
    async def connect(self) -> None:
        self.rooms: set[str] = set()
        await self.accept()

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        what, room, *text = (text_data or "").split(" ", 2)
        if what == "join":
            self.rooms.add(room)
            await self.channel_layer.group_add(room, self.channel_name)
            await self.send(text_data=f"joined {room}")
        else:
            await self.channel_layer.group_send(room, {"type": "room.message", "text": text[0]})

    async def room_message(self, event: dict) -> None:
        await self.send(text_data=event["text"])

    async def disconnect(self, code: int) -> None:
        for room in self.rooms:
            await self.channel_layer.group_discard(room, self.channel_name)


app = ProtocolTypeRouter({"websocket": URLRouter([path("echo", Echo.as_asgi()), path("rooms", InRooms.as_asgi())])})

if __name__ == "__main__":
    uvicorn.run(
        app,
        host="127.0.0.1",
        port=int(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("PORT", "8080")),
        loop="uvloop",
        http="httptools",
        access_log=False,
        log_level="warning",
        lifespan="off",
    )
