"""A notebook's own network in one line: what is shown is that network, its script moves a lab of its own, and
whoever looks gets a copy. Networks of PyTorch, Keras and scikit-learn are stood in for by their shapes."""

from __future__ import annotations

import sys
import webbrowser
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import httpx
import numpy as np
import pytest

from app.engine.backprop import backward, costs_of, forward
from app.engine.parameters import Parameters
from app.lab.recipe import Recipe
from tests.web.notebook import fetched, served
from tests.web.notebook_models import (
    LISTS,
    B,
    Sequential,
    Tensor,
    W,
    X,
    Y,
    keras_like,
    module,
    sklearn_like,
    torch_like,
)
from tests.web.tree import read


@pytest.fixture(scope="module")
def blame_game(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """The file, from a server that listens as long as these tests take."""
    folder = tmp_path_factory.mktemp("notebook")
    with served(folder) as address:
        yield fetched(address, folder)


def test_the_file_says_where_it_came_from(blame_game: ModuleType) -> None:
    lab = blame_game.show(LISTS, X, Y, browser=False)
    assert lab.server == blame_game.SERVER != "http://127.0.0.1:8000"
    assert (lab.address, lab.url) == (
        f"{lab.server}/labs/{lab.moment['id']}",
        f"{lab.server}/labs/{lab.moment['id']}/copy",
    )


def test_a_lab_stands_at_the_input_with_exactly_these_dials_and_goes_as_far_as_it_is_asked(
    blame_game: ModuleType,
) -> None:
    lab = blame_game.show(LISTS, X, Y, activation="tanh", cost="cross-entropy", eta=0.5, browser=False)
    here = lab.numbers()
    assert (here["moment"]["phase"], here["z"], here["cost"], here["eta"]) == ("input", {}, None, 0.5)
    recipe = Recipe(data="article", hidden=(3,), activation="tanh")
    w = {layer: np.array(block) for layer, block in enumerate(W, 1)}
    b = {layer: np.array([block]).T for layer, block in enumerate(B, 1)}
    x, y = np.array(X).T, np.array([Y], dtype=float)
    ours = forward(recipe.network, Parameters(w, b), x)
    pulled = backward(recipe.network, Parameters(w, b), ours, y)
    assert lab.numbers("forward")["a"][2] == pytest.approx(ours.a[2], abs=1e-14)
    assert lab.numbers("forward")["moment"]["phase"] == "forward"
    assert lab.numbers("cost")["cost"] == pytest.approx(costs_of(recipe.network, ours, y).mean(), abs=1e-14)
    nabla = lab.numbers("backward")["nabla"]
    assert all(nabla["w"][layer] == pytest.approx(pulled.nabla.w[layer], abs=1e-14) for layer in (1, 2))
    after = lab.numbers("descent")["after"]
    assert after["b"][1] == pytest.approx(b[1] - 0.5 * pulled.nabla.b[1], abs=1e-14)
    assert lab.numbers("forward")["moment"]["phase"] == "descent"  # it knows that already
    assert lab.step().numbers()["iteration"] == 1
    assert lab.back().numbers()["moment"]["phase"] == "descent"
    partly = lab.step().step("neuron").numbers()
    assert np.isnan(partly["z"][1]).tolist() == [[False] * 4, [True] * 4, [True] * 4]
    assert not np.isnan(lab.numbers("forward")["z"][1]).any()


def test_whoever_opens_the_link_gets_a_copy_of_their_own_where_the_script_stands(
    blame_game: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    lab = blame_game.show(LISTS, X, Y)
    assert opened == [lab.url]
    place = lab.step("phase").moment["place"]
    with httpx.Client(headers={"accept": "text/html"}, follow_redirects=True) as person:
        page = person.get(lab.url)
        assert str(page.url).startswith(f"{lab.server}/at?")
        assert "disabled" not in read(page.text)["next"].attrib
        copy = person.get(str(page.url), headers={"accept": "application/json"}).json()
        assert (copy["place"], copy["z"]) == (place, lab.moment["z"])
        assert not person.cookies  # nothing has been made yet: the first press does that
        page = person.post(lab.server + read(page.text)["next"].attrib["formaction"])
        assert (str(page.url).startswith(f"{lab.server}/labs/"), str(page.url) != lab.address) == (True, True)
        assert person.get(f"{page.url}.json").json()["place"] > place
        assert "watch" in read(person.get(lab.address).text).ids  # the script's own is only looked at
    assert lab.step().moment["place"] == place + 1  # nobody else has moved it
    shown = lab._repr_html_()
    assert f'href="{lab.url}"' in shown
    picture = httpx.get(shown.split('src="')[1].split('"')[0])
    assert picture.headers["content-type"] == "image/svg+xml"


def test_networks_of_all_libraries_are_the_same_recipe(blame_game: ModuleType) -> None:
    wanted = blame_game.recipe_of(LISTS, X, Y, activation="tanh", output="sigmoid")
    assert wanted == {
        "data": {"inputs": X, "targets": [[1.0], [0.0], [0.0], [1.0]]},
        "hidden": [3],
        "activation": "tanh",
        "output": "sigmoid",
        "cost": "cross-entropy",
        "eta": 0.3,
        "batch": 4,
        "parameters": {"w": {"1": W[0], "2": W[1]}, "b": {"1": B[0], "2": B[1]}},
    }
    for model in (
        torch_like(module("Sigmoid")),
        keras_like("sigmoid"),
        keras_like("linear", module("Activation", activation="sigmoid")),
        sklearn_like(),
        sklearn_like(classes_=np.array([0, 1])),
    ):
        assert blame_game.recipe_of(model, X, Y) == wanted
    assert blame_game.recipe_of(torch_like(), X, Y, cost="cross-entropy") == wanted
    assert blame_game.recipe_of(torch_like(), X, Y, optimiser="adam", batch=1, eta=1) == wanted | {
        "output": "linear",
        "cost": "quadratic",
        "optimiser": "adam",
        "batch": 1,
        "eta": 1,
    }


def test_examples_may_be_tensors_frames_columns_or_names_of_classes(blame_game: ModuleType) -> None:
    frame = SimpleNamespace(to_numpy=lambda: np.array(X))
    three = [([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], [0, 0, 0])]
    shares = blame_game.recipe_of(three, frame, Tensor([2, 0, 1, 2]), cost="cross-entropy")
    assert (shares["data"]["inputs"], shares["output"], shares["hidden"]) == (X, "softmax", [])
    assert shares["data"]["targets"] == [[0, 0, 1], [1, 0, 0], [0, 1, 0], [0, 0, 1]]
    assert "activation" not in shares
    named = blame_game.recipe_of(
        sklearn_like(classes_=np.array(["no", "yes"])), X, ["no", "yes", "yes", "no"]
    )
    assert named["data"]["targets"] == [[0], [1], [1], [0]]
    column = blame_game.recipe_of([([[1.0]], [2.0])], [1, 2], [[3], [4]])
    assert column["data"] == {"inputs": [[1], [2]], "targets": [[3], [4]]}


def test_each_hidden_layer_may_have_an_activation_of_its_own_and_none_a_bias(blame_game: ModuleType) -> None:
    bare = [module("Linear", weight=[[1.0]], bias=None) for _ in range(3)]
    leaky = module("LeakyReLU", negative_slope=0.01)
    model = Sequential([bare[0], module("ReLU"), bare[1], leaky, bare[2]])
    found = blame_game.recipe_of(model, [1], [2])
    assert (found["activation"], found["biases"]) == (["relu", "leaky-relu"], False)
    assert found["parameters"]["b"] == {"1": [0.0], "2": [0.0], "3": [0.0]}
    assert blame_game.recipe_of(bare[0], [1], [2])["hidden"] == []


def test_without_numpy_numbers_are_lists(blame_game: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    blame_game.show(LISTS, X, Y, browser=False)  # the server has imported all it needs
    monkeypatch.setitem(sys.modules, "numpy", None)
    plain = fetched(blame_game.SERVER, Path(blame_game.__file__).parent)
    lab = plain.show(LISTS, X, Y, browser=False)
    assert lab.numbers()["parameters"]["w"] == {1: W[0], 2: W[1]}


def test_where_some_layers_have_biases_the_others_keep_theirs_at_zero(blame_game: ModuleType) -> None:
    half = [module("Linear", weight=[[1.0]], bias=None), module("Linear", weight=[[1.0]], bias=[1.0])]
    found = blame_game.recipe_of(Sequential([half[0], module("Softplus"), half[1]]), [1], [2])
    assert found["parameters"]["b"] == {"1": [0.0], "2": [1.0]}
    assert (found["held"], found["activation"], "biases" in found) == (["b-1-1"], "softplus", False)


@pytest.mark.parametrize(
    ("model", "more", "words"),
    [
        (torch_like(module("Dropout")), {}, "Dropout cannot be shown here. What can: Linear or Dense layers"),
        (torch_like(module("ReLU"), module("ReLU")), {}, "ReLU cannot be shown here."),
        (Sequential([module("Tanh")]), {}, "Tanh cannot be shown here."),
        (torch_like(module("LeakyReLU", negative_slope=0.2)), {}, "LeakyReLU cannot be shown here."),
        (keras_like("leaky_relu"), {}, "leaky_relu cannot be shown here."),
        (keras_like("elu"), {}, "elu cannot be shown here."),
        (module("Transformer"), {}, "Transformer cannot be shown here. Give a Sequential, or a list of"),
        (Sequential([]), {}, "There is no layer with weights here."),
        (SimpleNamespace(hidden_layer_sizes=(3,)), {}, "no weights before it is fitted: call fit"),
        (
            [([[1, 2]], [1]), ([[1, 2]], [1])],
            {},
            "Layer 2 has 1 × 2 weights and 1 biases, and 1 numbers reach",
        ),
        ([([[1, 2]], [1, 2])], {}, "Layer 1 has 1 × 2 weights and 2 biases, and 2 numbers reach it."),
        (sklearn_like(classes_=np.array([5, 6])), {}, "y has 1, which is none of the 2 classes."),
        (LISTS, {"activation": "swish"}, "swish cannot be shown here."),
        (LISTS, {"eta": 1000}, "eta: This must be a number above 0, up to 100."),
        (
            [([[1, 2]] * 17, [1] * 17), ([[1] * 17], [1])],
            {},
            "hidden: Write the sizes of 0 to 6 hidden layers",
        ),
        (LISTS, {"note": "x" * 70000}, "up to 64 KB are taken. Show fewer examples, or round them."),
        (LISTS, {"server": "http://127.0.0.1:9"}, "Nobody answers at http://127.0.0.1:9 ("),
    ],
)
def test_what_cannot_be_shown_says_why(
    blame_game: ModuleType, model: Any, more: dict[str, Any], words: str
) -> None:
    with pytest.raises(blame_game.CannotShow) as caught:
        blame_game.show(model, X, Y, browser=False, **more)
    assert words in str(caught.value)


def test_there_are_four_phases_to_go_to(blame_game: ModuleType) -> None:
    lab = blame_game.show(LISTS, X, Y, browser=False)
    with pytest.raises(blame_game.CannotShow, match="There are forward, cost, backward, descent"):
        lab.numbers("sideways")
