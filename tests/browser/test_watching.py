"""Somebody else's lab can be watched and copied but not moved; a server that is away is told in words."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener
from tests.browser.program import Program
from tests.browser.walk import AND, click, link, moves, picture, place, press, rested, says, stands_at

SIGNS = (
    "ERR_CONNECTION_",
    "ERR_EMPTY_RESPONSE",
    "Failed to fetch",
    "status of 503",
)  # how the browser itself says it
AWAY = "The server does not answer. Your place is safe: try again in a moment."


@pytest.fixture
def pair(visit: Opener) -> Iterator[tuple[Page, Page]]:
    """A lab, open in the browser that made it and in another one."""
    owner = visit(link(AND, place=4))
    return owner, visit(owner.url)


def test_another_browser_sees_the_lab_and_is_told_whose_it_is(pair: tuple[Page, Page]) -> None:
    owner, watcher = pair
    expect(watcher.locator("#notice")).to_have_text("You are watching: this lab belongs to another browser.")
    expect(owner.locator("#notice")).to_have_text("")
    narration = owner.locator("#narration").inner_text()
    expect(watcher.locator("#narration")).to_have_text(narration, use_inner_text=True)
    assert [mark for mark in picture(watcher) if mark.startswith(("circle", "path"))] == [
        mark for mark in picture(owner) if mark.startswith(("circle", "path"))
    ]


def test_a_watcher_follows_every_move_and_keeps_a_lens_of_their_own(pair: tuple[Page, Page]) -> None:
    owner, watcher = pair
    rested(watcher)
    watcher.keyboard.press("5")
    expect(watcher.locator("#lens-weights")).to_have_class("pinned")
    for key, words in (("Space", "That costs"), ("Enter", "dials moved"), ("ArrowLeft", "ŷ points at h₁")):
        press(owner, key)
        expect(watcher.locator("#narration")).to_contain_text(words)
        assert place(watcher) == place(owner)
    expect(watcher.locator("#stage")).to_have_class(re.compile("lens-weights"))
    expect(owner.locator(".pinned")).to_have_count(0)


def test_a_watcher_has_no_button_that_moves_the_lab(pair: tuple[Page, Page]) -> None:
    owner, watcher = pair
    for selector in (
        "#restart",
        "#back",
        "#next",
        "#finish-phase",
        "#finish",
        "#go-cost-1",
        "#set-eta",
        "#eta",
    ):
        expect(watcher.locator(selector)).to_be_disabled()
    buttons = watcher.locator(".shape button")
    assert buttons.count() == 4
    assert all(button.is_disabled() for button in buttons.all())
    for key in ("Space", "Enter", "ArrowLeft", "p"):
        watcher.keyboard.press(key)
    expect(watcher.locator("#play, #run-until")).to_have_count(0)
    rested(watcher)
    watcher.keyboard.press("2")
    expect(watcher.locator("#lens-error")).to_have_class("pinned")
    owner.reload()
    stands_at(owner, 4)


def test_a_request_that_is_forged_all_the_same_is_refused_in_words(pair: tuple[Page, Page]) -> None:
    owner, watcher = pair
    refusal = watcher.evaluate("""() => fetch(document.getElementById("next").getAttribute("formaction"),
        {method: "POST", headers: {"HX-Request": "true"}}).then(answer => answer.text())""")
    assert "Make your own copy to step through it." in refusal
    owner.reload()
    stands_at(owner, 4)


def test_a_watcher_makes_a_copy_of_their_own_and_steps_it_alone(pair: tuple[Page, Page]) -> None:
    owner, watcher = pair
    watched = watcher.url
    watcher.get_by_role("button", name="Make my own copy").first.click()
    watcher.wait_for_url(lambda url: url != watched)
    stands_at(watcher, 4)
    expect(watcher.locator("#notice")).to_have_text("")
    press(watcher, "Space")
    says(watcher, "Backward: output layer")
    owner.reload()
    stands_at(owner, 4)


def refused(visit: Opener) -> bool:
    """Tell whether the browser has complained that nobody answers, and forget it: it is meant to."""
    found = [text for text in visit.complaints if any(sign in text for sign in SIGNS)]
    visit.complaints[:] = [text for text in visit.complaints if text not in found]
    return bool(found)


def test_a_server_that_is_away_is_told_in_words_and_works_again_when_it_is_back(
    visit: Opener, own: Program
) -> None:
    page = visit(link(AND, place=4), at=own)
    before = picture(page)
    own.stop()
    page.keyboard.press("Space")
    expect(page.locator("#banner")).to_have_text(AWAY)
    expect(page.locator("#banner")).to_be_visible()
    assert picture(page) == before
    assert refused(visit)
    own.start()
    press(page, "Space")
    says(page, "Backward: output layer")
    expect(page.locator("#banner")).to_have_text("")
    expect(page.locator("#banner")).to_be_hidden()


def test_the_player_goes_on_by_itself_when_the_server_is_back(visit: Opener, own: Program) -> None:
    page = visit(link(AND, place=4, speed=3), at=own)
    page.keyboard.press("p")
    expect(page.locator("#play")).to_contain_text("Pause")
    own.stop()
    expect(page.locator("#banner")).to_have_text(AWAY)
    before = place(page)
    own.start()
    expect(page.locator("#banner")).to_have_text("", timeout=10_000)
    moves(page, before)
    page.keyboard.press("p")
    expect(page.locator("#play")).to_contain_text("Play")
    assert refused(visit)


def test_a_watcher_goes_on_following_when_the_server_is_back(visit: Opener, own: Program) -> None:
    owner = visit(link(AND, place=4), at=own)
    watcher = visit(owner.url, at=own)
    own.stop()
    expect(watcher.locator("#banner")).to_have_text(AWAY)
    own.start()
    press(owner, "Space")
    expect(watcher.locator("#narration")).to_contain_text("That costs")
    expect(watcher.locator("#banner")).to_have_text("")
    assert refused(visit)


def rename(program: Program, old: str, new: str) -> None:
    """Rename the table of labs: while it is away, the server cannot keep any."""
    with closing(sqlite3.connect(program.database)) as database:
        database.execute(f"ALTER TABLE {old} RENAME TO {new}")


def test_a_server_that_fails_is_told_in_words_and_the_page_stays_whole(visit: Opener, own: Program) -> None:
    page = visit(link(AND, place=4), at=own)
    before = picture(page)
    rename(own, "labs", "away")
    page.keyboard.press("Space")
    expect(page.locator("#banner")).to_contain_text("does not answer just now; nothing was changed")
    expect(page.locator("#banner")).to_be_visible()
    assert picture(page) == before
    assert refused(visit)
    rename(own, "away", "labs")
    click(page, "#next")
    says(page, "Backward: output layer")
    expect(page.locator("#banner")).to_have_text("")


def test_a_whole_page_that_fails_is_an_error_page_in_words(visit: Opener, own: Program) -> None:
    page = visit(link(AND, place=4), at=own)
    rename(own, "labs", "away")
    page.reload()
    expect(page.locator("main")).to_contain_text("does not answer just now")
    assert refused(visit)
    rename(own, "away", "labs")
    page.reload()
    stands_at(page, 4)
