"""Bringing one's own data in a real browser, with and without JavaScript: by clicks, by keyboard, by paste
and by file."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener
from tests.browser.test_access import violations

SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
FLOWERS = "len;wid;kind\n5,1;3,5;rose\n4,9;3,0;rose\n7,0;3,2;tulip\n6,4;oops;tulip\n"


def opened(visit: Opener, scripts: bool) -> Page:
    """Go from a recipe that has been begun to the page for one's own data."""
    page = visit("/recipe", java_script_enabled=scripts)
    page.fill("#hidden", "5")
    page.click("#bring")
    expect(page.locator("h1")).to_have_text("Your own data")
    return page


def learns(page: Page, note: str) -> None:
    """Make the network that waited, and take a first step with it."""
    expect(page.locator("#own-note")).to_contain_text(note)
    expect(page.locator("#hidden")).to_have_value("5")
    page.click("#make")
    expect(page.locator("#own-note")).to_contain_text(note.split(". ")[-1])
    page.click("#next")
    expect(page.locator("#narration")).to_contain_text("is the loudest")


def click_at(page: Page, x: int, y: int) -> None:
    page.locator(".board input").click(position={"x": x, "y": y})


@SCRIPTS
def test_points_are_clicked_onto_the_plane_erased_and_learned(visit: Opener, scripts: bool) -> None:
    page = opened(visit, scripts)
    click_at(page, 210, 70)
    expect(page.locator("#said")).to_have_text(
        "Set at (0.5, 0.5): a filled point, class 1. 1 point: 0 of class 0, 1 of class 1."
    )
    click_at(page, 20, 20)
    page.check("text=class 0")
    click_at(page, 70, 210)
    expect(page.locator("#said")).to_contain_text("3 points: 1 of class 0, 2 of class 1.")
    expect(page.locator(".board circle")).to_have_count(3)
    page.check("text=erases")
    click_at(page, 25, 22)
    expect(page.locator("#said")).to_contain_text("Erased near (−0.82, 0.84).")
    expect(page.locator(".board circle")).to_have_count(2)
    page.click("#use")
    learns(page, "2 examples with 2 inputs and 1 target. Points set by hand")


@pytest.mark.parametrize("size", [(1280, 720), (1440, 900), (390, 844), (320, 700)])
def test_the_plane_stays_under_the_pointer_and_two_clicks_on_a_spot_are_one_place(
    visit: Opener, size: tuple
) -> None:
    page = visit("/data", viewport=dict(zip(("width", "height"), size, strict=True)))
    top = page.locator(".board").bounding_box()
    assert top["y"] + top["height"] <= size[1]
    for count in (1, 2, 3):
        page.mouse.click(top["x"] + 60, top["y"] + 90)
        expect(page.locator(".board circle")).to_have_count(count)
        assert page.locator(".board").bounding_box() == top
    assert len({circle.get_attribute("cy") for circle in page.locator(".board circle").all()}) == 1


@SCRIPTS
def test_a_step_back_in_the_browser_takes_a_point_back(visit: Opener, scripts: bool) -> None:
    page = opened(visit, scripts)
    click_at(page, 10, 10)
    click_at(page, 90, 90)
    expect(page.locator(".board circle")).to_have_count(2)
    page.go_back()
    expect(page.locator(".board circle")).to_have_count(1)


def test_clear_takes_all_points_and_one_class_is_not_enough(visit: Opener) -> None:
    page = opened(visit, True)
    click_at(page, 10, 10)
    page.click("#use")
    expect(page.locator("#wrong-points")).to_have_text("Set at least one point of each class first.")
    page.click("#clear")
    expect(page.locator("#said")).to_contain_text("All points are gone.")


def test_points_are_set_by_keyboard_alone(visit: Opener) -> None:
    page = opened(visit, True)
    page.focus("#x")
    for key in ("0", ",", "5", "Tab", "-", "1", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("#said")).to_contain_text("Set at (0.5, −1): a filled point")
    page.focus("input[name=kind]:checked")
    page.keyboard.press("ArrowRight")
    page.fill("#x", "-0.5")
    page.focus("#y")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("Set at (−0.5, −1): an empty point")
    page.focus("#use")
    page.keyboard.press("Enter")
    learns(page, "2 examples with 2 inputs and 1 target. Points set by hand")


