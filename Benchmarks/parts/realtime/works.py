# Part of Tandem. Copyright the Tandem authors.
# SPDX-License-Identifier: Apache-2.0

"""The work of part `realtime` that sends messages: how large, how fast, to whom."""

from dataclasses import dataclass

from .load import Load
from .servers import RealtimeServer

BYTES = 128


@dataclass(frozen=True)
class Work:
    name: str
    title: str
    connections: tuple[int, ...]
    # Messages a second; at 0 as fast as the server delivers them.
    rate: int = 0
    bytes: int = BYTES
    # How many are in a room, 0 for all connections; none where messages are echoed.
    room: int | None = None

    @property
    def is_echo(self) -> bool:
        return self.room is None

    def get_ready(self, load: Load, server: RealtimeServer, connections: int) -> None:
        load.ask("open", connections, server.path("echo" if self.is_echo else "rooms"))
        if not self.is_echo:
            load.ask("join", self.room or connections)

    def line(self, seconds: float) -> tuple[object, ...]:
        """What the generator is told to do."""
        return ("echo" if self.is_echo else "send", seconds, self.rate, self.bytes)


PACED = 500

WORKS = {
    work.name: work
    for work in (
        Work("echo", f"{BYTES} bytes echoed", (64,)),
        Work("large", "16 KB echoed", (64,), bytes=16 * 1024),
        Work("room", "a delivery to all in one room", (10, 1_000, 10_000), room=0),
        Work("paced", f"a delivery of {PACED} messages/s to rooms of 10", (1_000,), rate=PACED, room=10),
    )
}
