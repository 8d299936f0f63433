"""Marks that are no neurons: target, cost and bias are picked by keyboard, by mouse and by link, and all have
a name."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener
from tests.browser.test_inspecting import lit, looks_at, tab_to
from tests.browser.walk import AND, link, rested, stands_at

ADDER = AND | {"data": "half-adder", "hidden": "4, 3"}


def walked(page: Page, steps: list[tuple[str, str]]) -> None:
    """Press arrow keys and see that each leads to its mark, which gets the focus, the look and the
    inspector."""
    for key, mark in steps:
        page.keyboard.press(f"Arrow{key}")
        looks_at(page, mark)
        expect(page.locator(f"#{mark}")).to_be_focused()
        expect(page.locator(f"#{mark}")).to_have_class(re.compile(r"\bpicked\b"))
        width = page.eval_on_selector(f"#{mark} :is(.paper, .box)", "e => getComputedStyle(e).strokeWidth")
        assert width == "6px", mark
        assert page.eval_on_selector_all("#stage [tabindex='0']", "found => found.map(e => e.id)") == [mark]


def test_arrows_lead_from_the_output_to_its_target_to_the_cost_and_back(visit: Opener) -> None:
    page = visit(link(AND, place=9, pick="n-2-1"))
    tab_to(page, "#stage a")
    walked(
        page,
        [
            ("Right", "y-1"),
            ("Right", "cost"),
            ("Right", "cost"),
            ("Left", "y-1"),
            ("Left", "n-2-1"),
            ("Left", "n-1-1"),
        ],
    )
    stands_at(page, 9)


def test_arrows_go_up_and_down_the_targets_as_in_a_layer(visit: Opener) -> None:
    page = visit(link(ADDER, place=3, pick="n-3-2"))
    tab_to(page, "#stage a")
    walked(
        page,
        [
            ("Right", "y-2"),
            ("Up", "y-1"),
            ("Down", "y-2"),
            ("Right", "cost"),
            ("Left", "y-1"),
            ("Left", "n-3-1"),
        ],
    )
    expect(page.locator("#inspector-title .symbol")).to_have_text("ŷ₁")


def test_at_the_cost_step_tab_stops_at_the_cost(visit: Opener) -> None:
    page = visit(link(AND, place=5))
    tab_to(page, "#stage a")
    expect(page.locator("#cost")).to_be_focused()


@pytest.mark.parametrize(("mark", "title"), [("y-1", "y"), ("cost", "C")])
def test_target_and_cost_are_picked_by_mouse_and_without_scripts(
    visit: Opener, plain: Opener, mark: str, title: str
) -> None:
    for page in (visit(link(AND, place=6)), plain(link(AND, place=6))):
        page.locator(f"#{mark}").click()
        expect(page.locator("#inspector-title .symbol")).to_have_text(title)
        expect(page.locator(f"#{mark}")).to_have_class(re.compile(r"\bpicked\b"))


def test_the_first_visits_picture_answers_a_press(visit: Opener, plain: Opener) -> None:
    for page in (visit("/"), plain("/")):
        page.locator("#n-1-2").click()
        page.wait_for_url(re.compile(r"/at\?.*pick=n-1-2"))
        expect(page.locator("#inspector-title .symbol")).to_have_text("h₂")
        stands_at(page, 0)


def test_a_press_on_the_bias_below_a_disc_picks_the_bias_and_one_on_the_disc_the_neuron(
    visit: Opener,
) -> None:
    page = visit(link(AND, place=5, lens="weights"))
    label = page.locator('#stage [data-ref="b-1-2"]')
    label.click()
    looks_at(page, "b-1-2")
    expect(page.locator("#inspector-title .symbol")).to_have_text("b₂")
    expect(label).to_have_class(re.compile(r"\bpicked\b"))
    expect(page.locator("#stage a.picked")).to_have_count(0)
    page.locator("#n-1-2 .fill").click()
    looks_at(page, "n-1-2")


def test_the_bias_below_a_disc_lights_up_for_itself(visit: Opener) -> None:
    page = visit(link(AND, place=3, pick="n-1-2", lens="weights"))
    page.locator('#stage [data-ref="b-1-2"]').hover()
    assert lit(page) == {"number b-1-2"}
    expect(page.locator("#stage .below.lit")).to_have_text("b₂ 0")
    page.locator("#n-1-2 .fill").hover()
    assert lit(page) == {"n-1-2", "number n-1-2"}


def heard(page: Page) -> list[tuple[str, str]]:
    """Return the role and the name of everything a screen reader meets in the picture, links' own texts left
    out."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}
    stage = next(
        node for node in nodes if node.get("name", {}).get("value", "").startswith("The network, neuron")
    )
    found, waiting = [], [stage["nodeId"]]
    while waiting:
        node = by_id[waiting.pop(0)]
        role, name = node.get("role", {}).get("value", ""), node.get("name", {}).get("value", "")
        if not node["ignored"] and name and role != "InlineTextBox":
            found.append((role, name))
        if role != "link":
            waiting = node["childIds"] + waiting
    return found[1:]


def test_no_loose_number_is_heard_in_the_picture(visit: Opener) -> None:
    page = visit(link(AND, place=9))
    said = heard(page)
    assert [name for role, name in said if role == "StaticText"] == [
        "input",
        "hidden layer",
        "output layer",
        "target",
    ]
    wires = [name for role, name in said if role == "graphics-symbol"]
    assert wires[0] == "x₁ → h₁ · w₁₁ 1.12"
    assert wires[6] == "h₁ → ŷ · v₁ 0.672 · w·δ −0.262"
    assert len(wires) == 9
    assert said[-2:] == [("link", "target of ŷ: 1"), ("link", "cost 0.493")]
    assert not any("☚" in name for _, name in said)


def test_a_link_that_shows_a_neuron_and_opens_its_wire_says_so(visit: Opener) -> None:
    page = visit(link(AND, place=9, panel="inspect"))
    for name, wire in (("h₁, through v₁", "w-2-1-1"), ("h₃, through v₃", "w-2-1-3")):
        links = page.get_by_role("link", name=name, exact=True)
        assert {one.get_attribute("data-ref") for one in links.all()} == {wire}
        expect(links).to_have_count(3)
        expect(links.first).to_have_text(name[:2])


def test_a_cost_that_is_not_there_yet_says_so(visit: Opener) -> None:
    page = visit(link(AND, place=4))
    assert heard(page)[-1] == ("link", "cost, not known yet")
    rested(page)
