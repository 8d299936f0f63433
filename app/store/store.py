"""The store: labs, people's own examples, starts of iterations, how far lessons have come, and short links,
all in one database."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable

from sqlalchemy import bindparam, select, update

from app.store import sqlite
from app.store.ballots import Ballots
from app.store.checkpoints import Checkpoints
from app.store.connection import Database
from app.store.examples import Examples
from app.store.labs import Labs
from app.store.members import Members
from app.store.news import News
from app.store.progress import Progress
from app.store.rooms import Rooms
from app.store.schema import create_tables, state
from app.store.short_links import ShortLinks

HOUR, DAY = 3600.0, 86_400.0  # seconds
PACE = 24  # hours that the clock may go on, and be believed, in an hour that the program has really run
SHARE = 0.1  # of the labs: no sweep takes more
PORTION = 200  # rows deleted at a time, so that nobody waits long
ADVANCE = (
    update(state)
    .where(state.c.clock <= bindparam("believed") - HOUR)
    .values(clock=bindparam("believed"))
)  # fmt: skip
log = logging.getLogger("blame-game")


class Store:
    """Hold all that is kept at `url`. Any thread may use it; every statement commits by itself."""

    def __init__(self, url: str) -> None:
        self.database = Database(url)
        with self.database.connection() as connection:
            create_tables(connection)
        with self.database.connection() as connection:
            self.database.know(*connection.execute(select(state.c.token, state.c.clock)).one())
            if self.database.file:
                sqlite.can_shrink(connection.connection)
        self.since = time.monotonic()  # when the mark was taken
        self.behind = False  # the clock claims more than can be believed
        self.labs, self.examples = Labs(self.database), Examples(self.database)
        self.checkpoints, self.progress = Checkpoints(self.database), Progress(self.database)
        self.short_links = ShortLinks(self.database)
        self.rooms, self.members = Rooms(self.database), Members(self.database)
        self.ballots, self.news = Ballots(self.database), News(self.database)

    def sweep(
        self,
        *,
        keep_days: float,
        room_days: float = 7,
        wall: float | None = None,
        uptime: float | None = None,
    ) -> int:
        """Delete labs not moved for `keep_days`, checkpoints as old, examples as old that no lab is left to
        learn from, and rooms not changed for `room_days`: at most once an hour for all programs together, and
        of the labs a share at most. Return how many labs went.

        Two must agree that time has passed: the clock (`wall`, unix seconds) and how long this program has
        run (`uptime`, seconds). A clock that jumps ahead is believed a day an hour, one that goes back not at
        all.
        """
        wall, uptime = time.time() if wall is None else wall, time.monotonic() if uptime is None else uptime
        believed = min(wall, self.database.mark + PACE * (uptime - self.since))
        if wall - believed > DAY and not self.behind:
            log.warning("the clock has jumped %.0f days ahead: swept slowly", (wall - believed) / DAY)
        self.behind = wall - believed > DAY
        if not self._advanced(believed, uptime):
            return 0
        before = believed - keep_days * DAY
        due, there = self.labs.due(before)
        most = math.ceil(there * SHARE)
        if due > most:
            log.warning("%s of %s labs are due at once: the oldest %s are swept now", due, there, most)
        gone = in_portions(self.labs.sweep, before, min(due, most))
        in_portions(self.checkpoints.sweep, before)
        in_portions(self.examples.sweep, before)
        in_portions(self.progress.sweep, before)
        in_portions(self.short_links.sweep, before - DAY)  # one that is used is touched but once a day
        in_portions(self.rooms.sweep, believed - room_days * DAY)
        self._shrink()
        return gone

    def _advanced(self, believed: float, uptime: float) -> bool:
        """Tell whether it is this program that is to sweep: one of several takes the store's clock on."""
        with self.database.connection() as connection:
            mine = bool(connection.execute(ADVANCE, {"believed": believed}).rowcount)
            mark = connection.execute(select(state.c.clock)).scalar_one()
        if mark > self.database.mark:
            self.database.mark, self.since = mark, uptime
        return mine

    def _shrink(self) -> None:
        more = self.database.file is not None
        while more:
            with self.database.connection() as connection:
                more = sqlite.shrink(connection.connection)

    def ready(self) -> None:
        """Raise StoreUnavailable unless the database can be written and read."""
        self.database.ready()

    def close(self) -> None:
        """Give all connections back."""
        self.database.engine.dispose()


def in_portions(sweep: Callable[[float, int], int], before: float, most: float = math.inf) -> int:
    """Sweep until nothing is left, or `most` rows went. Return how many."""
    gone = 0
    while gone < most:
        went = sweep(before, int(min(PORTION, most - gone)))
        gone += went
        if not went:
            break
    return gone
