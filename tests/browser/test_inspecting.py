"""Looking at neurons, wires and numbers by keyboard and by mouse: all can be reached, and what belongs
together lights up."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener
from tests.browser.test_access import violations, violations_in_any_theme
from tests.browser.walk import AND, link, press, rested, stands_at

NEURONS = ["n-0-1", "n-0-2", "n-1-1", "n-1-2", "n-1-3", "n-2-1"]
WIRES = [*(f"w-1-{j}-{k}" for j in (1, 2, 3) for k in (1, 2)), *(f"w-2-1-{k}" for k in (1, 2, 3))]
TITLES = {"n-0-1": "x₁", "n-0-2": "x₂", "n-1-1": "h₁", "n-1-2": "h₂", "n-1-3": "h₃", "n-2-1": "ŷ"}
PANELS = ("downhill", "surface", "tables", "dials", "count", "race", "words", "share", "model")


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until what is wanted has the focus."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(f"Tab never comes to {wanted}")


def looks_at(page: Page, mark: str) -> None:
    """Wait until the inspector is at a mark."""
    expect(page).to_have_url(re.compile(rf"[?&]pick={mark}(&|$)"))
    rested(page)


def test_arrows_lead_to_every_neuron_and_the_inspector_comes_along(visit: Opener) -> None:
    page = visit(link(AND, place=9))
    tab_to(page, "#stage a")
    assert page.evaluate("document.activeElement.id") == "n-1-1"  # blamed most of those just blamed
    walk = [("ArrowDown", "n-1-2"), ("ArrowDown", "n-1-3"), ("ArrowLeft", "n-0-2"), ("ArrowUp", "n-0-1")]
    walk += [("ArrowRight", "n-1-1"), ("ArrowRight", "n-2-1")]
    seen = set()
    for key, mark in walk:
        page.keyboard.press(key)
        looks_at(page, mark)
        expect(page.locator(f"#{mark}")).to_be_focused()
        expect(page.locator("#inspector-title .symbol")).to_have_text(TITLES[mark])
        seen.add(mark)
    assert seen == set(NEURONS)
    stands_at(page, 9)


def test_the_network_is_one_stop_of_tab(visit: Opener) -> None:
    page = visit(link(AND, place=9))
    for mark in ("", *NEURONS[1:3]):
        if mark:
            page.goto(re.sub(r"\?.*", "", page.url) + f"?pick={mark}")
        stops = page.eval_on_selector_all(
            "#stage a", "found => found.filter(e => e.tabIndex === 0).map(e => e.id)"
        )
        assert stops == [mark or "n-1-1"]


def test_every_wire_is_reached_by_keyboard_from_the_neuron_it_leads_to(visit: Opener) -> None:
    page = visit(link(AND, place=9))
    for mark in WIRES:
        _, layer, to, _ = mark.split("-")
        page.goto(re.sub(r"\?.*", "", page.url) + f"?pick=n-{layer}-{to}")
        if mark != WIRES[0]:
            page.focus("#unpick")  # the way there from the top of the page is the same each time
        tab_to(page, f'.fingers a[data-ref="{mark}"]')
        page.keyboard.press("Enter")
        looks_at(page, mark)
        expect(page.locator("#inspector-title .what")).to_contain_text("the weight from")
        expect(page.locator(f"#{mark}")).to_have_class(re.compile(r"\bpicked\b"))


@pytest.mark.parametrize("place", [0, 3, 5])
def test_before_a_neuron_has_spoken_its_wires_are_reached_through_the_tables(
    visit: Opener, place: int
) -> None:
    page = visit(link(AND, place=place))
    page.keyboard.press("t")
    expect(page.locator("#table-3")).to_be_visible()
    rows = page.locator("#table-3 tbody a")
    assert [re.search(r"pick=([\w-]+)", row.get_attribute("href"))[1] for row in rows.all()][:6] == WIRES[:6]
    rested(page)
    tab_to(page, '#table-3 a[href*="pick=w-1-2-1"]')
    page.keyboard.press("Enter")
    looks_at(page, "w-1-2-1")
    expect(page.locator("#inspector-title .symbol")).to_have_text("w₂₁")


def test_a_whole_iteration_by_keyboard_alone(visit: Opener) -> None:
    page, said = visit(link(AND, panel="inspect")), []
    for words in (
        "is the loudest",
        "ŷ listens to",
        "That costs",
        "gets the first blame",
        "ŷ points at h₁",
        "dials moved",
    ):
        press(page, "Space")
        expect(page.locator("#narration")).to_contain_text(words)
        said.append(page.locator("#inspector-title .symbol").inner_text())
    assert said == ["h₂", "ŷ", "C", "ŷ", "h₁", "c"]
    stands_at(page, 10)
    for key, place in (("ArrowLeft", 9), ("Enter", 10)):
        page.locator("body").press(key)
        stands_at(page, place)
        rested(page)


def lit(page: Page) -> set[str]:
    """Return the marks and numbers that are lit, as ids and references."""
    return set(
        page.eval_on_selector_all(".lit", "found => found.map(e => e.id || 'number ' + e.dataset.ref)")
    )


def test_a_number_lights_its_mark_and_a_mark_its_numbers(visit: Opener) -> None:
    page = visit(link(AND, place=9, pick="n-2-1"))
    page.locator('.worked mn[data-ref="w-2-1-2"]').first.hover()
    assert {"w-2-1-2", "number w-2-1-2"} <= lit(page)
    assert "n-1-2" not in lit(page)
    page.locator('.worked mn[data-ref="n-1-2"]').first.hover()
    assert {"n-1-2", "number n-1-2"} <= lit(page)
    page.locator("#n-1-3").hover()
    assert lit(page) == {"n-1-3", "number n-1-3"}
    page.locator("#cost").hover()
    assert lit(page) <= {"cost", "number cost"}
    page.mouse.move(1, 1)
    assert lit(page) == set()


def test_an_equation_with_the_focus_lights_all_its_marks_and_a_link_its_wire(visit: Opener) -> None:
    page = visit(link(AND, place=9, pick="n-2-1"))
    tab_to(page, ".equation")
    assert lit(page) == {"n-1-1", "n-1-2", "n-1-3", "n-2-1", "w-2-1-1", "w-2-1-2", "w-2-1-3"}
    page.keyboard.press("Tab")
    assert lit(page) == {"n-2-1"}
    tab_to(page, '.fingers a[data-ref="w-2-1-3"]')
    assert {"w-2-1-3"} <= lit(page) <= {"w-2-1-3", "number w-2-1-3"}


@pytest.mark.parametrize(
    ("epsilon", "says"), [("0.1", "Try a smaller one."), ("1e-4", "They agree to"), ("−0,001", "agree to")]
)
def test_a_nudge_is_typed_and_told(visit: Opener, epsilon: str, says: str) -> None:
    page = visit(link(AND, place=9, pick="w-2-1-1"))
    page.fill("#epsilon", epsilon)
    page.keyboard.press("Enter")
    expect(page.locator("#nudged")).to_contain_text(says)
    expect(page.locator("#epsilon")).to_have_value(epsilon)
    stands_at(page, 9)


def test_a_nudge_by_nonsense_is_a_sentence_beside_the_field(visit: Opener) -> None:
    page = visit(link(AND, place=9, pick="w-2-1-1"))
    for nonsense in ("lots", "0", "1e99"):
        page.fill("#epsilon", nonsense)
        page.keyboard.press("Enter")
        expect(page.locator("#wrong-epsilon")).to_contain_text("ε must be a number")
        expect(page.locator("#epsilon")).to_have_value(nonsense)
        expect(page.locator("#nudged")).to_have_count(0)
    assert violations(page) == []


def test_v_changes_the_voice_g_shows_the_words_and_t_the_tables(visit: Opener) -> None:
    page = visit(link(AND, place=3))
    for key, voice, words in (("v", "maths", "tanh("), ("v", "story", "is the loudest")):
        rested(page)
        page.keyboard.press(key)
        expect(page.locator(f"#voice-{voice}")).to_have_attribute("aria-current", "true")
        expect(page.locator("#narration")).to_contain_text(words)
    for key, there in (("g", "#word-delta"), ("t", "#table-2"), ("i", "#inspector")):
        rested(page)
        page.keyboard.press(key)
        expect(page.locator(there)).to_be_visible()
    stands_at(page, 3)


def test_a_word_of_the_narration_leads_to_its_entry(visit: Opener, plain: Opener) -> None:
    for page in (visit(link(AND, place=9)), plain(link(AND, place=9))):
        entry = page.locator("#narration a", has_text="weight")
        wanted = entry.get_attribute("href").partition("#")[2]
        entry.click()
        if page.locator("#tip").is_visible():
            page.get_by_role("link", name="All words").click()
        expect(page.locator(f"#{wanted}")).to_contain_text("weight")
        expect(page.locator(f"#{wanted}")).to_be_in_viewport()
        stands_at(page, 9)


def test_axe_finds_nothing_on_any_panel_in_any_theme(visit: Opener) -> None:
    page, found = visit(link(AND, place=9)), {}
    lab = re.sub(r"\?.*", "", page.url)
    for panel in ("", *PANELS):
        page.goto(f"{lab}?panel={panel}")
        found[panel] = violations_in_any_theme(page)
    for pick in ("n-0-1", "n-1-2", "w-2-1-1", "b-1-1", "y-1", "cost"):
        page.goto(f"{lab}?pick={pick}&epsilon=0.1")
        found[pick] = violations_in_any_theme(page)
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_paper_has_the_picture_and_the_words_and_no_buttons(visit: Opener) -> None:
    page = visit(link(AND, place=9, pick="n-2-1"), theme="dark")
    page.emulate_media(media="print")
    for there in ("#stage", "#narration", "#inspector", ".fingers"):
        expect(page.locator(there)).to_be_visible()
    for away in (".top", ".controls", ".tabs", ".change", ".nudge", ".lenses", ".shape"):
        expect(page.locator(away).first).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") in (
        "rgba(0, 0, 0, 0)",
        "rgb(255, 255, 255)",
    )
    assert (
        page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--card').trim()")
        == "#ffffff"
    )
