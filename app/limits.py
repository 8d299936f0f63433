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
COLUMNS = 1000  # of a table
ADDRESS_BYTES = 64 * 1024  # a link to the largest network with all its digits has 38 KB
QUERY_BYTES = 8 * 1024  # of an address that holds no recipe
FIELDS = 100  # in a query or a form
HEAD_BYTES = 16 * 1024  # all that is said of a request besides its address
HEADERS = 100
HEAD_SECONDS = 10.0  # until the head of a request is whole
BODY_SECONDS = 30.0  # until its body is whole; what has come gives more time, at
BODY_RATE = 64 * 1024  # bytes a second
BODY_MOST = 8 * 1024 * 1024  # of any body as it comes, chunked
READ_SECONDS = 30.0  # in which nothing of an answer is read
IDLE_SECONDS = 75  # longer than a person thinks between two clicks
CONNECTIONS = 2000  # of one process
HELD_BYTES = 64 * 1024 * 1024  # of large bodies at once
HELD_SECONDS = 10.0  # that a large body waits for its turn
ETA = 100.0
DECAY = 10.0
SEED = 2**32 - 1
VALUE = 1e6  # the largest size of a number in somebody's own data
NOTE = 1000  # letters about somebody's own data
DIAL = 1e6  # the largest size of a dial a person may type
CHANGES = 200
UNKNOWN_FIELDS = 10  # of a form that are told
HELD = 300  # dials that are named to be held
ITERATIONS = 20_000
# Control signs, halves of letters and what is none: pages and pictures cannot show them.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
SHEETS = 40  # of a worksheet, each with numbers of its own
SHEET_NEURONS, SHEET_DIALS = 8, 40  # that three pages of a worksheet hold, inputs aside
TABLE_NUMBERS = 2_000_000  # in a run given away as a table: of longer ones only each n-th iteration


class Rate(NamedTuple):
    """How much at once, and how much a second after that."""

    burst: float
    each_second: float


LABS_OF_ONE = Rate(30, 2)  # that a browser may make, or a program without a cookie
BYTES_OF_ONE = Rate(8 * 1024 * 1024, 20 * 1024)  # with all they hold
LABS_OF_ADDRESS = Rate(1000, 20)  # of everybody behind one: it may be a school’s
BYTES_OF_ADDRESS = Rate(64 * 1024 * 1024, 200 * 1024)

WRONG_CODES_OF_ONE = Rate(8, 0.5)  # codes of no room that a browser may try
WRONG_CODES = Rate(200, 20)  # and all of them together; right ones are never counted


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
