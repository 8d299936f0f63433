"""Somebody's own examples: named by their content, and a reason for whatever cannot be used."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.datasets.dataset import Column
from app.datasets.own import KEY, nobodys, own_from
from app.lab.lab import Lab
from app.lab.recipe import Recipe, recipe_from
from app.lab.replay import Replay
from app.lab.rules import problems
from app.limits import Unusable
from app.story.refusals import sentence

GIVEN = {"inputs": [[0, 1.5], [-2, 3], [0.25, 0]], "targets": [[1], [0], [1]]}


def given(**parts: Any) -> dict[str, Any]:
    return {**GIVEN, **parts}


def test_own_examples_are_columns_nobody_can_write_into() -> None:
    data = own_from(GIVEN)
    assert data.x.tolist() == [[0.0, -2.0, 0.25], [1.5, 3.0, 0.0]]
    assert (data.y.tolist(), data.rows, data.kind, data.x_test) == ([[1.0, 0.0, 1.0]], 3, "own", None)
    for array in (data.x, data.y):
        with pytest.raises(ValueError, match="read-only"):
            array[0, 0] = 1.0


def test_the_same_content_has_the_same_name_however_it_is_written() -> None:
    one = own_from(GIVEN)
    assert KEY.fullmatch(one.key)
    assert (
        own_from({"targets": [[1.0], [-0.0], [1]], "inputs": [[-0.0, 1.5], [-2.0, 3], [0.25, 0]]}).key
        == one.key
    )
    assert own_from(one.as_rows()).key == one.key
    assert own_from(given(targets=[[1], [0], [0.5]])).key != one.key


@pytest.mark.parametrize(
    ("targets", "one_hot", "classes"),
    [
        ([[1, 0], [0, 1], [1, 0]], True, True),
        ([[1], [1], [1]], False, True),
        ([[1, 1], [0, 1], [1, 0]], False, True),
        ([[0, 0], [0, 1], [1, 0]], False, True),
        ([[0.5, 0.5], [0, 1], [1, 0]], False, False),
        ([[2], [1], [0]], False, False),
    ],
)
def test_one_of_many_and_yes_or_no_are_seen(targets: list, one_hot: bool, classes: bool) -> None:
    data = own_from(given(targets=targets))
    assert (data.one_hot, data.classes) == (one_hot, classes)


def test_a_note_goes_with_the_examples_and_is_part_of_what_they_are() -> None:
    own = own_from(given(note="Two inputs ∂"))
    assert (own.note, own.as_rows()["note"]) == ("Two inputs ∂", "Two inputs ∂")
    assert own.key != own_from(GIVEN).key
    assert own_from(given(note="")).key == own_from(GIVEN).key
    assert own_from(own.as_rows()).key == own.key
    recipe = Recipe(data=own.key, own=own, test=0.3)
    assert recipe.dataset.note == "Two inputs ∂"
    assert recipe.as_json()["data"]["note"] == "Two inputs ∂"


def test_what_the_outputs_stand_for_goes_with_the_examples_too() -> None:
    own = own_from(given(targets=[[1, 0], [0, 1], [1, 0]], classes=["cat", "dog"]))
    assert (own.called, own.as_rows()["classes"]) == (("cat", "dog"), ["cat", "dog"])
    assert own_from(own.as_rows()).key == own.key != own_from(given(targets=[[1, 0], [0, 1], [1, 0]])).key
    for wrong in (["cat"], ["cat", ""], ["cat", 3], "catdog", ["cat", "d" * 41]):
        with pytest.raises(Unusable, match="own-classes"):
            own_from(given(targets=[[1, 0], [0, 1], [1, 0]], classes=wrong))


COLUMNS = [
    {"name": "height", "low": 150, "high": 190},
    {"name": "sex = male"},
    {"name": "kind", "words": ["cat", "dog"]},
]


def test_what_its_columns_stand_for_goes_with_the_examples_and_is_part_of_what_they_are() -> None:
    own = own_from(given(columns=COLUMNS))
    assert own.columns == (
        Column("height", 150, 190),
        Column("sex = male"),
        Column("kind", words=("cat", "dog")),
    )
    assert own_from(json.loads(json.dumps(own.as_rows()))).key == own.key != own_from(GIVEN).key
    assert (own.inputs, own.aims) == (own.columns[:2], own.columns[2:])
    assert own.inputs_told([0.5, 1.0]) == ["180", "1"]
    assert (own.targets_told([1.0]), own.targets_told([0.25])) == (["dog"], ["0.25"])
    plain = own_from(GIVEN)
    assert (plain.inputs_told([0.12345, 1.0]), plain.targets_told([0.25])) == (["0.123", "1"], ["0.25"])
    hot = own_from({"inputs": [[1], [2]], "targets": [[1, 0], [0, 1]], "classes": ["a", "b"]})
    assert hot.targets_told([0.0, 1.0]) == ["0", "1"]
    named = own_from(hot.as_rows() | {"columns": [{"name": "x"}, {"name": "y"}, {"name": "y"}]})
    assert named.targets_told([0.0, 1.0]) == ["b"]
    assert [column.label(1.0) for column in (*own.columns, Column())] == [
        "height 190",
        "sex = male 1",
        "kind dog",
        "",
    ]


def test_texts_kept_before_there_were_columns_keep_their_key() -> None:
    assert own_from(GIVEN).key == "own-42951c62f6ca7f8a575f9645"
    more = {"targets": [[1, 0], [0, 1], [1, 0]], "note": "n", "classes": ["a", "b"]}
    assert own_from(given(**more)).key == "own-f7ac90def3acee7a000127f0"


@pytest.mark.parametrize(
    "wrong",
    [
        "height",
        [{}],
        [{}, {}, 3],
        [{}, {}, {"name": 3}],
        [{}, {}, {"name": "x" * 41}],
        [{}, {}, {"low": 2, "high": 1}],
        [{}, {}, {"low": 1, "high": 1}],
        [{}, {}, {"low": float("nan")}],
        [{}, {}, {"high": float("inf")}],
        [{}, {}, {"high": 10**400}],
        [{}, {}, {"high": "x"}],
        [{}, {}, {"words": ["a"]}],
        [{}, {}, {"words": ["a", 3]}],
        [{}, {}, {"colour": "red"}],
    ],
)
def test_columns_that_stand_for_nothing_are_refused(wrong: Any) -> None:
    with pytest.raises(Unusable, match="own-columns") as caught:
        own_from(given(columns=wrong))
    assert "each of the 3 inputs and targets" in sentence(caught.value.problem)


LONG = [[0.0]] * 500
WRONG = [
    (None, "own-shape", {}),
    ([], "own-shape", {}),
    ({}, "own-shape", {}),
    ({"inputs": [[1]]}, "own-shape", {}),
    (given(more=1), "own-shape", {}),
    (given(inputs=3), "own-shape", {}),
    (given(inputs=[1, 2, 3]), "own-shape", {}),
    (given(targets={"0": [1]}), "own-shape", {}),
    (given(inputs=[[1], 2, [3]]), "own-shape", {}),
    (given(note=3), "own-note", {}),
    (given(note="x" * 1001), "own-note", {}),
    ({"inputs": [], "targets": []}, "own-rows", {"found": 0}),
    ({"inputs": [*LONG, [1]], "targets": LONG}, "own-rows", {"found": 501}),
    ({"inputs": LONG, "targets": LONG[1:]}, "own-counts", {"inputs": 500, "targets": 499}),
    (given(inputs=[[], [], []]), "own-width", {"part": "inputs", "most": 16, "found": 0}),
    (given(inputs=[[0] * 17] * 3), "own-width", {"part": "inputs", "most": 16, "found": 17}),
    (given(targets=[[0] * 11] * 3), "own-width", {"part": "targets", "most": 10, "found": 11}),
    (
        given(inputs=[[1, 2], [3, 4], [5]]),
        "own-ragged",
        {"part": "inputs", "row": 3, "found": 1, "wanted": 2},
    ),
    (given(targets=[[1], [1, 2], [5]]), "own-ragged", {"part": "targets", "row": 2, "found": 2, "wanted": 1}),
]
WRONG += [
    (given(targets=[[1], [0], [value]]), "own-number", {"part": "targets", "row": 3, "value": said})
    for value, said in [
        (None, "None"),
        ("1", "1"),
        (True, "True"),
        (float("nan"), "nan"),
        (float("inf"), "inf"),
        (1000000.1, "1000000.1"),
        (-(10**30), "-1000000000000000000"),
        ([1], "[1]"),
        ("x" * 99, "x" * 20),
    ]
]


@pytest.mark.parametrize(("whole", "why", "facts"), WRONG)
def test_what_cannot_be_used_is_told_with_its_row(whole: Any, why: str, facts: dict[str, Any]) -> None:
    with pytest.raises(Unusable) as caught:
        own_from(whole)
    assert caught.value.problem == ("data", why, facts)
    said = sentence(caught.value.problem)
    assert all(str(fact) in said for fact in facts.values())
    assert "{" not in said.replace('{"inputs"', "")


def test_a_recipe_of_own_examples_has_their_name_for_a_text_and_all_of_them_as_json() -> None:
    own = own_from(GIVEN)
    recipe = Recipe(data=own.key, own=own, test=0.4, size=77)
    assert recipe.text().startswith(f'{{"data":"{own.key}","hidden"')
    assert recipe.as_json()["data"] == {"inputs": [[0, 1.5], [-2, 3], [0.25, 0]], "targets": [[1], [0], [1]]}
    fields = recipe.as_fields()
    assert (fields["data"], fields["test"], fields["data_seed"]) == (own.key, "0.4", "0")
    assert not {"size", "noise", "own"} & set(fields)
    again = recipe_from(recipe.text())
    assert again == Recipe(data=own.key, test=0.4)
    assert hash(again) == hash(Recipe(data=own.key, test=0.4, own=own))
    assert (recipe.sizes, recipe.dataset.rows, recipe.dataset.x_test.shape) == ((2, 3, 1), 2, (2, 1))
    assert problems(recipe) == []


def test_nothing_is_learned_from_what_is_held_back() -> None:
    own = own_from(GIVEN)
    recipe = Recipe(data=own.key, own=own, test=0.3, batch=2)
    held = recipe.dataset.x_test[:, 0].tolist()
    for iteration in range(4):
        numbers = Replay().numbers(Lab(recipe, iteration * len(Lab(recipe).moments)))
        assert held not in numbers.x.T.tolist()


def test_nobody_brought_anything() -> None:
    assert nobodys("own-" + 24 * "0") is None
