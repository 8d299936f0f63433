"""How many labs, and of how many bytes, anybody may still make: kept in memory, safe to lose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from time import monotonic

from cachetools import LRUCache

from app.limits import BYTES_OF_ADDRESS, BYTES_OF_ONE, LABS_OF_ADDRESS, LABS_OF_ONE, Rate

REMEMBERED = 10_000  # browsers and addresses


@dataclass(frozen=True)
class Claim:
    """So much that is wanted, of what is refilled at a rate for somebody."""

    name: tuple[str, str]
    rate: Rate
    amount: float


class Allowance:
    """Refill what each browser and each address may use, and take from it."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self.clock, self.lock = clock, Lock()
        self.left: LRUCache[tuple[str, str], tuple[float, float]] = LRUCache(REMEMBERED)

    def take(self, one: str, address: str, size: int) -> float:
        """Take a lab of so many bytes; return 0, or in how many seconds it can be had, and nothing is
        taken. `one` is a browser or a program, "" one that is known by its address alone."""
        claims = [
            Claim(("labs", f"at {address}"), LABS_OF_ADDRESS, 1),
            Claim(("bytes", f"at {address}"), BYTES_OF_ADDRESS, size),
        ]
        if one:
            claims += [Claim(("labs", one), LABS_OF_ONE, 1), Claim(("bytes", one), BYTES_OF_ONE, size)]
        with self.lock:
            now = self.clock()
            left = [self.refilled(claim, now) for claim in claims]
            wait = max(
                (claim.amount - there) / claim.rate.each_second
                for claim, there in zip(claims, left, strict=True)
            )
            for claim, there in zip(claims, left, strict=True):
                self.left[claim.name] = there - (claim.amount if wait <= 0 else 0), now
        return max(0.0, wait)

    def refilled(self, claim: Claim, now: float) -> float:
        """Return what is there by now."""
        there, then = self.left.get(claim.name, (claim.rate.burst, now))
        return min(claim.rate.burst, there + (now - then) * claim.rate.each_second)
