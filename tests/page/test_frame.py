"""What a template receives of a lab: its moment, its next click, its links, its marks and its words."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, parse_qsl, urlsplit

import numpy as np
import pytest

from app import limits
from app.analysis.goal import MOST
from app.analysis.history import History
from app.lab.dials import Pick
from app.lab.lab import Lab
from app.lab.presets import PRESETS
from app.lab.recipe import Recipe
from app.lab.replay import Replay
from app.page.frame import Frame
from app.page.selection import Selection, natural_pick
from app.page.summary import in_short, preset_of, presets_listed
from app.page.view import View
from app.page.viewer import Viewer
from app.story import presets
from app.web.recipe_form import from_fields

HISTORY = History(Replay())
AND = Recipe(data="and", hidden=(3,))
FIRED, SPOKEN, COST, BLAMED, BACK, DOWN = 3, 4, 5, 6, 9, 10  # places of 2-3-1


def frame(place: int = 0, recipe: Recipe = AND, id: str = "abc", **seen: str | int) -> Frame:
    lab = Lab(recipe, place)
    return Frame(id=id, lab=lab, numbers=HISTORY.replay.numbers(lab), view=View(**seen), history=HISTORY)


def test_the_story_is_told_until_somebody_asks_for_equations_and_where_there_are_none() -> None:
    story, maths = frame(FIRED).narration, frame(FIRED, voice="maths").narration
    assert story.lines[0].startswith("h₂ is the loudest of three")
    assert maths.lines[0].startswith("z(h₂) = ")
    assert len(maths.lines) > 1
    assert (maths.title, maths.next) == (story.title, story.next)
    assert frame(0, voice="maths").narration == frame(0).narration


@pytest.mark.parametrize(
    ("place", "pace", "name", "lead"),
    [
        (0, "layer", "Forward: hidden layer", FIRED),
        (0, "neuron", "Forward: neuron h₁", 1),
        (FIRED, "neuron", "Forward: output layer", SPOKEN),  # its only neuron needs no name
        (COST, "phase", "Backward: all layers", BACK),
        (BACK, "layer", "Descent", DOWN),
        (DOWN, "layer", "Next example", DOWN + 1),
    ],
)
def test_the_big_button_says_what_it_does_and_leads_there(
    place: int, pace: str, name: str, lead: int
) -> None:
    found = frame(place, pace=pace)
    assert (found.next_name, found.next_place) == (name, lead)
    assert found.next_phase == Lab(AND, lead).moment.phase


def test_at_the_end_of_the_longest_run_there_is_no_next() -> None:
    one = replace(AND, hidden=())
    lab = Lab(one)
    last = Lab(one, limits.ITERATIONS * len(lab.moments) - 1)
    ended = Frame(
        id="a", lab=last, numbers=HISTORY.replay.numbers(frame(DOWN).lab), view=View(), history=HISTORY
    )
    assert last.coming is None
    assert (ended.coming, ended.able, ended.next_name) == ((), False, "End of the run")
    assert ended.next_phase == ended.phase == "descent"


def test_who_only_watches_moves_nothing_and_nobody_goes_back_from_the_beginning() -> None:
    watching = replace(frame(FIRED), viewer=Viewer(may=False))
    assert (watching.able, watching.able_back, watching.undo) == (False, False, None)
    assert (frame(0).able, frame(0).able_back) == (True, False)
    assert (frame(1).able, frame(1).able_back) == (True, True)
    assert frame(0).most == MOST


def test_the_lens_follows_the_phase_until_one_is_chosen() -> None:
    assert [frame(place).lens for place in (0, FIRED, COST, BACK, DOWN)] == [
        "activation",
        "activation",
        "activation",
        "error",
        "gradient",
    ]
    chosen = frame(FIRED, lens="weights")
    assert (chosen.lens, chosen.lens_name, chosen.scene.lens) == ("weights", "Weights", "weights")
    assert chosen.legend[0].startswith("Wider wire: larger weight")


def test_labels_on_wires_are_there_where_a_lens_or_the_equations_were_asked_for() -> None:
    def labels(**seen: str) -> int:
        return sum(bool(one.label) for wires in frame(BACK, **seen).scene.wires.values() for one in wires)

    assert labels() == 0
    assert labels(lens="error") == labels(voice="maths") == 9


def test_maps_stand_beside_the_discs_or_fill_them() -> None:
    beside, inside, none = (frame(FIRED, maps=where) for where in ("beside", "inside", ""))
    assert [bool(one.beside) for one in (beside, inside, none)] == [True, False, False]
    assert [bool(one.inside) for one in (beside, inside, none)] == [False, True, False]


def test_of_a_batch_the_drawn_example_is_never_beyond_it() -> None:
    batch = replace(AND, batch=2)
    assert frame(0, batch, example=2).example == 1
    assert frame(0, batch, example=9).drawn.column == 2
    assert frame(0, AND, example=2).example == 0


def test_the_columns_names_are_short_where_long_ones_would_touch() -> None:
    assert [name for _, name in frame().headings] == ["input", "hidden layer", "output layer", "target"]
    deep = [name for _, name in frame(0, PRESETS["vanishing"]).headings]
    assert deep[1:3] == ["hidden 1", "hidden 2"]


def test_a_task_has_a_name_and_words_and_the_head_two_short_lines() -> None:
    assert frame().task.words == "say 1 only when both inputs are 1"
    assert frame().choices == ("AND · 2 → 3 → 1 · tanh", f"η 0.3 · batch 1 · cross-entropy · {AND.optimiser}")
    assert in_short(AND, 0.3, 0.1)[1].startswith("η 0.3 → 0.1 · ")


@pytest.mark.parametrize(("key", "name"), [("tanh", "tanh"), ("relu", "ReLU"), ("leaky-relu", "leaky ReLU")])
def test_an_activation_is_called_by_its_name_and_not_by_its_key(key: str, name: str) -> None:
    assert in_short(replace(AND, activation=key), 0.3, 0.3)[0] == f"AND · 2 → 3 → 1 · {name}"


def test_every_preset_is_a_link_that_makes_just_that_recipe() -> None:
    found = presets_listed()
    assert [one.key for one in found] == list(PRESETS)
    for one in found:
        assert (
            (one.name, one.sentence)
            == preset_of(PRESETS[one.key])
            == (presets.NAMES[one.key], presets.SENTENCES[one.key])
        )
        fields = parse_qs(urlsplit(one.address).query, keep_blank_values=True)
        assert from_fields(fields) == PRESETS[one.key]
    assert preset_of(replace(AND, eta=0.123)) is None


def test_links_keep_the_place_and_the_view_and_leave_player_and_run_at_rest() -> None:
    found = frame(FIRED, lens="error", play=1, run=7, below="0,1").links
    path, query = found.url("next").split("?")
    assert path == "/labs/abc/next"
    assert parse_qsl(query) == [("at", "3"), ("lens", "error"), ("below", "0,1")]
    assert found.tick == found.url("next", play=1)
    assert found.running == 7
    assert dict(parse_qsl(urlsplit(found.run_tick).query)) == {
        "at": "3",
        "iterations": "7",
        "run": "7",
        "lens": "error",
        "below": "0,1",
    }
    assert frame(8 * 11, run=3).links.running == 0
    assert parse_qsl(urlsplit(found.look(lens="")).query) == [("below", "0,1"), ("run", "7")]
    assert frame().links.look() == "/labs/abc"
    assert found.view_fields() == [("lens", "error"), ("below", "0,1"), ("run", "7")]


def test_looking_at_nobodys_lab_opens_ones_own_at_the_same_moment() -> None:
    first = frame(FIRED, id="").links
    assert first.look() == first.link == first.at(FIRED)
    assert first.look(lens="error") == f"{first.link}&lens=error"
    fields = parse_qs(urlsplit(first.link).query, keep_blank_values=True)
    assert fields.pop("place") == ["3"]
    assert from_fields(fields) == AND


def selection(place: int, recipe: Recipe = AND, **seen: str) -> Selection:
    return frame(place, recipe, **seen).selection


def test_what_was_just_computed_is_looked_at_until_a_mark_is_picked() -> None:
    numbers = HISTORY.replay.numbers(Lab(AND, DOWN))
    loudest = 1 + int(abs(numbers.forward.a[1][:, 0]).argmax())
    assert selection(0).pick == Pick("n", 0, 1)
    assert selection(FIRED).pick == Pick("n", 1, loudest)
    assert selection(COST).pick == Pick("cost")
    assert selection(BACK).pick.layer == 1
    moves = abs((numbers.after - numbers.parameters).vector())
    assert abs(
        selection(DOWN).pick.dial.of(numbers.after) - selection(DOWN).pick.dial.of(numbers.parameters)
    ) == (pytest.approx(moves.max()))
    picked = selection(FIRED, pick="w-1-2-1")
    assert (picked.pick, picked.natural) == (Pick("w", 1, 2, 1), Pick("n", 1, loudest))
    assert (picked.tab_stop, selection(COST).tab_stop) == ("n-1-2", "cost")
    softmax = Recipe(data="digits", hidden=(2,), output="softmax")
    place = next(at for at, moment in enumerate(Lab(softmax).moments) if moment[:2] == ("forward", 2))
    said = HISTORY.replay.numbers(Lab(softmax, place)).forward.a[2][:, 0]
    assert selection(place, softmax).natural == Pick("n", 2, 1 + int(said.argmax()))


def test_of_dials_that_moved_alike_a_weight_is_looked_at() -> None:
    alone = replace(AND, hidden=())  # x = (1, 1): both weights and the bias get the same
    numbers = HISTORY.replay.numbers(Lab(alone, len(Lab(alone).moments) - 1))
    assert np.ptp((numbers.after - numbers.parameters).vector()) < 1e-15
    assert natural_pick(numbers, 0, (numbers.moment,)) == Pick("w", 1, 1, 1)


def test_a_picked_neuron_points_with_the_hand_of_the_lens() -> None:
    def hands(lens: str, pick: str, place: int = DOWN) -> set[tuple[int, int, int]]:
        return set(selection(place, pick=pick).hands(lens))

    numbers = HISTORY.replay.numbers(Lab(AND, DOWN))
    heard = numbers.parameters.w[2][0] * numbers.forward.a[1][:, 0]
    passed = numbers.parameters.w[2][0] * numbers.backward.delta[2][0, 0]
    assert hands("activation", "n-2-1") == {(2, 1, 1 + int(abs(heard).argmax()))}
    assert hands("error", "n-2-1") == hands("blame", "n-2-1") == {(2, 1, 1 + int(abs(passed).argmax()))}
    gradient = numbers.backward.nabla.w[2][0]
    assert hands("gradient", "w-2-1-1") == {(2, 1, 1 + int(abs(gradient).argmax()))}
    assert hands("weights", "n-2-1") == hands("error", "n-1-1") == set()
    assert hands("activation", "n-0-1") == hands("activation", "cost") == set()
    assert selection(0, pick="n-0-1").fingers == []
    assert hands("activation", "n-2-1", place=FIRED) == set()  # it has not spoken yet


def test_without_a_pick_hands_are_there_only_when_a_whole_layer_has_its_blame() -> None:
    assert selection(BACK).hands("error")
    assert selection(BACK).hands("activation") == ()
    for place in (COST, BLAMED, BLAMED + 1, DOWN):
        assert selection(place).hands("error") == (), place
