"""The store: labs, people's own examples, and starts of iterations, all in one database."""

from __future__ import annotations

import time

from sqlalchemy import text

from app.store.checkpoints import Checkpoints
from app.store.connection import Database
from app.store.examples import Examples
from app.store.labs import Labs
from app.store.schema import create_tables

DAY = 86_400.0  # seconds


class Store:
    """Hold all that is kept at `url`. Any thread may use it; every statement commits by itself."""

    def __init__(self, url: str) -> None:
        self.database = Database(url)
        with self.database.connection() as connection:
            create_tables(connection)
        self.labs, self.examples = Labs(self.database), Examples(self.database)
        self.checkpoints = Checkpoints(self.database)

    def sweep(self, *, keep_days: float, now: float | None = None) -> int:
        """Delete labs not moved for `keep_days`, checkpoints as old, and examples as old that no lab is left
        to learn from. Return how many labs went."""
        before = (time.time() if now is None else now) - keep_days * DAY
        self.checkpoints.sweep(before)
        gone = self.labs.sweep(before)
        self.examples.sweep(before)
        return gone

    def ping(self) -> None:
        """Raise StoreUnavailable unless the database answers."""
        with self.database.connection() as connection:
            connection.execute(text("SELECT 1"))

    def close(self) -> None:
        """Give all connections back."""
        self.database.engine.dispose()
