"""How somebody looks at a lab. To add a field, write it here: web/view_query.py reads it from addresses."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Annotated, Literal
from urllib.parse import quote_plus

from app.analysis.race import RACES
from app.analysis.surface import NARROWEST, WIDEST
from app.lab.dials import PATTERN
from app.lab.itinerary import PACES
from app.lessons.lesson import LESSONS
from app.lessons.questions import QUESTIONS
from app.lessons.working import SOLVED
from app.limits import ITERATIONS, ROWS
from app.notation.language import LANGUAGES
from app.notation.sums import LONGEST
from app.picture.scene import LENSES
from app.story.labels import VOICE_NAMES

QUERIES = 256  # of a view that are remembered
SPEEDS = {1: 1600, 2: 800, 3: 250}  # milliseconds between two clicks of the player

# Beside a type stands what an address may hold: choices, or limits, a description, and how it is read.
Switch = Annotated[int, Literal["0", "1"], int]
Mark = Annotated[str, {"pattern": f"^{PATTERN}$"}]
Iteration = Annotated[int, {"ge": 0, "le": ITERATIONS}]
Typed = Annotated[str, {"max_length": 12}]


@dataclass(frozen=True)
class View:
    """How somebody looks at a lab; it lives in the address and nowhere else.

    lens "" follows the phase; `other_…` is what a run is raced against; panels.py has the choices of `panel`,
    and of `before`: what was open before Share took its place, which a short link opens again.
    """

    lens: Annotated[str, Literal["", *LENSES]] = ""
    pace: Annotated[str, Literal[*PACES], {"description": "how far one step goes"}] = "layer"
    example: Annotated[int, {"ge": 1, "le": ROWS, "description": "which of the batch is drawn, from 1"}] = 1
    play: Switch = 0
    speed: Annotated[int, {"ge": min(SPEEDS), "le": max(SPEEDS)}] = 2
    pick: Annotated[Mark, {"description": "the mark looked at, such as n-1-2 or w-1-2-1"}] = ""
    panel: str = ""
    before: str = ""
    voice: Annotated[str, Literal[*VOICE_NAMES]] = ""
    epsilon: Annotated[Typed, {"description": "size of the nudge"}] = ""
    below: Annotated[Typed, {"description": "the cost at which a run may stop"}] = ""
    run: Annotated[Iteration, {"description": "the iteration, from 0, a run still goes on to"}] = 0
    across: Annotated[Mark, {"description": "the dial of the surface’s x axis"}] = ""
    up: Annotated[Mark, {"description": "the dial of the surface’s y axis"}] = ""
    zoom: Annotated[
        int, {"ge": NARROWEST, "le": WIDEST, "description": "range of the surface, a power of two"}
    ] = 0
    far: Annotated[Iteration, {"description": "the farthest iteration visited, from 0"}] = 0
    log: Switch = 0
    race: Annotated[
        str, Literal["", *RACES, "other"], {"description": "what the runs of a race differ in"}
    ] = ""
    other_eta: Annotated[Typed, str.strip, {"description": "learning rate of the run to race against"}] = ""
    other_optimiser: Annotated[Typed, str.strip, {"description": "optimiser of the run to race against"}] = ""
    other_seed: Annotated[
        str, str.strip, {"max_length": 10, "description": "seed of the run to race against"}
    ] = ""
    maps: Annotated[
        str, Literal["", "beside", "inside", "1"], {"description": "where the response maps are; 1: beside"}
    ] = ""
    digits: Annotated[
        int, Literal["3", "5", "8"], int, {"description": "significant digits of the numbers"}
    ] = 3
    undo: Annotated[
        str,
        {
            "pattern": r"^(?:\d{1,9}|[\w-]{12})?$",
            "description": "where one was before beginning anew: a place, or a lab",
        },
    ] = ""
    work: Switch = 0
    solved: Annotated[
        str, {"pattern": f"^{SOLVED}$", "max_length": 500, "description": "the worked steps that are solved"}
    ] = ""
    tried: Annotated[
        str, {"max_length": LONGEST, "description": "what was typed for the worked step that is asked for"}
    ] = ""
    goal: Annotated[str, Literal["", "learned"], {"description": "what a run goes on until"}] = ""
    lang: Annotated[
        str, Literal["", *LANGUAGES], {"description": "the language; else the chosen one or the browser’s"}
    ] = ""
    ask: Switch = 0
    question: Annotated[
        str, Literal["", *QUESTIONS], {"description": "the one question that may be asked"}
    ] = ""
    asked: Annotated[
        str, {"pattern": r"^(?:\d{1,9}-[a-z]+)?$", "description": "the question just answered: place and key"}
    ] = ""
    answered: Annotated[str, {"max_length": 20, "description": "how it was answered"}] = ""
    sure: Annotated[int, {"ge": 0, "le": 5, "description": "how sure the answer was"}] = 0
    score: Annotated[
        str, {"pattern": r"^(?:\d{1,5}-\d{1,5})?$", "description": "answers that were right, of how many"}
    ] = ""
    lesson: Annotated[str, Literal["", *LESSONS]] = ""
    card: Annotated[int, {"ge": 0, "le": 99, "description": "the lesson’s card, from 1"}] = 0

    @property
    def delay(self) -> int:
        """Return the player's pause in milliseconds."""
        return SPEEDS[self.speed]

    @cached_property
    def unusual(self) -> dict[str, str | int]:
        """Return the fields that are not as usual."""
        mine = vars(self)
        return {name: mine[name] for name, usual in USUAL_FIELDS.items() if mine[name] != usual}

    @cached_property
    def still(self) -> str:
        """Return the query string of this view with player and run at rest, and nothing to undo, judge or
        reveal."""
        return self.query(play=0, run=0, undo="", tried="", asked="", answered="", sure=0)

    @cached_property
    def queries(self) -> dict[tuple[tuple[str, str | int], ...], str]:
        """Return the query strings that were asked for, by what they change."""
        return {}

    def query(self, **changes: str | int) -> str:
        """Return the query string of this view with changes, what is usual left out."""
        key = tuple(changes.items())
        if key in self.queries:
            return self.queries[key]
        found = {**self.unusual, **changes}
        text = "&".join(
            f"{name}={quoted(str(value))}" for name, value in found.items() if value != USUAL_FIELDS[name]
        )
        if len(self.queries) < QUERIES:
            self.queries[key] = text
        return text


USUAL_FIELDS: dict[str, str | int] = dict(vars(View()))
quoted = lru_cache(maxsize=1024)(quote_plus)