def test_tab_passes_the_plane_by(visit: Opener) -> None:
    page = opened(visit, True)
    page.focus("#add")
    page.keyboard.press("Tab")
    expect(page.locator("#use")).to_be_focused()


@SCRIPTS
def test_a_pasted_table_is_mended_and_learned(visit: Opener, scripts: bool) -> None:
    page = opened(visit, scripts)
    page.fill("#sheet", FLOWERS)
    page.click("#read")
    expect(page.locator("#bad")).to_have_text("Line 5 has “oops” in column 2, which is no number.")
    expect(page.locator("#sheet")).to_have_value(FLOWERS)
    page.fill("#sheet", FLOWERS.replace("oops", "2,9"))
    page.click("#read")
    learns(page, "4 examples with 2 inputs and 1 target. From a table. Inputs: len (4.9 to 7)")


@SCRIPTS
def test_a_file_is_uploaded_and_its_text_can_be_mended(visit: Opener, scripts: bool, tmp_path: Path) -> None:
    file = tmp_path / "flowers.csv"
    file.write_bytes(FLOWERS.encode("cp1252"))
    page = opened(visit, scripts)
    page.set_input_files("#file", file)
    page.click("#read")
    expect(page.locator("#sheet")).to_have_value(FLOWERS)
    page.check("text=Leave lines out")
    page.click("#read")
    learns(page, "Target: kind, 1 for tulip and 0 for rose. 1 bad line was left out.")


def test_enter_in_a_field_of_the_recipe_makes_the_network(visit: Opener) -> None:
    page = visit("/recipe")
    page.fill("#eta", "0.5")
    page.focus("#eta")
    page.keyboard.press("Enter")
    expect(page.locator("#next")).to_be_visible()


@pytest.mark.parametrize("width", [1440, 390])
def test_a_verdict_is_in_sight_however_many_inputs_there_are(visit: Opener, width: int) -> None:
    page = visit("/data", viewport={"width": width, "height": 844})
    rows = [f"{at}.25,{at * 111},{at / 7},{at * at},{('versicolor', 'virginica')[at % 2]}" for at in range(9)]
    page.fill("#sheet", "a,b,c,d,kind\n" + "\n".join(rows))
    page.click("#read")
    page.click("#make")
    page.goto(page.url.partition("?")[0] + "?panel=model")
    page.click("#next")
    expect(page.locator("#next")).to_contain_text("output")
    page.click("#next")
    verdict = page.locator("#answers tbody tr td:last-child").first
    expect(page.locator("#next")).to_contain_text("Cost")
    card, cell = page.locator("#model").bounding_box(), verdict.bounding_box()
    assert cell["x"] + cell["width"] <= card["x"] + card["width"] + 1
    assert cell["x"] >= card["x"]


ODD = "size,sex,name,kind\n" + "\n".join(
    f'"{at},{at}0",{("male", "female")[at % 2]},n{at},{at % 3 if at != 30 else "NA"}' for at in range(10, 40)
)


@SCRIPTS
@pytest.mark.parametrize(("size", "theme"), [((1440, 900), "light"), ((390, 844), "dark")])
def test_what_was_understood_is_agreed_to_by_keyboard(
    visit: Opener, scripts: bool, size: tuple[int, int], theme: str
) -> None:
    window = dict(zip(("width", "height"), size, strict=True))
    page = visit("/data", java_script_enabled=scripts, viewport=window, theme=theme)
    page.fill("#sheet", ODD)
    page.fill("#target", "kind")
    page.focus("#target")
    page.keyboard.press("Enter")
    expect(page.locator("#understood")).to_contain_text("29 examples with two inputs")
    assert page.locator("#agree").bounding_box()["x"] + 100 < size[0]
    if scripts:
        wide = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide[0] <= wide[1]
        assert violations(page) == []
    page.focus("#kind input:checked")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#kind input:checked")).to_have_value("numbers")
    page.focus("#agree")
    page.keyboard.press("Enter")
    expect(page.locator("#own-note")).to_contain_text("29 examples with 2 inputs and 1 target. From a table.")
    expect(page.locator("#own-note")).to_contain_text("Target: kind (0 to 2), scaled to −1 … 1.")
