"""A class whose network is cut for half a minute: it says so, and goes on by itself."""

from __future__ import annotations

import re
import time

from playwright.sync_api import Page, expect

from tests.browser.cable import laid
from tests.browser.conftest import Opener
from tests.browser.program import Program
from tests.browser.test_class import SIGNS, does
from tests.browser.walk import AND, link

CUT = 30  # seconds
SOON = 10_000  # ms after which everybody is back
MORE = ("Failed to load resource", "timed out", "aborted", "TimeoutError", "AbortError", "timeout")


def live(page: Page) -> float:
    """Return when a page was last told something by its stream."""
    return float(page.locator("#listen").get_attribute("data-live") or 0)


def test_a_network_that_is_cut_for_half_a_minute_loses_nobody(own: Program, visit: Opener) -> None:
    with laid(own.port) as cable:
        teacher = visit(link(AND, place=3), at=own)
        lab = re.search(r"/labs/([\w-]+)", teacher.url)
        assert lab
        headers = {"origin": own.url, "accept": "application/json"}
        wanted = {"lab": lab[1], "mode": "follow"}
        code = teacher.request.post(f"{own.url}/rooms", form=wanted, headers=headers).json()["code"]
        follower, voter = visit(at=own), visit(at=own)
        for page in (follower, voter):
            page.goto(f"{cable.url}/{code}")
            page.locator("#join").click()
            expect(page.locator("#class-now")).to_contain_text("Your teacher steps, you watch.")
        does(teacher, code, "rounds", question="blamed")
        does(teacher, code, "advance")
        expect(voter.locator("#question .choices button").first).to_be_visible()
        cable.cut()
        cut = time.time()
        voter.locator("#question .choices button").first.click()
        does(teacher, code, "advance")
        expect(follower.locator("#away")).to_contain_text("goes on by itself", timeout=(CUT - 5) * 1000)
        expect(voter.locator("#class-now")).to_contain_text("Answer; you can change it")
        time.sleep(max(0.0, cut + CUT - time.time()))
        cable.mend()
        for page in (follower, voter):
            expect(page.locator("#class-now")).to_contain_text("The vote is closed.", timeout=SOON)
            expect(page.locator("#away")).to_be_empty()
        does(teacher, code, "advance", to="reveal")
        for page in (follower, voter):
            expect(page.locator("#class-now")).to_contain_text("This is the answer.", timeout=SOON)
        deadline = time.time() + 30
        while min(live(follower), live(voter)) < 1000 * (cut + CUT) and time.time() < deadline:
            follower.wait_for_timeout(200)  # until streams are open again
        assert min(live(follower), live(voter)) > 1000 * (cut + CUT)
        for page in (follower, voter):
            page.close()
        visit.complaints[:] = [one for one in visit.complaints if not any(s in one for s in SIGNS + MORE)]
