"""Pages for everybody: what axe-core finds, the order of Tab, what is spoken, narrow windows and large
letters."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Opener
from tests.browser.program import ROOT
from tests.browser.walk import AND, XOR, link, press

THEMES = ("light", "dark", "projector")
PLACES = {"input": 0, "forward": 3, "cost": 5, "backward": 9, "descent": 10, "neuron by neuron": 1}
DIGITS = {"data": "digits", "hidden": "8", "output": "softmax", "batch": "3"}
CIRCLE = {"data": "circle", "hidden": "4", "batch": "50"}
SLOW = {"data": "circle", "size": "500", "hidden": "16, 16, 16, 16, 16, 16", "batch": "250"}  # on any machine
PAGES = {
    "home": "/",
    "recipe": "/recipe",
    "exercise": "/exercise",
    "recipe with mistakes": "/recipe?eta=fast&seed=-1&hidden=99",
    "own data": "/data?points=1_0.5_0.5+0_-0.5_0&do=add&x=0.1&y=-0.2",
    "own data with mistakes": "/data?points=1_0.5_0.5&do=add&x=2",
    "error": "/labs/nothing",
    **{f"lab, {name}": link(XOR, place=place) for name, place in PLACES.items()},
    **{f"lab, {lens}": link(AND, place=9, lens=lens) for lens in ("blame", "gradient", "weights")},
    **{f"lab, {panel}": link(AND, place=9, panel=panel) for panel in ("tables", "count", "race", "words")},
    "lab, a wire": link(AND, place=9, pick="w-1-1-1"),
    "lab, told as maths": link(AND, place=9, voice="maths"),
    "lab, circle": link(CIRCLE, place=30, panel="downhill"),
    "lab, digits": link(DIGITS, place=30, example=2),
}
RUN = """() => axe.run({resultTypes: ["violations"]}).then(found => found.violations.flatMap(rule =>
    rule.nodes.map(node => `${rule.id}: ${node.target} ${node.any.map(check => check.message)}`)))"""

IN_THEME = f"theme => {{ document.documentElement.dataset.theme = theme; return ({RUN})(); }}"


@cache
def axe() -> str:
    """Return axe-core as npm has brought it."""
    file = ROOT / "node_modules/axe-core/axe.min.js"
    assert file.exists(), "axe-core is not there: make test brings it, or npm ci"
    return file.read_text()


def violations(page: Page) -> list[str]:
    """Return what axe-core finds wrong; it comes in by the browser's own tools, past no policy of the
    page."""
    page.evaluate(axe())
    return page.evaluate(RUN)


def violations_in_any_theme(page: Page) -> list[str]:
    """Return what is wrong in each theme, which is one attribute of the page: that is tested for itself."""
    page.evaluate(axe())
    return [f"{theme}: {found}" for theme in THEMES for found in page.evaluate(IN_THEME, theme)]


def test_axe_would_find_a_fault(visit: Opener) -> None:
    page = visit("/recipe")
    page.evaluate("document.querySelector('label[for=eta]').remove()")
    assert any(found.startswith("label: #eta") for found in violations(page))
    page.evaluate("document.querySelector('h1').style.color = 'var(--ink)'")
    page.evaluate(
        "document.querySelector('h1').style.background = '#fbfbfb'"
    )  # paper, and ink is not always dark
    found = [text for text in violations_in_any_theme(page) if "color-contrast: h1" in text]
    assert [text.partition(":")[0] for text in found] == ["dark", "projector"]


@pytest.mark.parametrize("half", ["beside the lab", "lab"])
def test_axe_finds_nothing_on_any_page_in_any_theme(visit: Opener, half: str) -> None:
    page, found = visit(), {}
    for name in [name for name in PAGES if name.startswith("lab") == (half == "lab")]:
        page.goto(PAGES[name])
        found[name] = violations_in_any_theme(page)
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_axe_finds_nothing_on_the_page_of_somebody_who_watches(visit: Opener) -> None:
    watcher = visit(visit(link(AND, place=9)).url)
    expect(watcher.locator("#notice")).to_contain_text("You are watching")
    assert violations_in_any_theme(watcher) == []


def held(route: Route) -> None:
    """Answer with the page, which then stays: it does not go on by itself."""
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace('http-equiv="refresh"', 'name="refresh"'))


def test_axe_finds_nothing_on_a_page_that_waits(visit: Opener) -> None:
    page = visit()
    page.route("**/at?*", held)
    page.goto(link(SLOW, place=2_000_000))
    expect(page.locator("h1")).to_have_text("A moment, please")
    assert violations_in_any_theme(page) == []


def test_axe_finds_nothing_after_steps_and_a_notice(visit: Opener) -> None:
    page = visit(link(AND))
    second = page.context.new_page()
    second.goto(page.url)
    press(second, "Space")
    page.keyboard.press("Space")
    expect(page.locator("#notice")).to_contain_text("already moved on")
    page.keyboard.press("?")
    assert violations(page) == []


def focused(page: Page) -> dict[str, Any]:
    """Return what has the focus: its id, its words, where it is and how it is outlined."""
    return page.evaluate("""() => { const e = document.activeElement, box = e.getBoundingClientRect();
        return {id: e.id, name: e.ariaLabel || e.textContent.trim(), top: box.top + scrollY, left: box.left,
                seen: e.matches(":focus-visible"), shown: getComputedStyle(e).outlineStyle !== "none" ||
                    getComputedStyle(e.querySelector(".paper") || e).strokeWidth === "6px"}; }""")


def tab_stops(page: Page) -> list[dict[str, Any]]:
    """Press Tab from the top of the page to its end, and return every stop."""
    page.evaluate("scrollTo(0, 0)")
    stops = []
    while True:
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            return stops
        stops.append(focused(page))


@pytest.mark.parametrize("path", ["/", "/recipe", link(AND, place=9)], ids=["home", "recipe", "lab"])
def test_tab_goes_through_the_page_in_reading_order_and_every_stop_is_seen(visit: Opener, path: str) -> None:
    page = visit(path)
    stops = tab_stops(page)
    assert stops[0]["name"] == "Skip to the content"
    assert all(stop["seen"] and stop["shown"] for stop in stops)
    ids = [stop["id"] for stop in stops if stop["id"]]
    assert len(ids) == len(set(ids))
    order = page.evaluate("() => [...document.querySelectorAll('[id]')].map(e => e.id)")
    assert ids == sorted(ids, key=order.index)


def test_tab_meets_menus_track_picture_words_and_the_row_of_buttons(visit: Opener) -> None:
    page = visit(link(AND, place=9))
    ids = [stop["id"] for stop in tab_stops(page)]
    asked = ["panel-share", "go-input-1", "n-1-1", "narration", "back", "next", "play", "run-until"]
    assert [found for found in ids if found in asked] == asked


def test_the_skip_link_leads_past_the_head(visit: Opener) -> None:
    page = visit(link(AND, place=9))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert focused(page)["id"] == "go-input-1"


def test_the_narration_is_the_only_status_that_speaks_each_step(visit: Opener) -> None:
    page = visit(link(AND))
    page.evaluate("""() => { window.spoken = []; for (const e of document.querySelectorAll(
        "[aria-live], [role=status], [role=alert], [role=log], output"))
        new MutationObserver(() => window.spoken.push(e.id)).observe(
            e, {childList: true, subtree: true, characterData: true}); }""")
    for words in ("is the loudest", "ŷ listens to", "That costs", "gets the first blame"):
        page.evaluate("window.spoken = []")
        press(page, "Space")
        expect(page.locator("#narration")).to_contain_text(words)
        assert set(page.evaluate("window.spoken")) <= {"narration", "banner"}
        assert "narration" in page.evaluate("window.spoken")
        expect(page.locator("#banner")).to_have_text("")
    expect(page.locator("#narration")).to_have_attribute("aria-live", "polite")
    expect(page.locator("[aria-live=assertive]")).to_have_count(0)


def test_every_page_has_one_first_heading_and_skips_no_level(visit: Opener) -> None:
    page = visit("/")
    for name, path in PAGES.items():
        page.goto(path)
        levels = page.evaluate(
            "() => [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.tagName[1])"
        )
        assert (levels[0], levels.count(1)) == (1, 1), name
        assert all(after - before <= 1 for before, after in pairwise(levels)), name


def test_the_title_of_a_page_says_which_network_it_shows(visit: Opener) -> None:
    expect(visit(link(XOR))).to_have_title("XOR · 2 → 4 → 1 · tanh · Blame Game")
