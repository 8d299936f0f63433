"""The steps of what is looked at: one after another, kept as text, and nothing of it for another moment."""

from __future__ import annotations

import re

from app.lab.dials import Pick
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.replay import Numbers, Replay
from app.lessons.working import LETTERS, SOLVED, Working, work_out

RECIPE = Recipe(data="and", hidden=(3,), seed=3)
LENGTH = len(Lab(RECIPE).moments)
NEURON = Pick("n", 1, 1)


def numbers_at(place: int) -> Numbers:
    return Replay().numbers(Lab(RECIPE, place))


def states(work: Working) -> list[str]:
    return [f"{posed.step.quantity} {posed.state}" for part in work.parts for posed in part.posed]


def test_the_first_step_is_asked_for_and_the_others_wait() -> None:
    work = work_out(numbers_at(1), 0, NEURON, solved="", tried="")
    assert states(work) == ["z open", "a later"]
    assert (work.solved, work.shown) == ("", "0.0~n-1-1.1")


def test_a_right_result_leads_to_the_next_step_and_a_wrong_one_stays_with_what_was_typed() -> None:
    numbers = numbers_at(1)
    right = str(float(numbers.forward.z[1][0, 0])).replace(".", ",")
    work = work_out(numbers, 0, NEURON, solved="", tried=right)
    assert states(work) == ["z done", "a open"]
    assert work.solved == "0.0~n-1-1.1"
    done, asked = work.parts[0].posed
    assert (done.typed, done.verdict.right, asked.typed, asked.verdict) == (right, True, "", None)
    work = work_out(numbers, 0, NEURON, solved=work.solved, tried="7")
    assert states(work) == ["z done", "a open"]
    asked = work.parts[0].posed[1]
    assert (asked.typed, asked.verdict.right) == ("7", False)
    assert work.solved == "0.0~n-1-1.1"


def test_showing_step_by_step_comes_to_an_end_with_the_dials_of_a_neuron() -> None:
    numbers, solved, seen = numbers_at(LENGTH - 1), "", []
    while (work := work_out(numbers, 0, NEURON, solved=solved, tried="")).open:
        assert re.fullmatch(SOLVED, work.shown)
        seen.append(f"{work.open.pick.text} {work.open.quantity}")
        solved = work.shown
    assert seen[:5] == [f"n-1-1 {quantity}" for quantity in ("z", "a", "received", "slope", "delta")]
    assert {"b-1-1 after", "w-1-1-1 nabla", "w-1-1-2 after"} <= {*seen}
    assert "b-1-1 nabla" not in seen  # it is δ itself, and stands there already
    assert [part.name for part in work.parts] == ["", "b₁", "w₁₁", "w₁₂"]
    assert not work.covers_cost


def test_what_is_solved_belongs_to_its_iteration_and_its_example() -> None:
    solved = "0.0~n-1-1.2"
    assert states(work_out(numbers_at(1), 0, NEURON, solved=solved, tried="")) == ["z done", "a done"]
    later = work_out(numbers_at(LENGTH + 1), 0, NEURON, solved=solved, tried="")
    assert states(later) == ["z open", "a later"]
    assert later.solved == ""


def test_what_is_solved_is_found_again_after_looking_elsewhere() -> None:
    numbers = numbers_at(4)
    work = work_out(numbers, 0, Pick("n", 1, 2), solved="0.0~n-1-1.2", tried="")
    assert work.shown == "0.0~n-1-1.2~n-1-2.1"
    assert states(work_out(numbers, 0, NEURON, solved=work.shown, tried="")) == ["z done", "a done"]


def test_the_oldest_is_forgotten_before_an_address_becomes_too_long() -> None:
    many = "0.0" + "".join(f"~w-1-{j}-{k}.2" for j in range(1, 9) for k in range(1, 9))
    work = work_out(numbers_at(1), 0, NEURON, solved=many, tried="")
    assert len(work.shown) <= LETTERS
    assert work.shown.endswith("~n-1-1.1")
    assert "w-1-1-1." not in work.shown


def test_the_cost_is_asked_for_and_an_input_asks_for_nothing() -> None:
    work = work_out(numbers_at(5), 0, Pick("cost"), solved="", tried="")
    assert states(work) == ["cost open"]
    assert work.covers_cost
    assert work_out(numbers_at(5), 0, Pick("n", 0, 1), solved="", tried="").parts == []
    assert work_out(numbers_at(5), 0, Pick("y", 2, 1), solved="", tried="").parts == []
