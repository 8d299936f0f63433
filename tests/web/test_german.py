"""On a German page nobody reads English, nor a decimal point: every template, at every moment of a few
recipes."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cache

import pytest
from httpx import AsyncClient

from app.analysis.history import History
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.replay import Replay
from app.lessons.lesson import LESSONS
from app.notation.language import in_language
from app.page.frame import Frame
from app.page.panels import PANELS, panel_of
from app.page.view import View
from app.web.render import ENVIRONMENT
from tests import texts
from tests.web.tree import read, spoken
from tests.web.visitor import make

HISTORY = History(Replay())
RECIPES = {
    "a table": Recipe(data="and", hidden=(2,), batch=2),
    "a cloud": Recipe(data="moons", hidden=(2, 2), size=20, test=0.5, noise=0.1, optimiser="adam"),
    "a curve": Recipe(data="sine", hidden=(3,), activation="relu", regulariser="l2", decay=0.01),
    "digits": Recipe(data="digits", hidden=(), output="softmax", held=("b-1-1",)),
}
AROUND = (
    "/",
    "/recipe?hidden=3,2",
    "/recipe?hidden=x",
    "/exercise",
    "/data",
    "/nowhere",
    "/at?place=9",
    "/lessons",
)
OF_A_LAB = ("", "/export/worked", "/worksheet", "?ask=1", "?panel=race&race=eta", "?panel=share", "?work=1")
REFUSED = {  # what is typed wrong on a page
    "/labs": {
        "data": "moons",
        "hidden": "99, x",
        "batch": "0",
        "size": "3",
        "noise": "7",
        "test": "a",
        "eta": "0",
    },
    "/exercise": {"layers": "2-2-2", "examples": "1 2", "dials": "x", "eta": "a"},
    "/data/table": {"text": "a,b,c\n1,2\nx,4,y\n5,,x"},
}
PICKS = ("", "n-1-1", "w-1-1-1", "b-1-1", "cost", "y-1")
EVERY = int(os.environ.get("GERMAN_EVERY", "5"))  # of so many ways to look one is tried at a moment
NO_WORD = re.compile(r"\{\w*[^}]*\}|<[^>]*>|&\w+;")
WORD = re.compile(r"[A-Za-zÄÖÜäöüß]{2,}")
NUMBER = re.compile(r"\d[\d.]*\.\d+")
THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
NAMES = {"blame", "game", "projector"}
WITH_POINT = {"1,234.5: mit Dezimalpunkt", "1.5 oder 1,5: beides, und nichts zwischen Tausendern"}
MACHINES = {"code", "kbd"}  # what programs read stands in them


def words_in(text: str) -> set[str]:
    """Return the words of a text, of two letters at least; places and tags are none, nor is AND."""
    return {word.lower() for word in WORD.findall(NO_WORD.sub(" ", text)) if not word.isupper()}


@cache
def english() -> set[str]:
    """Return the words that stand in English messages and in no German one."""
    catalogue = texts.read("de")
    told: tuple[set[str], set[str]] = (set(), set())
    for one in catalogue:
        for said, found in zip((one.id, one.string), told, strict=True):
            for form in [said] if isinstance(said, str) else said:
                found.update(words_in(form))
    return told[0] - told[1] - NAMES


def foreign(text: str) -> bool:
    """Tell whether there is an English word or a decimal point in a text."""
    points = [one for one in NUMBER.findall(text) if not THOUSANDS.fullmatch(one) and text not in WITH_POINT]
    return bool(points or words_in(text) & english())


def foreign_in(page: str) -> list[str]:
    """Return the texts of a page that are not German. What programs read is left out, and addresses."""
    root = read(page).root
    for one in list(root.iter()):
        if one.tag in MACHINES or one.get("class") == "address":
            one.text = ""
            one[:] = []
    return [text for text in spoken(root) if foreign(text)]


def page_at(lab: Lab, view: View) -> str:
    """Return a lab's page in German."""
    numbers = HISTORY.replay.numbers(lab)
    with in_language("de"):
        frame = Frame(id="abc", lab=lab, numbers=numbers, view=view, history=HISTORY)
        page = ENVIRONMENT.get_template("lab/_lab.html")
        return page.render(frame=frame, panel=panel_of(frame), theme="auto", begun="")


def views() -> Iterator[View]:
    """Yield a few ways to look: every panel, every kind of mark, both voices."""
    for at, panel in enumerate(PANELS):
        yield View(panel=panel, voice=("", "maths")[at % 2], pick=PICKS[at % len(PICKS)], digits=5)
    for at, pick in enumerate(PICKS):
        yield View(pick=pick, voice=("maths", "")[at % 2], maps="inside", work=at % 2)


def test_what_is_english_is_known() -> None:
    assert {"the", "weight", "layer", "backward"} <= english()
    assert not {"bias", "neuron", "moment", "der", "in"} & english()
    assert [foreign(one) for one in ("Gewicht 0,5", "1.000", "weight", "0.5", "12.3456")] == [False] * 2 + [
        True
    ] * 3


@pytest.mark.parametrize("name", RECIPES)
def test_no_moment_is_told_in_english(name: str) -> None:
    recipe, looks, found = RECIPES[name], list(views()), set()
    for place in range(2 * len(Lab(recipe).moments)):
        for view in looks[place % EVERY :: EVERY]:
            found.update(foreign_in(page_at(Lab(recipe, place), view)))
    assert found == set()


@pytest.mark.anyio
async def test_no_page_around_the_labs_is_english(browser: AsyncClient) -> None:
    browser.headers["accept-language"] = "de"
    lab = f"/labs/{await make(browser, data='xor')}"
    await browser.post(f"{lab}/next", params={"at": 0, "stride": "iteration"})
    pages = {path: (await browser.get(path)).text for path in (*AROUND, *(lab + query for query in OF_A_LAB))}
    for path, form in REFUSED.items():
        pages[f"{path}, refused"] = (await browser.post(path, data=form)).text
    assert {path: found for path, page in pages.items() if (found := foreign_in(page))} == {}


@pytest.mark.anyio
@pytest.mark.parametrize("key", LESSONS)
async def test_no_card_of_a_lesson_is_english(browser: AsyncClient, key: str) -> None:
    browser.headers["accept-language"] = "de"
    at = (await browser.post(f"/lessons/{key}")).headers["location"]
    pages = [(await browser.get(at)).text]
    while 'id="lesson-on"' in pages[-1] and len(pages) < 30:
        on = read(pages[-1])["lesson-on"].get("formaction")
        at = (await browser.post(on)).headers["location"]
        pages.append((await browser.get(at)).text)
    assert len(pages) > 3
    assert [found for page in pages if (found := foreign_in(page))] == []
