"""What a person does at a lab and sees there: where it stands, what is drawn, and a press that waits for its
answer."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Page, expect

AND = {
    "data": "and",
    "hidden": "3",
    "activation": "tanh",
    "output": "sigmoid",
    "cost": "cross-entropy",
    "eta": "0.3",
}
XOR = AND | {"data": "xor", "hidden": "4", "optimiser": "momentum", "eta": "0.1"}

# What the big button says before each step of one iteration, with one hidden layer.
WORDS = (
    "Forward: hidden layer",
    "Forward: output layer",
    "Cost: compare",
    "Backward: output layer",
    "Backward: hidden layer",
    "Descent",
    "Next example",
)

# Every element of the picture with its attributes, in an order that does not depend on who wrote it, and its
# words;
# the lab's own number is left out.
PICTURE = """stage => [...stage.querySelectorAll("*")].map(e => e.tagName
    + [...e.attributes].map(a => ` ${a.name}=${a.value.replace(/labs.[^?]+/, "labs")}`).sort().join("")
    + (e.childElementCount ? "" : ` ${e.textContent}`))"""


def link(recipe: dict[str, str], **view: Any) -> str:
    """Return the address that opens a lab of this recipe; `place` and the view may be told."""
    return "/at?" + urlencode(recipe | {name: str(value) for name, value in view.items()})


def place(page: Page) -> int:
    """Return where the lab on the page stands."""
    found = re.search(r"\bat=(\d+)", page.get_attribute("#next", "formaction") or "")
    assert found, "the big button has no address"
    return int(found[1])


def stands_at(page: Page, place: int) -> None:
    """Wait until the lab on the page stands at a place."""
    expect(page.locator("#next")).to_have_attribute("formaction", re.compile(rf"\bat={place}\b"))


def moves(page: Page, place: int) -> None:
    """Wait until the lab on the page stands elsewhere."""
    expect(page.locator("#next")).not_to_have_attribute("formaction", re.compile(rf"\bat={place}\b"))


def rested(page: Page) -> None:
    """Wait until no answer is awaited: what is clicked before that is dropped, as a doubled click is."""
    expect(page.locator(".htmx-request")).to_have_count(0)


def press(page: Page, key: str) -> None:
    """Press a key that moves the lab, and wait until it has moved."""
    rested(page)
    before = place(page)
    page.keyboard.press(key)
    moves(page, before)


def reach(page: Page, selector: str) -> None:
    """Open the menu in which something stands, and close one that is in the way."""
    menu = page.locator("details.menu", has=page.locator(selector))
    for other in page.locator("details.menu[open]").all():
        if not menu.count() or other.get_attribute("id") != menu.get_attribute("id"):
            other.locator("summary").click()
    if menu.count() and menu.get_attribute("open") is None:
        menu.locator("summary").click()


def choose(page: Page, selector: str) -> None:
    """Click what may stand in a menu."""
    reach(page, selector)
    page.click(selector)


def click(page: Page, selector: str) -> None:
    """Click what moves the lab, and wait until it has moved."""
    rested(page)
    before = place(page)
    choose(page, selector)
    moves(page, before)


def says(page: Page, words: str) -> None:
    """Wait until the big button says this."""
    expect(page.locator("#next")).to_have_text(re.compile(rf"^\s*{re.escape(words)}\s+space\s*$"))


def picture(page: Page) -> list[str]:
    """Return every mark of the picture, and every word and number beside it, as text."""
    texts = page.locator("#narration, .side").all_inner_texts()
    return page.locator("#stage").evaluate(PICTURE) + texts
