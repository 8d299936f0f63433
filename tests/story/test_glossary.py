"""Every symbol on the page has its entry in the glossary, and words lead there: once each, and to one that is
there."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from html import escape

import numpy as np
import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from app.engine.activations import ACTIVATIONS
from app.engine.costs import COSTS
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.replay import Replay
from app.page.words import Words
from app.story import fingers, inspector, labels, nudge
from app.story.formulas.expression import Call
from app.story.formulas.worked import Worker
from app.story.glossary import GLOSSARY
from app.story.linked_words import forms, with_links
from app.story.narration import narrate
from app.web.render import ENVIRONMENT
from tests.lab.recipes import recipes
from tests.story.symbols import every_equation, quantities
from tests.web.oracle import known, moments_of, network_of
from tests.web.tree import read

REPLAY = Replay()
SYMBOLS = {part for entry in GLOSSARY.values() for part in entry.symbol.split(", ")}
RAISED_OR_LOWERED = re.compile("[₀₁₂₃₄₅₆₇₈₉‚⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾]")
ALONE = re.compile(r"(?<![\w′’/∂])(∂C/∂\w|f′|[Cb-df-zδηελσ])(?![\w′’])")  # "a" is a word, e is 2.718…


def symbol_of(name: str) -> str:
    """Return a quantity's symbol as the glossary has it.

    >>> symbol_of("∂C/∂h²₃"), symbol_of("∂C/∂w₁₂"), symbol_of("f′_h₁"), symbol_of("δ⁽³⁾_ŷ₂")
    ('∂C/∂a', '∇', 'f′(z)', 'δ')
    """
    letter = RAISED_OR_LOWERED.sub("", name.partition("_")[0])
    if letter.startswith("∂C/∂"):
        return "∂C/∂a" if letter[4:] in GLOSSARY["neuron"].symbol.split(", ") else "∇"
    return {"f′": "f′(z)"}.get(letter, letter)


@settings(deadline=None, max_examples=60, phases=set(Phase) - {Phase.shrink})
@given(recipes(), st.integers(0, 1))
def test_every_symbol_of_every_equation_has_its_entry(recipe: Recipe, iteration: int) -> None:
    place = (iteration + 1) * len(moments_of(network_of(recipe))) - 1
    assume(known(recipe, place).finite())
    for equations in every_equation(Worker(REPLAY.numbers(Lab(recipe, place)), 0)).values():
        for equation in equations:
            for one in (equation.result, *quantities(equation.formula)):
                assert symbol_of(one.name) in SYMBOLS | {"", "new", "Σ"}, one.name


def test_every_function_in_an_equation_is_a_known_one_or_in_the_glossary() -> None:
    named = {"sin", "exp", "ln", "√", "max(0, ·)", "sign", *ACTIVATIONS}
    for key in ACTIVATIONS:
        if key != "softmax":
            formula = Worker(REPLAY.numbers(Lab(Recipe(hidden=(2,), activation=key), 3)), 0).activation(1, 1)
            if isinstance(formula, Call):
                assert formula.function in named | SYMBOLS


def test_every_symbol_in_legends_fingers_and_doubts_has_its_entry() -> None:
    texts = [text for legend in labels.LEGENDS.values() for text in legend]
    texts += [meaning for _, meaning in fingers.FINGER_WORDS.values()] + [inspector.LOCKED, *fingers.CANCELS]
    texts += list(nudge.DOUBTS.values()) + [entry.sentence for entry in GLOSSARY.values()]
    found = {symbol for text in texts for symbol in ALONE.findall(text)}
    assert {"δ", "w", "∂C/∂w", "ε"} <= found
    shorter = {"f′", "∂C/∂w", "∂C/∂b", "∂C/∂z"}  # slope and gradients under the names their entries explain
    assert found - SYMBOLS - shorter == set()


def test_every_word_that_a_learner_asks_for_has_its_entry() -> None:
    asked = (
        "hand, lens, fire, layer, hidden, tanh, ln, ∂, prime, cross-entropy, epoch, seed, place, optimiser"
    )
    asked += ", overfitting, training cost, test cost"
    assert set(asked.split(", ")) <= {entry.word for entry in GLOSSARY.values()} | SYMBOLS


IN_PYTHON = {"e⁻ᶻ": "math.exp(-z)", "eᶻ": "math.exp(z)", "−": "-", "ŷ": "y", "ln ": "math.log"}


def law(key: str, pattern: str) -> Callable[[float], float]:
    """Return the function of z or ŷ that an entry's sentence gives, as it stands there."""
    text = re.search(pattern, GLOSSARY[key].sentence)[1]
    text = text.replace("ln ŷ", "ln (ŷ)").replace("ln(", "ln (")
    for written, meant in IN_PYTHON.items():
        text = text.replace(written, meant)
    return lambda value: eval(text, {"math": math, "z": value, "y": value})


