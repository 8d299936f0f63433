"""What is said when a run ends and when dials were set: the whole sentence, with its own numbers and its
singular."""

from __future__ import annotations

import pytest

from app.analysis.culprit import Culprit
from app.lab.recipe import Recipe
from app.story.notices import STUCK, TRY, blamed, dials_set, on_the_way, run_over, set_anew, verdict

NO_LONGER = "the cost no longer falls"


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


@pytest.mark.parametrize(
    ("end", "iteration", "score", "said"),
    [
        ("learned", 1, (4, 4), "1 iteration: 4 of 4 right. Learned!"),
        ("learned", 1234, (4, 4), "1,234 iterations: 4 of 4 right. Learned!"),
        ("done", 5000, (3, 4), "5,000 iterations, and 3 of 4 right. Press Run until learned to go on."),
        ("done", 5000, None, "5,000 iterations, and not there yet. Press Run until learned to go on."),
        (
            "still",
            900,
            None,
            f"900 iterations, and {NO_LONGER}: nearer than this it does not come this way. {TRY}",
        ),
        (
            "still",
            900,
            (4, 4),
            f"900 iterations, and {NO_LONGER}: nearer than this it does not come this way. {TRY}",
        ),
    ],
)
def test_how_a_run_until_learned_ended_is_told(
    end: str, iteration: int, score: tuple[int, int] | None, said: str
) -> None:
    assert verdict(end, iteration, score, "") == said


@pytest.mark.parametrize(("why", "try_this"), [("", TRY), *STUCK.items()])
def test_a_run_that_is_stuck_says_what_keeps_it_and_what_to_try(why: str, try_this: str) -> None:
    how = "the cost is higher than at the start" if why == "risen" else NO_LONGER
    how += "" if why == "risen" else ": stuck with 2 of 4 right"
    assert verdict("still", 950, (2, 4), why) == f"950 iterations, and {how}. {try_this}"
    assert "Network" in try_this


def test_a_run_over_numbers_ends_with_how_far_off_they_are() -> None:
    off = "mpg off by 2.5 on average"
    assert verdict("still", 900, None, "", missed=off) == (
        f"900 iterations, and {NO_LONGER}: {off}, and nearer it does not come this way. {TRY}"
    )
    assert verdict("done", 5000, None, "", missed=off).startswith(f"5,000 iterations, and {off}.")


def test_a_cost_that_has_risen_asks_for_shorter_steps_not_for_longer_ones() -> None:
    said = blamed(Culprit("eta", Recipe(eta=0.02)), Recipe(eta=5.0))
    assert said == "The learning rate η = 5 is too large here: the steps land beyond, and higher."
    assert said in verdict("still", 800, None, "risen", blamed=said)
    assert "larger η" not in verdict("still", 800, None, "risen")


@pytest.mark.parametrize(
    ("what", "later", "said"),
    [
        ("eta", False, "η is 0.5 from this iteration on."),
        ("eta", True, "η is 0.5 from the next iteration on."),
        ("example", True, "Example 0.5 is taken in the next iteration."),
        ("example", False, ""),  # the picture shows it
        ("w-1-1-1", True, ""),
    ],
)
def test_from_when_a_new_choice_holds_is_said_where_the_picture_does_not_show_it(
    what: str, later: bool, said: str
) -> None:
    assert set_anew(what, "0.5", later) == said
