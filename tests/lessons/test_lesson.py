"""Plans are read: where a card stands, in which recipe, and what there is to be done."""

from __future__ import annotations

from app.lab.dials import Dial
from app.lab.lab import Lab
from app.lab.presets import PRESETS
from app.lessons.lesson import LESSONS, place_in, recipe_of
from app.lessons.todos import Looked, is_astray, is_done

LESSON = LESSONS["downhill"]


def test_a_place_is_the_last_moment_of_a_phase_or_of_its_layer() -> None:
    lab = Lab(PRESETS["and"])
    assert place_in(lab, "1 input").place == 0
    assert place_in(lab, "1 forward").moment == ("forward", 2, 1)
    assert place_in(lab, "1 forward 1").moment == ("forward", 1, 2)
    assert place_in(lab, "3 descent").place == 3 * len(lab.moments) - 1


def test_a_recipe_is_a_preset_and_what_differs() -> None:
    recipe = recipe_of({"preset": "overfit", "hidden": [2], "eta": 0.5})
    assert (recipe.data, recipe.hidden, recipe.eta) == ("moons", (2,), 0.5)


def test_a_number_that_no_card_has_is_that_of_the_nearest() -> None:
    assert LESSON.within(0) == 1
    assert LESSON.within(99) == len(LESSON.cards)
    assert LESSON.card(99) is LESSON.cards[-1]


def test_what_is_done_is_noticed_whoever_did_it() -> None:
    slow = LESSON.card(4).lab
    assert not is_done(LESSON, 4, Looked(slow, "", ""))
    assert is_done(LESSON, 4, Looked(slow.change("eta", 0.3), "", ""))
    assert not is_done(LESSON, 4, Looked(slow.change("eta", 0.05), "", ""))
    assert is_done(LESSONS["backward"], 6, Looked(LESSONS["backward"].card(6).lab, "n-1-2", ""))


def test_who_plays_on_or_changes_something_else_is_astray_and_who_is_on_the_way_is_not() -> None:
    here, follows = LESSON.card(3).lab, LESSON.card(4).lab
    assert not is_astray(LESSON, 3, here.go(here.place + 5))
    assert not is_astray(LESSON, 3, follows)
    assert is_astray(LESSON, 3, follows.go(follows.place + 1))
    assert is_astray(LESSON, 3, here.go(here.place - 1))
    assert is_astray(LESSON, 3, here.change(Dial("b", 1, 1).mark, 0.7))
    assert is_astray(LESSON, 4, follows.go(follows.place + 1))
