"""No page breaks its own content policy, and none says a word on the console."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener, kept
from tests.browser.walk import AND, choose, link, place, press, reach

LISTEN = """window.broken = []; document.addEventListener("securitypolicyviolation",
    event => window.broken.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`));"""


def test_a_violation_and_a_complaint_would_be_noticed(visit: Opener) -> None:
    page = visit("/recipe")
    page.evaluate(LISTEN)
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.wait_for_function("window.broken.length === 1")
    assert page.evaluate("window.broken[0]").startswith("style-src-attr")
    assert "Content Security Policy" in visit.complaints.pop()
    assert visit.complaints == []


@pytest.mark.parametrize(
    "place_", ["/", "/recipe", "/labs/nothing", "/recipe?eta=fast&seed=x", "/no-such-page"]
)
def test_no_page_breaks_the_content_policy_or_complains(visit: Opener, place_: str) -> None:
    page = visit("/livez")
    page.add_init_script(LISTEN)
    page.goto(place_)
    expect(page.locator("main")).to_be_visible()
    assert page.evaluate("window.broken") == []


def test_no_step_breaks_the_content_policy_or_complains(visit: Opener) -> None:
    page = visit("/livez")
    page.add_init_script(LISTEN)
    page.goto(kept(page.context, link(AND, speed=3)))
    for key in ("Space",) * 7 + ("ArrowLeft", "Enter", "Enter"):
        press(page, key)
    for lens in "12345":
        page.keyboard.press(lens)
        expect(page.locator(f"[data-key='{lens}']")).to_have_class("pinned")
    page.keyboard.press("p")
    expect(page.locator("#play")).to_contain_text("Pause")
    before = place(page)
    page.wait_for_function(
        "at => !document.getElementById('next').getAttribute('formaction').includes(at)", arg=f"at={before}&"
    )
    page.keyboard.press("p")
    expect(page.locator("#play")).to_contain_text("Play")
    page.keyboard.press("?")
    page.keyboard.press("Escape")
    reach(page, "#eta")
    page.fill("#eta", "fast")
    choose(page, "#set-eta")
    expect(page.locator("main")).to_contain_text("This must be a number")
    assert page.evaluate("window.broken") == []


@pytest.mark.parametrize(
    "path", ["/", "/recipe", "/labs/nothing", "/static/keys.js", "/livez", "/openapi.json"]
)
def test_every_answer_carries_a_policy_without_loopholes(visit: Opener, path: str) -> None:
    answer = visit("/recipe").request.get(path)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
