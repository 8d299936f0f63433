"""The panels beside the picture: each is a module, a template and a line of the registry, all of one name."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from pathlib import Path

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
EACH = pytest.mark.parametrize("panel", PANELS.values(), ids=lambda panel: panel.name)


def frame_of(panel: Panel, place: int, **seen: str) -> Frame:
    lab = Lab(Recipe(data="xor", hidden=(3,), batch=2), place)
    view = View(panel=panel.key, **seen)
    return Frame(id="abc", lab=lab, numbers=HISTORY.replay.numbers(lab), view=view, history=HISTORY)


def page_of(frame: Frame) -> Page:
    rendered = ENVIRONMENT.get_template("lab/_lab.html").render(frame=frame, panel=panel_of(frame))
    return read(rendered)


@EACH
def test_a_panel_its_module_and_its_template_bear_one_name(panel: Panel) -> None:
    assert panel.build.__module__ == f"app.page.{panel.name}"
    assert (TEMPLATES / "panels" / f"_{panel.name}.html").is_file()


@EACH
@pytest.mark.parametrize("place", [0, 5, 10, 27])
def test_a_panel_is_built_before_its_template_is_rendered_and_stays_as_it_is(
    panel: Panel, place: int
) -> None:
    built = panel_of(frame_of(panel, place))
    assert is_dataclass(built)
    assert type(built).__module__ == f"app.page.{panel.name}"
    with pytest.raises(AttributeError):
        setattr(built, fields(built)[0].name, None)


@EACH
@pytest.mark.parametrize("place", [0, 5, 10, 27])
def test_a_panel_is_rendered_beside_the_picture_and_its_tab_is_the_current_one(
    panel: Panel, place: int
) -> None:
    page = page_of(frame_of(panel, place, pick="n-1-2"))
    assert [tab.get("id") for tab in having(page.root, "tabs")[0] if tab.get("aria-current")] == [
        f"panel-{panel.name}"
    ]
    assert having(having(page.root, "side")[0], "card")


def test_every_tab_has_its_word_and_a_letter_of_its_own_and_the_help_tells_them_in_their_order() -> None:
    tabs = list(having(page_of(frame_of(PANELS[""], 0)).root, "tabs")[0])
    assert [(tab.get("data-key"), tab.text) for tab in tabs] == [
        (one.letter, one.word) for one in PANELS.values()
    ]
    assert len({one.letter for one in PANELS.values()} - {"v", "p"}) == len(PANELS)
    told = ENVIRONMENT.get_template("lab/_help.html").render()
    letters = " ".join(f"<kbd>{one.letter.upper()}</kbd>" for one in PANELS.values())
    assert letters in told
    assert ", ".join(one.word.lower() for one in PANELS.values()) in told
