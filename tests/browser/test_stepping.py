"""One iteration, there and back again, by mouse and by keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener
from tests.browser.walk import AND, WORDS, XOR, choose, click, link, picture, place, press, says, stands_at

FIRST = "Forward: hidden layer"


def test_a_first_visit_is_told_what_to_press_and_space_makes_the_lab_and_takes_the_first_step(
    visit: Opener,
) -> None:
    page = visit("/")
    says(page, FIRST)
    expect(page.locator("#next kbd")).to_be_visible()
    page.keyboard.press("Space")
    page.wait_for_url(re.compile(r"/labs/[\w-]+$"))
    says(page, "Forward: output layer")
    expect(page.locator("#narration")).to_contain_text("is the loudest")


def test_the_big_button_on_a_first_visit_does_the_same_as_space(visit: Opener) -> None:
    page = visit("/")
    page.click("#next")
    page.wait_for_url(re.compile(r"/labs/[\w-]+$"))
    says(page, "Forward: output layer")


@pytest.mark.parametrize("preset", ["and", "xor"])
def test_the_big_button_is_named_after_each_step_of_an_iteration(visit: Opener, preset: str) -> None:
    page = visit("/")
    page.click(f"#preset-{preset}")
    page.wait_for_url("**/at?*")
    for words in (*WORDS, FIRST):
        says(page, words)
        press(page, "Space")
    assert "/labs/" in page.url  # the first press has made it
    expect(page.locator(".where")).to_contain_text("iteration 2")


@pytest.mark.parametrize("recipe", [AND, XOR], ids=["AND", "XOR"])
def test_back_over_the_descent_and_forth_again_shows_the_very_same_pictures(
    visit: Opener, recipe: dict
) -> None:
    page = visit(link(recipe))
    seen = {place(page): picture(page)}
    for _ in range(9):
        press(page, "ArrowRight")
        seen[place(page)] = picture(page)
    assert len(set(map(str, seen.values()))) == 10
    for there in sorted(seen)[-2::-1]:
        press(page, "ArrowLeft")
        assert (place(page), picture(page)) == (there, seen[there])
    expect(page.locator("#back")).to_be_disabled()
    for there in sorted(seen)[1:]:
        press(page, "ArrowRight")
        assert (place(page), picture(page)) == (there, seen[there])


def test_at_the_start_there_is_nothing_to_go_back_to(visit: Opener) -> None:
    page = visit(link(AND))
    page.keyboard.press("ArrowLeft")
    press(page, "Space")
    expect(page.locator("#narration")).to_contain_text("is the loudest")


def test_enter_finishes_the_iteration_and_lands_on_its_descent(visit: Opener) -> None:
    page = visit(link(AND, place=4))
    press(page, "Enter")
    expect(page.locator("#narration")).to_contain_text("dials moved")
    says(page, "Next example")


def test_finish_iteration_and_finish_phase_do_what_they_say(visit: Opener) -> None:
    page = visit(link(AND))
    click(page, "#finish-phase")
    says(page, "Cost: compare")
    click(page, "#finish-phase")
    click(page, "#finish-phase")
    says(page, "Descent")
    click(page, "#finish")
    says(page, "Next example")


def test_every_segment_of_the_track_jumps_to_its_part_of_the_iteration(visit: Opener) -> None:
    page = visit(link(XOR))
    jumps = {
        "descent-1": 6,
        "forward-1": 1,
        "backward-2": 5,
        "cost-1": 3,
        "backward-1": 4,
        "forward-2": 2,
        "input-1": 0,
    }
    for segment, words in jumps.items():
        click(page, f"#go-{segment}")
        says(page, WORDS[words])
        expect(page.locator(f"#go-{segment}")).to_have_attribute("aria-current", "step")
        expect(page.locator(".segment[aria-current]")).to_have_count(1)


def test_restart_goes_back_to_the_very_start(visit: Opener) -> None:
    page = visit(link(AND, place=27))
    click(page, "#restart")
    stands_at(page, 0)
    expect(page.locator(".where")).to_contain_text("iteration 1")


def test_the_keys_1_to_5_choose_the_lens_and_pressed_again_let_it_follow_the_phase(visit: Opener) -> None:
    page = visit(link(AND, place=6))
    for key, lens in enumerate(("activation", "error", "blame", "gradient", "weights"), start=1):
        page.keyboard.press(str(key))
        expect(page.locator("#stage")).to_have_class(re.compile(f"lens-{lens}"))
        expect(page.locator(f"#lens-{lens}")).to_have_class("pinned")
        expect(page).to_have_url(re.compile(f"lens={lens}"))
    press(page, "ArrowRight")
    expect(page.locator("#stage")).to_have_class(re.compile("lens-weights"))
    page.keyboard.press("5")
    expect(page.locator("#stage")).to_have_class(re.compile("lens-error"))
    expect(page.locator(".pinned")).to_have_count(0)
    press(page, "ArrowRight")
    expect(page.locator("#stage")).to_have_class(re.compile("lens-gradient"))


@pytest.mark.parametrize(
    ("pace", "places"),
    [("neuron", [1, 2, 3, 4]), ("layer", [3, 4, 5, 6]), ("phase", [4, 5, 9, 10]), ("iteration", [10, 21])],
)
def test_a_pace_decides_how_far_one_press_goes(visit: Opener, pace: str, places: list[int]) -> None:
    page = visit(link(AND, pace="neuron" if pace == "phase" else "phase"))
    choose(page, f"#pace-{pace}")
    expect(page.locator(f"#pace-{pace}")).to_have_attribute("aria-current", "true")
    for there in places:
        press(page, "Space")
        stands_at(page, there)
    for there in [*places[-2::-1], 0]:
        press(page, "ArrowLeft")
        assert place(page) <= there


def test_a_reload_and_a_second_look_stand_at_the_same_place(visit: Opener) -> None:
    page = visit(link(AND, place=5, lens="blame", pace="neuron"))
    press(page, "Space")
    before = picture(page)
    page.reload()
    assert picture(page) == before
    expect(page.locator("#lens-blame")).to_have_class("pinned")
    expect(page.locator("#pace-neuron")).to_have_attribute("aria-current", "true")


def test_browser_back_and_forward_show_where_the_lab_is(visit: Opener) -> None:
    page = visit("/")
    page.keyboard.press("Space")
    page.wait_for_url("**/labs/*")
    press(page, "Space")
    press(page, "Space")
    before = picture(page)
    page.go_back()
    expect(page).to_have_url(re.compile(r"//[^/]+/$"))
    says(page, FIRST)
    page.go_forward()
    says(page, "Backward: output layer")
    assert picture(page) == before
    press(page, "Space")


def test_the_link_to_a_moment_opens_a_copy_standing_there(visit: Opener) -> None:
    page = visit(link(XOR, place=8, panel="share"))
    address, (*before, _) = page.url, picture(page)
    page.click("#link")
    page.wait_for_url("**/at?*")  # it is only looked at so far
    page.click("#panel-share")
    expect(page.locator("#link")).to_be_visible()
    assert list(map(unlinked, picture(page)[:-1])) == list(map(unlinked, before))
    press(page, "Space")
    page.wait_for_url(lambda url: url != address and "/labs/" in url)
    page.reload()
    stands_at(page, 11)


def unlinked(mark: str) -> str:
    """Return a mark without the address it leads to."""
    return re.sub(r" href=\S+", "", mark)


def visible_help(page: Page) -> bool:
    """Tell whether the list of keys can be seen."""
    return page.locator("#help .keys").is_visible()


def test_the_question_mark_opens_and_closes_the_list_of_keys(visit: Opener) -> None:
    page = visit(link(AND))
    assert not visible_help(page)
    page.keyboard.press("?")
    assert visible_help(page)
    expect(page.locator("#help .keys")).to_be_in_viewport()
    page.keyboard.press("?")
    assert not visible_help(page)
