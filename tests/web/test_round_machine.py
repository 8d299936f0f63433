"""A round, whatever is done to it and in whatever order: compared with a model that fits on half a page."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.main import create_app
from app.settings import Settings
from app.web.allowance import Allowance
from tests.web.round_model import Model
from tests.web.schoolroom import Schoolroom, opened

ANSWERS = ("falls", "rises", "falls", "x", "")
SEATS = 4
SURE, SAID = st.integers(0, 5), st.lists(st.sampled_from(ANSWERS), min_size=2, max_size=5)
SEEN: set[tuple[int, int]] = set()  # in which turn an answer came, and its status


class Rounds(RuleBasedStateMachine):
    """Do what teachers and students do."""

    app: FastAPI
    loop: asyncio.AbstractEventLoop

    def does(self, what: Any) -> Any:
        return self.loop.run_until_complete(what)

    def enter(self, **headers: str) -> AsyncClient:
        found = AsyncClient(
            transport=ASGITransport(self.app),
            base_url="http://labs.test",
            headers={"accept": "application/json", **headers},
        )
        self.clients.append(found)
        return found

    @initialize()
    def begin(self) -> None:
        self.clients: list[AsyncClient] = []
        self.model = Model()
        self.room: Schoolroom = self.does(opened(self.enter, data="xor", hidden=[2], seed=3))
        self.seats = [self.enter() for _ in range(SEATS)]
        self.place = 0
        for who in range(2):
            self.somebody_joins_whenever_they_come(who)

    def teardown(self) -> None:
        for client in getattr(self, "clients", []):
            self.does(client.aclose())

    def asks(self, client: AsyncClient, verb: str, **given: Any) -> int:
        return self.does(client.post(f"/rooms/{self.room.code}/{verb}", json=given)).status_code

    @rule(who=st.integers(0, SEATS - 1))
    def somebody_joins_whenever_they_come(self, who: int) -> None:
        got = self.asks(self.seats[who], "join")
        assert got == (403 if who in self.model.removed else 201)
        if got == 201 and who not in self.model.people:
            self.model.people.append(who)

    @precondition(lambda self: len(self.model.people) > 2)
    @rule(at=st.integers(0, 9))
    def somebody_is_taken_out(self, at: int) -> None:
        who = self.model.people[at % len(self.model.people)]
        owner = self.seats[who].cookies["blame-game"]
        store = self.app.state.classes.store
        id = store.members.of(store.rooms.by_code(self.room.code).id, owner).id
        assert self.asks(self.room.teacher, "remove", member=id) == 200
        self.model.people.remove(who)
        self.model.removed.add(who)
        self.model.revision += 1

    @precondition(lambda self: self.model.phase in ("", "reveal"))
    @rule()
    def the_class_is_asked(self) -> None:
        go = f"/labs/{self.room.lab}/go?at={self.place}&to=0"
        assert self.does(self.room.teacher.post(go)).status_code == 200
        self.place = 0
        assert self.asks(self.room.teacher, "rounds", question="falls") == 200
        self.model.phase, self.model.turn = "open", 1
        self.model.rounds += 1
        self.model.revision += 1

    @precondition(lambda self: self.model.phase not in ("", "reveal"))
    @rule()
    def nothing_else_is_asked_meanwhile(self) -> None:
        assert self.asks(self.room.teacher, "rounds", question="falls") == 409
        assert self.does(self.room.teacher.post(f"/labs/{self.room.lab}/next?at=0")).status_code == 409

    @precondition(lambda self: self.model.phase not in ("", "reveal"))
    @rule(steps=st.integers(1, 5), talk=st.booleans(), answers=SAID, sure=SURE)
    def the_round_goes_its_way(self, steps: int, talk: bool, answers: list[str], sure: int) -> None:
        for at in range(steps):
            if self.model.phase == "guess" and self.model.people:
                self.somebody_answers_as_often_as_they_like(at, answers, sure)
            if self.model.phase in ("", "reveal"):
                break
            to = "discuss" if talk and self.model.phase == "hold" else ""
            assert self.model.advance(to)
            assert self.asks(self.room.teacher, "advance", to=to, at=self.model.revision - 1) == 200

    @rule(
        to=st.sampled_from(("", "guess", "hold", "discuss", "reveal", "drop")),
        at=st.sampled_from(("anywhere", "stale")),
    )
    def somebody_wants_any_phase(self, to: str, at: str) -> None:
        seen = {"anywhere": None, "stale": self.model.revision + 7}[at]
        wanted = at != "stale" and self.model.advance(to)
        assert self.asks(self.room.teacher, "advance", to=to, at=seen) == (200 if wanted else 409)

    @rule(to=st.sampled_from(("", "hold")))
    def two_presses_at_once_are_one(self, to: str) -> None:
        room, at = self.room, self.model.revision

        async def both() -> list[int]:
            press = room.teacher.post
            where, body = f"/rooms/{room.code}/advance", {"to": to, "at": at}
            return [one.status_code for one in await asyncio.gather(*(press(where, json=body) for _ in "12"))]

        assert sorted(self.does(both())) == ([200, 409] if self.model.advance(to) else [409, 409])

    @precondition(lambda self: self.model.phase == "guess" and self.model.people)
    @rule(at=st.integers(0, 9), answers=SAID, sure=SURE)
    def somebody_answers_as_often_as_they_like(self, at: int, answers: list[str], sure: int) -> None:
        who = self.model.people[at % len(self.model.people)]
        for answer in answers:
            got = self.asks(self.seats[who], "vote", answer=answer, confidence=sure)
            assert got == (200 if answer in ("falls", "rises") else 422)
            SEEN.add((self.model.turn, got))
            if got == 200:
                self.model.votes[self.model.rounds, self.model.turn, who] = answer, sure

    @rule(who=st.integers(0, SEATS - 1))
    def answers_count_at_no_other_time_and_for_nobody_else(self, who: int) -> None:
        if who not in self.model.people or self.model.phase != "guess":
            got = self.asks(self.seats[who], "vote", answer="falls")
            assert got == (409 if who in self.model.people else 403)
            SEEN.add((0, got))

    @rule(answer=st.sampled_from(ANSWERS))
    def the_teacher_and_strangers_do_not_vote(self, answer: str) -> None:
        for client in (self.room.teacher, self.enter()):
            assert self.asks(client, "vote", answer=answer) == 403

    @invariant()
    def everybody_is_told_what_is_so(self) -> None:
        if not hasattr(self, "model"):
            return
        model = self.model
        for client in (self.room.teacher, *(self.seats[who] for who in model.people)):
            seen = self.does(self.room.seen_by(client))
            assert (seen["phase"], seen["turn"]) == (model.phase, model.turn)
            assert seen["round"] == (model.rounds if model.phase else 0)
            assert (seen["revision"], seen["people"]) == (model.revision, len(model.people))
            assert (seen["question"] is not None) == bool(model.phase)

    @invariant()
    def what_was_said_counts_once(self) -> None:
        if not hasattr(self, "model"):
            return
        store = self.app.state.classes.store
        stored = store.rooms.by_code(self.room.code)
        ids = {
            store.members.of(stored.id, self.seats[w].cookies.get("blame-game", "")): w for w in range(SEATS)
        }
        seats = {member.id: who for member, who in ids.items() if member}
        kept = {
            (v.number, v.turn, seats[v.member]): (v.answer, v.sure) for v in store.ballots.votes(stored.id)
        }
        assert kept == self.model.votes

    @invariant()
    def only_what_is_told_moves_the_lab(self) -> None:
        if not hasattr(self, "model"):
            return
        there = self.app.state.labs.store.labs.get(self.room.lab).place
        assert (there > 0) == (self.model.phase == "reveal") or self.model.phase == ""
        self.place = there


@pytest.fixture
def alone() -> Iterator[None]:
    """An application of its own, read once for all that is tried."""
    with tempfile.TemporaryDirectory() as folder, asyncio.Runner() as runner:
        Rounds.app = create_app(Settings(database_url=f"sqlite:///{folder}/labs.sqlite3"))
        Rounds.app.state.labs.allowance = Allowance(count(0, 1e6).__next__)
        Rounds.loop = runner.get_loop()
        yield
        Rounds.app.state.labs.store.close()


def test_a_round_is_what_its_model_says_whatever_is_done(alone: None) -> None:
    slow = [HealthCheck.too_slow, HealthCheck.filter_too_much]
    run_state_machine_as_test(
        Rounds, settings=settings(max_examples=25, stateful_step_count=30, suppress_health_check=slow)
    )
    turns, statuses = zip(*SEEN, strict=True)
    assert (set(turns), set(statuses)) == ({0, 1, 2}, {200, 403, 409, 422})  # it has gone everywhere
