"""What is wrong with the store: logged when it begins and when it is over; and who may try again."""

from __future__ import annotations

import logging
from threading import Lock
from time import monotonic

SLOW = 0.5  # seconds: who failed later than that has kept a thread waiting, and the others shall not
PAUSE = 1.0  # seconds until somebody tries again, more where trying takes long
LONGEST = 20.0
REASONS = 10  # that are logged of one trouble
log = logging.getLogger("blame-game")


class Trouble:
    """Remember why the store fails. Any thread may tell and ask."""

    def __init__(self) -> None:
        self.reasons: list[str] = []  # none: all is well
        self.slow = False  # whoever asks now would wait in vain
        self.retry = self.since = 0.0
        self.lock = Lock()

    def begins(self, reason: str, seconds: float) -> None:
        """Take down why a call failed, after so many seconds."""
        slow = seconds > SLOW
        with self.lock:
            now = monotonic()
            if not self.reasons:
                self.since = now
            if not self.reasons or slow:
                self.retry = now + min(max(PAUSE, 3 * seconds), LONGEST)
            self.slow |= slow
            if reason in self.reasons or len(self.reasons) == REASONS:
                return
            self.reasons.append(reason)
        log.error("the store fails: %s", reason)

    def my_turn(self) -> bool:
        """Tell whether the asker is to try now; nobody else is, for as long as that may take."""
        with self.lock:
            now = monotonic()
            if now < self.retry:
                return False
            self.retry = now + (LONGEST if self.slow else min(PAUSE, LONGEST))
            return True

    def ends(self) -> None:
        """Take down that the store works."""
        with self.lock:
            over, self.reasons, self.slow = bool(self.reasons), [], False
        if over:  # as loud as what it is the end of
            log.error("the store works again, after %.0f seconds", monotonic() - self.since)