@pytest.mark.parametrize("value", [0.01, 0.3, 0.9])
def test_the_laws_in_the_glossary_are_the_engines(value: float) -> None:
    for key in ("sigmoid", "tanh"):
        for z in (value, -3 * value):
            found = float(ACTIVATIONS[key].value(np.array(z)))
            assert law(key, r"^(.+?): it squeezes")(z) == pytest.approx(found)
    cost = COSTS["cross-entropy"]
    z = np.log([[value], [1 - value]])  # of which the first share is `value`
    patterns = {1.0: r"(−ln ŷ) where y is 1", 0.0: r"(−ln\(1 − ŷ\)) where y is 0"}
    for y, pattern in patterns.items():
        found = cost.law.value(z[0] - z[1], np.array(value), np.array(y))
        assert law("crossentropy", pattern)(value) == pytest.approx(found)
    shares = cost.categorical.value(z, np.exp(z), np.array([[1.0], [0.0]]))
    assert law("crossentropy", "(−ln ŷ) of the right")(value) == pytest.approx(shares.sum())


def test_each_entry_has_a_word_and_a_sentence_of_its_own() -> None:
    for key, entry in GLOSSARY.items():
        assert key == entry.key
        assert re.fullmatch(r"[a-z]+", key)
        assert entry.word == entry.word.lower()
        assert entry.sentence.endswith(".")
    assert len({entry.word for entry in GLOSSARY.values()}) == len(GLOSSARY)


def test_every_form_of_a_word_leads_to_an_entry_that_stands_on_the_page() -> None:
    page = read(ENVIRONMENT.get_template("panels/_words.html").render(panel=Words(list(GLOSSARY.values()))))
    for form, key in forms(hues=False).items():
        html = with_links(f"the {form} here", "/labs/a?panel=words")
        tip = escape(f"{GLOSSARY[key].word}: {GLOSSARY[key].sentence}")
        link = f'<a class="word" href="/labs/a?panel=words#word-{key}" data-tip="{tip}">{form}</a>'
        assert html == f"the {link} here"
        assert f"word-{key}" in page.ids
    assert {f"word-{key}" for key in GLOSSARY} <= set(page.ids)


@pytest.mark.parametrize("place", range(11))
def test_a_word_of_the_narration_leads_there_at_its_first_use_only(place: int) -> None:
    lab = Lab(Recipe(data="and", hidden=(3,)), place)
    text = " ".join(narrate(REPLAY.numbers(lab), 0, (lab.moment,), ()).lines)
    html = with_links(text, "/labs/a?panel=words")
    linked = re.findall(r"#word-(\w+)\"", html)
    assert len(linked) == len(set(linked))
    assert re.sub(r"<[^>]+>", "", html) == text.replace("&", "&amp;").replace("<", "&lt;")
    for form, key in forms(hues=False).items():
        assert key in linked or not re.search(rf"\b{form}\b", text, re.IGNORECASE)


def test_words_inside_words_lead_nowhere_and_nothing_breaks_out() -> None:
    assert with_links("biased weights & <b>", "/a") == "biased weights &amp; &lt;b&gt;"
    html = with_links("error, errors", '/a?"')
    assert html.startswith('<a class="word" href="/a?&quot;#word-delta" data-tip="')
    assert html.endswith('">error</a>, errors')
    assert 'data-tip="error: ∂C/∂z' in html


def test_who_should_be_louder_or_quieter_has_its_hue_each_time() -> None:
    louder, quieter = '<b class="more">louder</b>', '<b class="less">quieter</b>'
    assert with_links("louder, quieter and louder", "/a") == f"{louder}, {quieter} and {louder}"
    assert with_links("0.4 too quiet, not too loud", "/a") == (
        '0.4 <b class="more">too quiet</b>, not <b class="less">too loud</b>'
    )
    assert with_links("loudest, quiet", "/a") == "loudest, quiet"
