"""What may be sent to make a lab: every field's good values, and a sentence for each wrong one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings

from app.lab.recipe import Change, Recipe
from app.web.recipe_form import Mistakes, from_fields, from_json
from tests.lab.recipes import recipes

BIG = 2**32 - 1
HIDDEN = "Write the sizes of 0 to 6 hidden layers, each 1 to 16 neurons, such as 3 or 4, 2."
ETA = "This must be a number above 0, up to 100."
DECAY = "This must be a number from 0 to 10."
SEED = "This must be a whole number from 0 to 4,294,967,295."
BATCH = "This must be a whole number from 1 to 500."
DIALS = 'Write {"w": {"1": [[…]], …}, "b": {"1": [[…]], …}} with numbers between −1,000,000 and 1,000,000.'
CHANGES = 'Write a list of [iteration, what, value], such as [[3, "eta", 0.1]].'
NOTHING = "There is no field of this name."
NOT_ETA = "There is nothing called “eta” here that could take this value."
DATA = (
    "Choose one of: and, or, xor, article, textbook, half-adder, digits, circle, blobs, xor-clouds, spiral, "
    "moons, sine, step, bump, line."
)
ALONE = (
    "AND has one output, and softmax would give it the whole share, 1, whatever it hears. Sigmoid "
    "fits one output."
)
SHARES = (
    "Cross-entropy takes the logarithm of the output, so the output must stay between 0 and 1: {} does not. "
    "Choose sigmoid or softmax for the output, or the quadratic cost."
)
COUPLED = (
    "Softmax makes the neurons of a layer share one whole, which only makes sense for the answer. "
    "Choose another activation for the hidden layers."
)

GOOD_TEXTS = [
    ("eta", "0.5", 0.5),
    ("eta", "0,5", 0.5),
    ("eta", " .5 ", 0.5),
    ("eta", "1e2", 100.0),
    ("eta", "5e-324", 5e-324),
    ("decay", "0", 0.0),
    ("decay", "10", 10.0),
    ("decay", "1,25", 1.25),
    ("seed", "0", 0),
    ("seed", str(BIG), BIG),
    ("seed", " 7 ", 7),
    ("batch", "1", 1),
    ("batch", "4", 4),
    ("hidden", "3", (3,)),
    ("hidden", "3, 4", (3, 4)),
    ("hidden", "3 4", (3, 4)),
    ("hidden", "3;4", (3, 4)),
    ("hidden", "3×4", (3, 4)),
    ("hidden", "16 → 1 → 16", (16, 1, 16)),
    ("hidden", "", ()),
    ("hidden", " , ", ()),
    ("hidden", "1 1 1 1 1 1", (1,) * 6),
    ("data", "article", "article"),
    ("activation", "leaky-relu", "leaky-relu"),
    ("optimiser", "adam", "adam"),
    ("initialiser", "equal", "equal"),
    ("regulariser", "l1", "l1"),
    ("cost", "quadratic", "quadratic"),
    ("parameters", "", None),
    ("changes", "", ()),
    ("output", "", "sigmoid"),
    ("cost", "", "cross-entropy"),
    ("changes", '[[1,"eta",0.1],[0,"w-1-1-1",-0.0]]', (Change(0, "w-1-1-1", 0.0), Change(1, "eta", 0.1))),
]
WRONG_TEXTS = [
    (field, text, words)
    for field, words, texts in [
        (
            "eta",
            ETA,
            ["", "0", "-1", "100.001", "1e-400", "nan", "inf", "½", "0x1", "1,000.5", "1 2", "fast"],
        ),
        ("decay", DECAY, ["", "-0.1", "10.1", "nan", "-inf", "much"]),
        ("seed", SEED, ["", "-1", "1.5", str(BIG + 1), "1e3", "true", "seven", "９" * 400]),
        ("batch", BATCH, ["", "0", "501", "-1", "2.5", "all"]),
        ("batch", "AND has 4 examples, so a batch can hold 1 to 4.", ["5", "500"]),
        ("size", "This must be a whole number from 10 to 500.", ["", "9", "501", "99.5", "many"]),
        ("noise", "This must be a number from 0 to 1.", ["", "-0.1", "1.01", "nan", "loud"]),
        ("data_seed", SEED, ["", "-1", str(BIG + 1), "x"]),
        ("test", "This must be a number from 0 to 0.5.", ["", "-0.1", "0.51", "inf", "half"]),
        ("hidden", HIDDEN, ["0", "17", "-3", "3.5", "three", "1 1 1 1 1 1 1", "3,,x", "9" * 5000]),
        ("data", DATA, ["", "AND", "nothing", "and\x00"]),
        ("activation", COUPLED, ["softmax"]),
        (
            "activation",
            "Choose one of: sigmoid, tanh, relu, leaky-relu, softplus, sine, step, linear.",
            ["stairs"],
        ),
        ("output", ALONE, ["softmax"]),
        (
            "output",
            "Choose one of: sigmoid, tanh, relu, leaky-relu, softplus, sine, step, linear, softmax.",
            ["stairs"],
        ),
        ("cost", "Choose one of: quadratic, squared-error, mean-squared-error, cross-entropy.", ["hinge"]),
        ("regulariser", "Choose one of: none, l2, l1.", ["L2"]),
        ("optimiser", "Choose one of: descent, momentum, rmsprop, adam.", ["sgd"]),
        ("initialiser", "Choose one of: xavier, he, normal, equal.", ["zero"]),
        ("parameters", DIALS, ["x", "[]", "{}", "3", '{"w":{}}', '{"w":{},"b":{},"c":{}}', "[" * 9000]),
        (
            "changes",
            CHANGES,
            ["x", "{}", "[1]", '[[0,"eta"]]', '[["a","eta",1]]', '[[0.5,"eta",1]]', '[[0,"eta",NaN]]'],
        ),
        ("changes", CHANGES, [json.dumps([[0, "eta", 1]] * 201)]),
        ("changes", NOT_ETA, ['[[0,"eta",0]]', '[[-1,"eta",1]]', '[[20000,"eta",1]]', '[[0,"eta",101]]']),
        ("colour", NOTHING, ["red"]),
        ("", NOTHING, [""]),
        ("place", NOTHING, ["3"]),
        ("w" * 300, NOTHING, [""]),
    ]
    for text in texts
]
WRONG_JSON = [
    (field, value, words)
    for field, words, values in [
        ("eta", ETA, ["0.3", True, None, float("nan"), float("inf"), [], 10**400]),
        ("seed", SEED, [1.0, False, "1", None]),
        ("batch", BATCH, [2**70, 1.5, "2"]),
        ("hidden", HIDDEN, ["3", 3, [3.0], ["3"], [[3]], [1] * 7, [0], [17], [True], None]),
        ("data", DATA, [None, ["and"], 3]),
        ("decay", DECAY, ["0", None]),
        ("parameters", DIALS, ["{}", [1.0], {}]),
        ("changes", CHANGES, ['[[0,"eta",1]]', {"0": 1}, [[0, "eta", True]], [[0, "eta", "1"]], None]),
        ("colour", NOTHING, ["red"]),
        ("place", NOTHING, [3]),
    ]
    for value in values
]


def mistakes_of(call: Any, given: Any) -> dict[str, str]:
    with pytest.raises(Mistakes) as caught:
        call(given)
    return caught.value.fields


@pytest.mark.parametrize(("field", "text", "value"), GOOD_TEXTS)
def test_a_form_takes_what_people_write(field: str, text: str, value: Any) -> None:
    assert getattr(from_fields({field: [text]}), field) == value


@pytest.mark.parametrize(("field", "text", "words"), WRONG_TEXTS)
def test_a_form_says_what_is_wrong_with_a_field(field: str, text: str, words: str) -> None:
    assert mistakes_of(from_fields, {field: [text]}) == {field: words}


@pytest.mark.parametrize(("field", "value", "words"), WRONG_JSON)
def test_a_program_is_told_what_is_wrong_with_a_field(field: str, value: Any, words: str) -> None:
    assert mistakes_of(from_json, json.dumps({field: value}).encode()) == {field: words}


@pytest.mark.parametrize("body", [b"{", b"\xff", b"nothing", b"{'eta': 1}", b"[" * 9000, b'{"eta": 1}}'])
def test_a_body_that_is_no_json_is_called_that(body: bytes) -> None:
    assert mistakes_of(from_json, body) == {"body": "The body is not valid JSON."}


@pytest.mark.parametrize("body", [b"null", b"[]", b"3", b'"xor"'])
def test_a_body_that_is_no_object_cannot_be_read(body: bytes) -> None:
    assert mistakes_of(from_json, body) == {"body": "This cannot be read."}


def test_nothing_at_all_is_the_usual_recipe() -> None:
    assert from_json(b"") == from_json(b"{}") == from_fields({}) == Recipe()


def test_all_mistakes_are_told_at_once() -> None:
    fields = {"eta": ["x"], "seed": ["-1"], "colour": ["red"]}
    assert mistakes_of(from_fields, fields) == {"eta": ETA, "seed": SEED, "colour": NOTHING}
    fields = {"activation": ["softmax"], "output": ["softmax"], "batch": ["9"]}
    assert set(mistakes_of(from_fields, fields)) == {"activation", "output", "batch"}


UNBOUNDED = [("tanh", "Tanh"), ("relu", "ReLU"), ("leaky-relu", "Leaky ReLU"), ("linear", "Linear")]


@pytest.mark.parametrize(("output", "name"), UNBOUNDED)
def test_cross_entropy_explains_why_it_cannot_judge_an_unbounded_output(output: str, name: str) -> None:
    assert mistakes_of(from_fields, {"output": [output]}) == {"cost": SHARES.format(name)}


def test_softmax_explains_why_its_targets_must_be_one_hot() -> None:
    words = "Softmax outputs always add up to 1, but the targets of Half adder do not. Sigmoid fits them."
    assert mistakes_of(from_fields, {"output": ["softmax"], "data": ["half-adder"]}) == {"output": words}


def test_the_output_that_is_left_out_fits_the_data() -> None:
    assert from_json(b'{"data": "digits"}').output == "softmax"
    assert from_json(b'{"data": "xor"}').output == "sigmoid"
    assert from_json(b'{"data": "digits", "output": null}').output == "softmax"


def test_the_last_of_several_values_counts_but_hidden_sizes_add_up() -> None:
    recipe = from_fields({"eta": ["0.1", "0.2"], "hidden": ["3, 2", "4"], "data": ["or", "xor"]})
    assert (recipe.eta, recipe.hidden, recipe.data) == (0.2, (3, 2, 4), "xor")


@settings(max_examples=150, deadline=None)
@given(recipes(with_changes=True))
def test_a_recipe_reads_back_from_its_fields_and_from_its_json(recipe: Recipe) -> None:
    assert from_fields({name: [text] for name, text in recipe.as_fields().items()}) == recipe
    assert from_json(json.dumps(recipe.as_json()).encode()) == recipe
