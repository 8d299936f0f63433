"""A class that was kept as a file: read with suspicion, so that whatever stands in it can be shown.

People come back as names nobody owns: what they said stays theirs in the files, and whoever comes in is drawn
a new name.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.classroom.room import Room
from app.classroom.round import Round
from app.lab.recipe import Recipe
from app.lessons.questions import QUESTIONS
from app.lessons.slips.registry import SLIPS
from app.lessons.steps import PHASES
from app.lessons.working import MARK
from app.limits import QUERY_BYTES
from app.notation.language import tr
from app.store.ballots import Try, Vote
from app.story import refusals as words
from app.story.classroom import WRONG_FILE
from app.story.nicknames import is_drawn
from app.web.classes import Classes, steady
from app.web.openapi import LAST_PLACE
from app.web.recipe_form import Mistakes, from_json
from app.web.view_query import view_in

SCHEMA = 1
MOST = {"recipes": 50, "rounds": 200, "members": 2000, "votes": 50_000, "tries": 50_000}
STEP = re.compile(rf"\d{{1,9}}\.\d{{1,4}}~{MARK}\.\d{{1,2}}")
STRICT = ConfigDict(strict=True, extra="ignore", allow_inf_nan=False)
Place = Annotated[int, Field(ge=0, le=LAST_PLACE)]
Id = Annotated[str, Field(pattern=r"^[\w-]{1,20}$")]
Number = Annotated[int, Field(ge=1, le=10**6)]
Query = Annotated[str, Field(max_length=QUERY_BYTES)]


class KeptLab(BaseModel):
    """Where the class's network stands."""

    model_config = STRICT
    recipe: Annotated[int, Field(ge=0)]
    place: Place


class KeptRound(KeptLab):
    """What was asked."""

    number: Number
    question: Literal[tuple(QUESTIONS)]  # type: ignore[valid-type]
    own: bool = False
    view: Query = ""


class KeptMember(BaseModel):
    """Who said something."""

    model_config = STRICT
    id: Id
    name: Annotated[str, Field(max_length=60)]


class KeptVote(BaseModel):
    """An answer."""

    model_config = STRICT
    number: Number
    turn: Literal[1, 2]
    member: Id
    answer: Annotated[str, Field(pattern=r"^[\w.,+−/ -]{1,20}$")]
    sure: Annotated[int, Field(ge=0, le=5)] = 0
    right: bool
    seconds: Annotated[float, Field(ge=0, le=1e9, strict=False)] = 0.0
    place: Place = 0


class KeptTry(BaseModel):
    """What became of a step that somebody worked out."""

    model_config = STRICT
    member: Id
    step: Annotated[str, Field(pattern=f"^{STEP.pattern}$", max_length=60)]
    quantity: Literal[tuple(PHASES)]  # type: ignore[valid-type]
    slips: Annotated[list[Annotated[str, Field(max_length=40)]], Field(max_length=40)]
    right: bool
    tries: Annotated[int, Field(ge=1, le=10**6)]


class KeptPhase(BaseModel):
    """How far the last round has come."""

    model_config = STRICT
    phase: Literal["open", "guess", "hold", "discuss", "reveal"]
    turn: Literal[1, 2]


class KeptRoom(BaseModel):
    """A class, whole."""

    model_config = STRICT
    schema_: Annotated[Literal[1], Field(alias="schema")]
    mode: Literal["follow", "together", "own"]
    paused: bool = False
    closed: bool = False
    allowed: Place = 0
    view: Query = ""
    lab: KeptLab
    recipes: Annotated[list[dict[str, Any]], Field(min_length=1, max_length=MOST["recipes"])]
    rounds: Annotated[list[KeptRound], Field(max_length=MOST["rounds"])] = []
    round: KeptPhase | None = None
    members: Annotated[list[KeptMember], Field(max_length=MOST["members"])] = []
    votes: Annotated[list[KeptVote], Field(max_length=MOST["votes"])] = []
    tries: Annotated[list[KeptTry], Field(max_length=MOST["tries"])] = []


