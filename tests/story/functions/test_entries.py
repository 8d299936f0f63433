"""What is said of every registry entry: a name, one plain sentence, a formula; and the same keys as the
engine's."""

from __future__ import annotations

import re

import pytest

from app.datasets.generated import SOURCES
from app.engine import activations as engine_activations
from app.engine import costs as engine_costs
from app.engine import initialisers as engine_initialisers
from app.engine import optimisers as engine_optimisers
from app.engine import regularisers as engine_regularisers
from app.story.functions import activations, costs, initialisers, optimisers, regularisers

REGISTRIES = {
    "activations": activations.ACTIVATIONS,
    "costs": costs.COSTS,
    "datasets": SOURCES,
    "initialisers": initialisers.INITIALISERS,
    "optimisers": optimisers.OPTIMISERS,
    "regularisers": regularisers.REGULARISERS,
}
MATHS = {
    "activations": engine_activations.ACTIVATIONS,
    "costs": engine_costs.COSTS,
    "initialisers": engine_initialisers.INITIALISERS,
    "optimisers": engine_optimisers.OPTIMISERS,
    "regularisers": engine_regularisers.REGULARISERS,
}
TOLD = {
    "activations": activations.told,
    "costs": costs.told,
    "initialisers": initialisers.told,
    "optimisers": optimisers.told,
    "regularisers": regularisers.told,
}
ENTRIES = [
    pytest.param(registry, key, id=f"{name}-{key}")
    for name, registry in REGISTRIES.items()
    for key in registry
]


@pytest.mark.parametrize("name", MATHS)
def test_something_is_said_of_every_entry_of_the_engine_and_of_no_other(name):
    assert list(REGISTRIES[name]) == list(MATHS[name])
    for key, entry in REGISTRIES[name].items():
        assert entry.key == key
        assert TOLD[name](key) is entry


@pytest.mark.parametrize("name", TOLD)
def test_an_entry_that_nobody_has_prepared_is_called_by_its_key_and_nothing_more_is_said(name):
    found = TOLD[name]("log-cosh")
    assert (found.key, found.name, found.sentence) == ("log-cosh", "Log-cosh", "")
    assert found == type(found)("log-cosh", "Log-cosh")


@pytest.mark.parametrize(("registry", "key"), ENTRIES)
def test_an_entry_is_explained_in_one_plain_sentence(registry, key):
    sentence = registry[key].sentence
    assert sentence == sentence.strip()
    assert sentence.endswith(".")
    assert not sentence.endswith("..")
    assert ". " not in sentence
    assert 20 <= len(sentence) <= 120
    assert not re.search(r"[<>&{}\n]", sentence)


@pytest.mark.parametrize(("registry", "key"), ENTRIES)
def test_a_formula_is_there_where_the_entry_is_one(registry, key):
    entry = registry[key]
    for field in ("formula", "slope_formula"):
        if hasattr(entry, field):
            assert getattr(entry, field).strip()


@pytest.mark.parametrize("name", REGISTRIES)
def test_names_differ_within_a_registry_and_begin_with_a_capital(name):
    names = [entry.name for entry in REGISTRIES[name].values()]
    assert len(set(names)) == len(names)
    assert all(name[0].isupper() for name in names)


def test_every_law_that_can_be_written_down_is() -> None:
    for key, entry in activations.ACTIVATIONS.items():
        assert bool(entry.share) == engine_activations.ACTIVATIONS[key].couples != bool(entry.value)
    for key, entry in costs.COSTS.items():
        assert entry.law
        assert bool(entry.categorical) == bool(engine_costs.COSTS[key].categorical)
    assert all(entry.direction for entry in optimisers.OPTIMISERS.values())
    assert all(entry.pull for key, entry in regularisers.REGULARISERS.items() if key != "none")


def test_a_law_of_cost_is_no_law_for_outputs_it_was_not_written_for() -> None:
    made, entropy = engine_activations.ACTIVATIONS, engine_costs.COSTS["cross-entropy"]
    said = costs.told("cross-entropy")
    assert costs.law_of(entropy, made["sigmoid"]) is said.law
    assert costs.law_of(entropy, made["softmax"]) is said.categorical
    assert costs.law_of(entropy, made["tanh"]) is None
