"""`python -m tests.benchmarks [name …]` measures what is named, or all that is quick, and prints a table for
each."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from tests.benchmarks import (
    answers,
    browser,
    classroom,
    growth,
    killed,
    load,
    memory,
    runs,
    start,
    step,
    students,
    training,
)

QUICK: dict[str, Callable[[], None]] = {
    "answers": answers.run,
    "step": step.run,
    "training": training.run,
    "runs": runs.run,
    "start": start.run,
    "browser": browser.run,
    "load": load.run,
    "growth": growth.run,
    "students": students.run,
    "classroom": classroom.run,
    "streams": classroom.streams,
    "killed": killed.run,
}
SLOW = {"memory": memory.run}  # minutes
ALL = QUICK | SLOW


def main(names: list[str]) -> int:
    """Run the named benchmarks. Return 2 where a name is unknown."""
    unknown = [name for name in names if name not in ALL]
    if unknown:
        print(f"There is no {', '.join(unknown)}. There are: {', '.join(ALL)}.", file=sys.stderr)
        return 2
    print(
        f"{os.cpu_count()} processors, load average {os.getloadavg()[0]:.1f}. {'✗'} marks what misses "
        "its target."
    )
    for name in names or QUICK:
        ALL[name]()
        sys.stdout.flush()
    if not names:
        print(f"\nSlow ones, by name: {', '.join(SLOW)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