@dataclass(frozen=True)
class Loaded:
    """A class as it can go on: the network it works on, what it is, and all that was asked and said."""

    recipe: Recipe
    place: int
    view: str
    room: Room
    rounds: list[Round]
    names: dict[str, str]
    votes: list[Vote]
    tries: list[Try]


def refused(what: str) -> Mistakes:
    """Return what is said of a file that cannot be used: where it is wrong."""
    return Mistakes({"file": tr(WRONG_FILE[what])})


def loaded(classes: Classes, text: str) -> Loaded:
    """Read a file; raises Mistakes."""
    if not text.strip():
        raise Mistakes({"file": tr(words.NO_FILE)})
    try:
        raw = json.loads(text)
        kept = KeptRoom.model_validate(raw)
    except ValidationError:
        newer = isinstance(raw.get("schema"), int) if isinstance(raw, dict) else False
        raise refused("newer" if newer and raw["schema"] > SCHEMA else "no_class") from None
    except (ValueError, RecursionError):
        raise refused("no_class") from None
    recipes = [from_json(json.dumps(one).encode(), classes.labs.own) for one in kept.recipes]
    for own in (one.own for one in recipes if one.own is not None):
        classes.labs.keep(own)
    if any(one.recipe >= len(recipes) for one in (kept.lab, *kept.rounds)):
        raise refused("recipe")
    rounds = [round_of(one, recipes[one.recipe]) for one in kept.rounds]
    names = {one.id: one.name for one in kept.members}
    numbers, drawn = {one.number for one in rounds}, set(names.values())
    if len(numbers) < len(rounds) or min(len(names), len(drawn)) < len(kept.members):
        raise refused("twice")
    if not all(map(is_drawn, drawn)):
        raise refused("names")
    votes = checked_votes(classes, kept, {one.number: one for one in rounds}, names)
    tries = [
        Try(**{**dict(one), "slips": tuple(slip for slip in one.slips if slip in SLIPS)})
        for one in kept.tries
        if one.member in names
    ]
    recipe, view = (
        recipes[kept.lab.recipe],
        view_in(kept.view.encode()).query(play=0, run=0, goal="", undo=""),
    )
    return Loaded(recipe, kept.lab.place, view, room_of(kept, rounds), rounds, names, votes, tries)


def round_of(one: KeptRound, recipe: Recipe) -> Round:
    """Return a round as it was asked."""
    view = view_in(one.view.encode()).query(ask=0, question="", play=0, run=0, goal="", undo="")
    return Round(
        number=one.number,
        question=one.question,
        recipe=recipe.text(),
        place=one.place,
        view=view,
        own=one.own,
    )


def room_of(kept: KeptRoom, rounds: list[Round]) -> Room:
    """Return the room as it goes on: its last round in the phase it had come to, which begins anew."""
    last, found = max(rounds, key=lambda one: one.number, default=None), None
    if kept.round and last:
        begun = {"phase": kept.round.phase, "turn": kept.round.turn, "began": steady()}
        found = Round(**{**vars(last), **begun})
    return Room(
        mode=kept.mode,
        paused=kept.paused,
        closed=kept.closed,
        allowed=kept.allowed,
        rounds=last.number if last else 0,
        round=found,
    )


def checked_votes(
    classes: Classes, kept: KeptRoom, rounds: dict[int, Round], names: dict[str, str]
) -> list[Vote]:
    """Return the votes, each for a round that was asked and for an answer that it takes; whether it is right
    is found out anew where all were asked the same. Raise Mistakes."""
    found = {}
    for number, round in rounds.items():
        found[number] = classes.asked_of(round)
        if found[number] is None:
            raise refused("round")
    votes = {}
    for one in kept.votes:
        asked = found.get(one.number)
        if asked is None or one.member not in names:
            raise refused("votes")
        if not rounds[one.number].own and not asked.posed.takes(one.answer):
            raise refused("votes")
        right = one.right if rounds[one.number].own else asked.posed.is_right(one.answer)
        votes[one.number, one.turn, one.member] = Vote(**{**dict(one), "right": right})
    return [*votes.values()]
