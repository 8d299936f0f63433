"""What is told from program to program where several share a database: which rooms have changed."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Collection

from sqlalchemy import bindparam, column, func, select, values
from sqlalchemy.types import Text

from app.store.connection import Database

CHANNEL = "blame_game_rooms"
AGAIN = 1.0  # seconds until it is listened again


class News:
    """Tell and hear where the database passes it on, as PostgreSQL does; elsewhere programs have to ask."""

    def __init__(self, database: Database) -> None:
        self._database, self._me = database, secrets.token_urlsafe(6)
        self.passed_on = database.file is None

    def tell(self, rooms: Collection[str]) -> None:
        """Let all others know that something has changed in these rooms."""
        with self._database.connection() as connection:
            told = values(column("text", Text), name="told").data([(f"{self._me} {id}",) for id in rooms])
            connection.execute(select(func.pg_notify(bindparam("on"), told.c.text)), {"on": CHANNEL})

    async def heard(self) -> AsyncIterator[str]:
        """Yield the rooms in which something has changed elsewhere, for ever; what is told while the database
        is away is lost."""
        from app.store import postgres  # its driver need not be there

        while True:
            async for text in postgres.heard(self._database.engine, CHANNEL):
                teller, _, room = text.partition(" ")
                if teller != self._me:
                    yield room
            await asyncio.sleep(AGAIN)
