"""What is said when a run ends and when dials were set: the whole sentence, with its own numbers and its
singular."""

from __future__ import annotations

import pytest

from app.lab.recipe import Recipe
from app.lab.rules import problems
from app.story.refusals import dials_set, on_the_way, run_over, sentence


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ("more", ""),
        ("done", ""),
        ("below", "The cost fell below 0,2 at the start of iteration 42."),
        (
            "already",
            "The cost is below 0,2 already, so nothing was run. Lower the value, or clear it, to go on.",
        ),
    ],
)
def test_why_a_run_ended_is_said_where_it_needs_saying(end: str, said: str) -> None:
    assert run_over(end, 41, "0.3", "0,2") == said


def test_a_run_that_diverged_says_where_and_names_its_learning_rate() -> None:
    said = run_over("diverged", 41, "0.3", "")
    assert said.startswith("The run stopped by itself.")
    assert "iteration 42" in said
    assert "0.3" in said


def test_a_run_that_cannot_go_on_by_itself_says_how_far_it_came() -> None:
    assert on_the_way(1234) == "Iteration 1,235 is reached; press Run again to go on."


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "These are the dials as they stand; nothing was changed."),
        (1, "1 dial changed, from the start of iteration 8."),
        (9, "9 dials changed, from the start of iteration 8."),
    ],
)
def test_how_many_dials_were_set_and_from_when(count: int, said: str) -> None:
    assert dials_set(count, 7) == said


def test_a_problem_names_an_output_as_the_story_does() -> None:
    (problem,) = problems(Recipe(output="leaky-relu"))
    assert problem.facts == {"output": "leaky-relu"}
    assert "must stay between 0 and 1: Leaky ReLU does not." in sentence(problem)
    (other,) = problems(Recipe(batch=5))
    assert sentence(other).startswith("AND has 4 examples")
