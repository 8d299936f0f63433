"""The panels beside the picture: each is a module, a template and a line of the registry, all of one name."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from app.analysis.history import History
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.replay import Replay
from app.page.frame import Frame
from app.page.panels import PANELS, Panel, panel_of
from app.page.view import View
from app.web.render import ENVIRONMENT
from tests.web.tree import Page, having, read

TEMPLATES = Path(__file__).parents[2] / "templates"
HISTORY = History(Replay())
EACH = pytest.mark.parametrize("panel", PANELS.values(), ids=lambda panel: panel.key)


def frame_of(panel: Panel, place: int, **seen: str) -> Frame:
    lab = Lab(Recipe(data="xor", hidden=(3,), batch=2), place)
    view = View(panel=panel.key, **seen)
    return Frame(id="abc", lab=lab, numbers=HISTORY.replay.numbers(lab), view=view, history=HISTORY)


def page_of(frame: Frame) -> Page:
    rendered = ENVIRONMENT.get_template("lab/_lab.html").render(
        frame=frame, panel=panel_of(frame), theme="auto"
    )
    return read(rendered)


@EACH
def test_a_panel_its_module_and_its_template_bear_one_name(panel: Panel) -> None:
    assert panel.build.__module__ == f"app.page.{panel.key}"
    assert (TEMPLATES / "panels" / f"_{panel.key}.html").is_file()


@EACH
@pytest.mark.parametrize("place", [0, 5, 10, 27])
def test_a_panel_is_built_before_its_template_is_rendered_and_stays_as_it_is(
    panel: Panel, place: int
) -> None:
    built = panel_of(frame_of(panel, place))
    assert is_dataclass(built)
    assert type(built).__module__ == f"app.page.{panel.key}"
    with pytest.raises(AttributeError):
        setattr(built, fields(built)[0].name, None)


@EACH
@pytest.mark.parametrize("place", [0, 5, 10, 27])
def test_a_panel_is_rendered_beside_the_picture_and_its_tab_is_the_current_one(
    panel: Panel, place: int
) -> None:
    page = page_of(frame_of(panel, place, pick="n-1-2"))
    drawer = page["drawer"]
    tabs = having(drawer, "tabs")[0]
    assert [tab.get("id") for tab in tabs if tab.get("aria-current")] == [f"tab-{panel.key}"]
    assert having(drawer, "card")


def test_the_drawer_is_closed_until_a_panel_or_a_mark_is_asked_for() -> None:
    def drawer(id: str = "abc", **seen: str) -> str:
        lab = Lab(Recipe(data="xor", hidden=(3,)), 4)
        numbers = HISTORY.replay.numbers(lab)
        return Frame(id=id, lab=lab, numbers=numbers, view=View(**seen), history=HISTORY).drawer

    assert drawer() == ""
    assert drawer(pick="n-1-2") == "inspect"
    assert drawer(pick="n-1-2", panel="race") == drawer(panel="race") == "race"
    assert drawer(id="", panel="race") == ""  # nobody's lab yet: looking makes it one's own
    closed = frame_of(PANELS["inspect"], 4)
    closed = replace(closed, view=View())
    assert panel_of(closed) is None
    assert "drawer" not in page_of(closed).ids


def test_every_panel_has_its_word_and_a_letter_of_its_own_in_the_view_menu_and_in_the_help() -> None:
    page = page_of(frame_of(PANELS["inspect"], 0))
    for one in PANELS.values():
        link = page[f"panel-{one.key}"]
        assert (link.get("data-key"), parse_qs(urlsplit(link.get("href")).query)["panel"]) == (
            one.letter,
            [one.key],
        )
    tabs = [tab for tab in having(page["drawer"], "tabs")[0] if tab.get("id") != "close"]
    assert [(tab.get("id"), tab.text) for tab in tabs] == [
        (f"tab-{one.key}", one.word) for one in PANELS.values()
    ]
    assert len({one.letter for one in PANELS.values()} - {"v", "p"}) == len(PANELS)
    told = ENVIRONMENT.get_template("lab/_help.html").render(panels=PANELS)
    for one in PANELS.values():
        assert f"<kbd>{one.letter.upper()}</kbd>" in told
        assert one.word.lower() in told.lower()


def test_a_nudge_tells_what_the_cost_did_and_a_size_that_is_none_is_told() -> None:
    told = [
        panel_of(frame_of(PANELS["inspect"], 10, pick="w-1-2-1", epsilon=e)).nudge for e in ("", "x", "0.1")
    ]
    assert [bool(nudge.wrong) for nudge in told] == [False, True, False]
    assert [bool(nudge.done and nudge.verdict and nudge.curve) for nudge in told] == [False, False, True]


def test_a_held_dial_wears_a_lock_and_a_neuron_without_a_bias_offers_none() -> None:
    lab = Lab(Recipe(data="xor", hidden=(3,), biases=False, held=("w-1-2-1",)), 10)
    seen = {}
    for pick in ("w-1-2-1", "w-1-1-1", "b-1-2"):
        numbers, view = HISTORY.replay.numbers(lab), View(panel="inspect", pick=pick)
        frame = Frame(id="abc", lab=lab, numbers=numbers, view=view, history=HISTORY)
        assert len(having(page_of(frame)["wires-1"], "held-lock")) == 1
        seen[pick] = panel_of(frame).hold
    assert [hold and hold[0] for hold in seen.values()] == [True, False, None]
    assert "held" not in parse_qs(urlsplit(seen["w-1-2-1"][1]).query)
