"""What every entry of every registry promises: a key for links that never goes."""

from __future__ import annotations

import re

import pytest

from app.datasets.generated import SOURCES
from app.engine.activations import ACTIVATIONS
from app.engine.costs import COSTS
from app.engine.initialisers import INITIALISERS
from app.engine.optimisers import OPTIMISERS
from app.engine.regularisers import REGULARISERS

REGISTRIES = {
    "activations": ACTIVATIONS,
    "costs": COSTS,
    "datasets": SOURCES,
    "initialisers": INITIALISERS,
    "optimisers": OPTIMISERS,
    "regularisers": REGULARISERS,
}
ENTRIES = [
    pytest.param(registry, key, id=f"{name}-{key}")
    for name, registry in REGISTRIES.items()
    for key in registry
]
GENERATED_KEYS = {"circle", "blobs", "xor-clouds", "spiral", "moons", "sine", "step", "bump", "line"}
# A shared link keeps these keys for ever. New ones may come, none of these may go.
PUBLISHED = {
    "activations": {"sigmoid", "tanh", "relu", "leaky-relu", "linear", "softmax"},
    "costs": {"quadratic", "cross-entropy"},
    "datasets": {"and", "or", "xor", "article", "half-adder", "digits"} | GENERATED_KEYS,
    "initialisers": {"xavier", "he", "normal", "equal"},
    "optimisers": {"descent", "momentum", "rmsprop", "adam"},
    "regularisers": {"none", "l1", "l2"},
}


@pytest.mark.parametrize(("registry", "key"), ENTRIES)
def test_an_entry_is_found_under_its_own_key_and_the_key_fits_into_a_link(registry, key):
    assert registry[key].key == key
    assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", key)


@pytest.mark.parametrize("name", REGISTRIES)
def test_no_key_that_a_shared_link_may_hold_has_gone(name):
    assert set(REGISTRIES[name]) >= PUBLISHED[name]


@pytest.mark.parametrize("key", COSTS)
def test_a_cost_only_names_outputs_that_there_are(key):
    assert set(COSTS[key].outputs) <= set(ACTIVATIONS)


@pytest.mark.parametrize(("registry", "key"), ENTRIES)
def test_an_entry_cannot_be_changed(registry, key):
    with pytest.raises(AttributeError):
        registry[key].key = "another"
