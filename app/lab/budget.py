"""How long one request may work: a little at once, more only while nobody else works long, and then no longer
than a slice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock
from time import thread_time

LITTLE, SLICE = 0.005, 0.2  # seconds of the processor
LONG = Lock()  # held by whoever works long: more at once would only take turns, and everybody else’s too


class NotYet(Exception):
    """Say that an iteration is still on the way to the one that is `wanted`, both from 0. Ask again."""

    def __init__(self, iteration: int, wanted: int) -> None:
        super().__init__(f"iteration {iteration} of {wanted}")
        self.iteration, self.wanted = iteration, wanted


class Budget:
    """What one request has spent, in seconds, and whether it is at work already."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock, self.spent, self.since = clock, 0.0, 0.0
        self.at_work = self.long = False

    def left(self) -> bool:
        """Take what has passed since the last question off the budget, and tell whether there is more."""
        now = self.clock()
        self.spent, self.since = self.spent + now - self.since, now
        if self.spent < LITTLE:
            return True
        if self.spent < SLICE and not self.long:
            self.long = LONG.acquire(blocking=False)
        return self.long and self.spent < SLICE

    @contextmanager
    def work(self) -> Iterator[None]:
        """Count the time until the end, and let others work long then; inside another one nothing changes."""
        if self.at_work:
            yield
            return
        self.at_work, self.since = True, self.clock()
        try:
            yield
        finally:
            self.spent, self.at_work = self.spent + self.clock() - self.since, False
            if self.long:
                self.long = False
                LONG.release()


BUDGET: ContextVar[Budget | None] = ContextVar("budget", default=None)


@contextmanager
def unbounded() -> Iterator[None]:
    """Let all long work inside go on to its end, until it is to stop after a slice."""
    before = BUDGET.set(None)
    try:
        yield
    finally:
        BUDGET.reset(before)


def stop_after_a_slice(clock: Callable[[], float] = thread_time) -> None:
    """Let all long work from now on stop after a slice, as long as an `unbounded` around it lasts."""
    BUDGET.set(Budget(clock))


@contextmanager
def working() -> Iterator[Callable[[], bool]]:
    """Begin what may take long; what is handed out tells from time to time whether it may go on."""
    budget = BUDGET.get()
    if budget is None:
        yield lambda: True
        return
    with budget.work():
        yield budget.left
