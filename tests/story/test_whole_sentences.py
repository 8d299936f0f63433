"""Whatever the story tells is a message, and so are the words that are put into one: in a language that marks
its messages no word stands outside of them, and numbers have that language's mark."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest

from app.analysis.fingers import score_of
from app.analysis.history import History
from app.lab.itinerary import PACES
from app.lab.lab import Lab
from app.lab.presets import PRESETS
from app.lab.recipe import Recipe
from app.lab.replay import Replay
from app.page.frame import Frame
from app.page.nudge import nudge_of
from app.page.view import View
from app.picture.scene import LENSES
from app.story import notices, refusals
from app.story.fingers import alone_of, disagreement, pointing, score_told, stack_of
from app.story.functions import activations, costs, optimisers, regularisers
from app.story.problems import SENTENCES
from app.story.wording import size_told
from tests.pseudo import forgotten, pseudo_language

REPLAY = Replay()
RECIPES = {
    **PRESETS,
    "adam": replace(PRESETS["half-adder"], batch=2, optimiser="adam"),
    "deep": Recipe(data="xor", hidden=(3, 5), held=("b-1-1",), regulariser="l2"),
}
ITERATIONS = int(os.environ.get("ITERATIONS", "1"))
POINT = re.compile(r"\d\.\d")
NAMES = {  # that are the same in every language, or said by who owns them
    word
    for told, registry in (
        (activations.told, activations.ACTIVATIONS),
        (costs.told, costs.COSTS),
        (optimisers.told, optimisers.OPTIMISERS),
        (regularisers.told, regularisers.REGULARISERS),
    )
    for key in registry
    for word in re.findall(r"[A-Za-z]+", f"{told(key).name} {told(key).name.lower()} {key}")
}


def frames(recipe: Recipe) -> Iterator[Frame]:
    """Return a run's moments at every pace and under every lens, in turn."""
    for place in range(ITERATIONS * len(Lab(recipe).moments)):
        lab = Lab(recipe, place)
        for at, pace in enumerate(PACES):
            lens = LENSES[(place + at) % len(LENSES)]
            view = View(pace=pace, lens=lens if at else "")
            yield Frame(id="a", lab=lab, numbers=REPLAY.numbers(lab), view=view, history=History(REPLAY))


def told(frame: Frame) -> list[str]:
    """Return what a frame says."""
    story, scene = frame.narration, frame.scene
    said = [story.title, *story.lines, story.next, frame.next_name, frame.lens_name, *frame.legend]
    said += [
        text for _, name, parts in frame.track() for one in parts for text in (name, one.name, one.title)
    ]
    said += [text for hand in scene.hands for text in (hand.tip, hand.text)]
    wires = [wire for row in scene.wires.values() for wire in row]
    said += [text for wire in wires for text in (wire.facts, wire.label[2] if wire.label else "")]
    discs = [disc for row in scene.discs for disc in row]
    said += [
        text for disc in discs for text in (disc.facts, disc.text or "", *(one[1] for one in disc.below))
    ]
    return [*said, *(name for _, name in frame.headings), *frame.choices[1:], frame.rail.cost]


@pytest.mark.parametrize("key", RECIPES)
def test_no_word_of_a_moment_stands_outside_of_a_message(key: str) -> None:
    called = set(RECIPES[key].dataset.called)
    with pseudo_language():
        texts = [text for frame in frames(RECIPES[key]) for text in told(frame)]
    assert len(texts) > 100
    assert forgotten(*texts) - NAMES - called == set()
    assert [text for text in texts if POINT.search(text)] == []
    assert any(re.search(r"\d,\d", text) for text in texts)


def test_no_word_of_pointing_and_nudging_stands_outside_of_a_message() -> None:
    recipe, texts = RECIPES["adam"], []
    with pseudo_language():
        for pick, place in product(("n-2-1", "w-2-1-1"), range(len(Lab(recipe).moments))):
            lab = Lab(recipe, place)
            numbers, view = REPLAY.numbers(lab), View(pick=pick, epsilon="0.01")
            frame = Frame(id="a", lab=lab, numbers=numbers, view=view, history=History(REPLAY))
            fingers = frame.selection.fingers
            texts += [disagreement(recipe.sizes, 2, fingers), alone_of(numbers, 0)]
            pointings = [pointing(recipe.sizes, 2, 1, one) for one in fingers]
            texts += [text for one in pointings for text in (one.word, one.meaning)]
            texts += [score_told(score_of(numbers, 0), "") + score_told(score_of(numbers, 0), "h")]
            bars, mean, cancels = stack_of(numbers, frame.selection.pick)
            texts += [*(bar.name for bar in bars), mean, cancels]
            if nudge := nudge_of(frame.selection, "w"):
                texts += [nudge.done, nudge.verdict, nudge.wrong]
    assert len(set(texts)) > 12
    assert forgotten(*texts) == set()


def notes() -> list[str]:
    """Return what stands where the picture does not say it by itself."""
    ends = ("learned", "done", "risen", "stands")
    scores, misses = ((3, 4), (4, 4), None), ("", "4,5")
    return [
        *(
            notices.verdict(end, at, score, why, missed=missed)
            for end in ends
            for at in (1, 2000)
            for score in scores
            for why in ("", "risen", "silent", "alike")
            for missed in misses
        ),
        *(notices.run_over(end, 3, "", "0,1") for end in ("diverged", "already", "below", "")),
        *(notices.set_anew(what, "0,5", later) for what in ("eta", "example") for later in (False, True)),
        *(notices.dials_set(count, 2) for count in (0, 1, 9)),
        *(refusals.out_of_range(field) for field in refusals.RANGES),
        *(refusals.too_large(what) for what in refusals.TOO_LARGE),
        *(refusals.said(why) for why in ("own-note", "hidden", "other")),
        refusals.mistake("place", {"type": "less_than_equal", "ctx": {"le": 1500}}, {}),
        notices.working(1000, 2000),
        notices.on_the_way(1500),
        size_told(700),
        size_told(48_000_000),
    ]


def test_no_word_of_a_notice_stands_outside_of_a_message() -> None:
    with pseudo_language():
        texts = notes()
    assert forgotten(*texts) == set()
    assert "1.500" in "".join(texts)
    assert "4.294.967.295" in "".join(texts)


def test_a_problem_is_told_with_its_facts_in_every_language() -> None:
    for why, message in SENTENCES.items():
        facts = dict.fromkeys(re.findall(r"{(\w+)}", message), "7")
        english = refusals.said(why, **facts)
        with pseudo_language():
            marked = refusals.said(why, **facts)
        assert marked.replace("⟦", "").replace("⟧", "") == english
        assert forgotten(marked) == set()
