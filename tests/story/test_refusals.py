"""Why something cannot be done: a problem knows keys and numbers, its sentence has the words."""

from __future__ import annotations

from app.lab.recipe import Recipe
from app.lab.rules import problems
from app.story.refusals import sentence


def test_a_problem_names_an_output_as_the_story_does() -> None:
    (problem,) = problems(Recipe(output="leaky-relu"))
    assert problem.facts == {"output": "leaky-relu"}
    assert "must stay between 0 and 1: Leaky ReLU does not." in sentence(problem)
    (other,) = problems(Recipe(batch=5))
    assert sentence(other).startswith("AND has 4 examples")
