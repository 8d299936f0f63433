"""A guess by mouse and by keyboard: a neuron in the picture is pressed, the answer is revealed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener


@pytest.fixture
def asked(visit: Opener) -> Page:
    """A lab at the moment before the cost, where a hidden neuron is asked for."""
    page = visit("/at?data=xor&hidden=3&place=4")
    page.goto(f"{page.url.split('?')[0]}?ask=1")
    return page


def test_a_neuron_in_the_picture_answers(asked: Page) -> None:
    assert asked.locator(".asked").count() > 1
    asked.locator("#n-1-2 .paper").click(force=True)
    expect(asked.locator("#why")).to_be_visible()
    expect(asked).to_have_url(re.compile("answered=n-1-2"))


def test_arrows_walk_without_answering_and_enter_answers(asked: Page) -> None:
    asked.locator("#n-1-1").focus()
    asked.keyboard.press("ArrowDown")
    expect(asked.locator("#n-1-2")).to_be_focused()
    assert asked.locator("#why").count() == 0
    asked.keyboard.press("Enter")
    expect(asked).to_have_url(re.compile("answered=n-1-2"))


def test_a_digit_answers_and_is_named_in_the_help(asked: Page) -> None:
    asked.keyboard.press("2")
    expect(asked).to_have_url(re.compile("answered=n-1-2"))
    expect(asked.locator("#why")).to_be_visible()
    assert "while a question is open: its answers" in asked.locator("#help").text_content()
