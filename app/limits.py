"""Every limit in one place, and how one says that something was not kept."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

HIDDEN_LAYERS = 6
NEURONS = 16
INPUTS = 16
OUTPUTS = 10
ROWS = 500
DRAWN_ROWS = 10  # the fewest examples that are drawn
NOISE = 1.0
TEST = 0.5
BODY_BYTES = 64 * 1024
FILE_BYTES = 4 * 1024 * 1024  # a moment as JSON: the largest network with 10 examples has 400 KB
TABLE_BYTES = 5 * 1024 * 1024  # a table, of which a sample is taken
ETA = 100.0
DECAY = 10.0
SEED = 2**32 - 1
VALUE = 1e6  # the largest size of a number in somebody's own data
NOTE = 1000  # letters about somebody's own data
DIAL = 1e6  # the largest size of a dial a person may type
CHANGES = 200
HELD = 300  # dials that are named to be held
ITERATIONS = 20_000
# Control signs, halves of letters and what is none: pages and pictures cannot show them.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


class Problem(NamedTuple):
    """Say which field is wrong, why (a key of the story's table), and the facts its sentence names."""

    field: str
    why: str
    facts: dict[str, Any]


class Unusable(Exception):
    """Say that a field cannot be used, and carry the problem."""

    def __init__(self, field: str, why: str, **facts: Any) -> None:
        super().__init__(why)
        self.problem = Problem(field, why, facts)
