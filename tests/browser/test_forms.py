"""The forms, in a browser without JavaScript: recipe, layers and neurons, learning rate, example, theme."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener
from tests.browser.walk import AND, choose, click, link, reach, stands_at


def test_a_learning_rate_and_an_example_can_be_set(plain: Opener) -> None:
    page = plain(link(AND, place=9, voice="maths"))
    reach(page, "#eta")
    page.fill("#eta", "0,7")
    choose(page, "#set-eta")
    expect(page.locator("#eta")).to_have_value("0.7")
    click(page, "#next")
    expect(page.locator("#narration")).to_contain_text("η · ∂C/∂c = 0 − 0.7 ·")
    reach(page, "#example")
    page.select_option("#example", "3")
    choose(page, "#set-example")
    click(page, "#next")
    expect(page.locator(".where")).to_contain_text("example 3 of 4")


def test_a_learning_rate_that_is_none_gets_a_sentence(plain: Opener) -> None:
    page = plain(link(AND, place=9))
    reach(page, "#eta")
    page.fill("#eta", "fast")
    choose(page, "#set-eta")
    expect(page.locator("main")).to_contain_text("This must be a number above 0, up to 100.")


def test_layers_and_neurons_are_added_and_removed_in_a_menu(plain: Opener) -> None:
    page = plain(link(AND, place=9))
    for button, network in (
        ("One neuron more in hidden layer 1", "2 → 4 → 1"),
        ("+ layer", "2 → 4 → 4 → 1"),
        ("One neuron less in hidden layer 2", "2 → 4 → 3 → 1"),
        ("− layer", "2 → 4 → 1"),
        ("− layer", "2 → 1"),
    ):
        reach(page, ".shape")
        page.get_by_role("button", name=button, exact=True).click()
        expect(page.locator("#network strong").first).to_contain_text(network)
    stands_at(page, 0)
    reach(page, ".shape")
    expect(page.get_by_role("button", name="− layer", exact=True)).to_be_disabled()


def sizes(page: Page, wanted: str) -> None:
    """Wait until the recipe form has these hidden layers."""
    expect(page.locator("#hidden")).to_have_value(wanted)


def test_the_recipe_form_resizes_by_buttons_keeps_what_was_chosen_and_makes_the_network(
    plain: Opener,
) -> None:
    page = plain("/recipe")
    page.select_option("#data", "xor")
    page.fill("#seed", "7")
    for button, wanted in (
        ("One neuron more in hidden layer 1", "4"),
        ("+ layer", "4, 4"),
        ("One neuron less in hidden layer 2", "4, 3"),
        ("− layer", "4"),
    ):
        page.get_by_role("button", name=button, exact=True).click()
        sizes(page, wanted)
    expect(page.locator("#data")).to_have_value("xor")
    expect(page.locator("#seed")).to_have_value("7")
    page.click("#make")
    page.wait_for_url(re.compile(r"/labs/[\w-]+$"))
    expect(page.locator("#network strong")).to_contain_text("XOR · 2 → 4 → 1")
    stands_at(page, 0)


def test_a_recipe_that_cannot_be_made_keeps_every_word_and_gets_a_sentence_beside_the_field(
    plain: Opener,
) -> None:
    page = plain("/recipe")
    page.fill("#eta", "fast")
    page.fill("#seed", "-1")
    page.select_option("#optimiser", "adam")
    page.click("#make")
    expect(page.locator("#wrong-eta")).to_contain_text("a number above 0, up to 100")
    expect(page.locator("#wrong-seed")).to_contain_text("a whole number from 0")
    expect(page.locator("#eta")).to_have_value("fast")
    expect(page.locator("#optimiser")).to_have_value("adam")
    page.fill("#eta", "0.2")
    page.fill("#seed", "1")
    page.click("#make")
    page.wait_for_url(re.compile(r"/labs/[\w-]+$"))
    expect(page.locator("#network .quiet").first).to_contain_text("η 0.2 ·")


def test_a_theme_is_chosen_by_a_button_and_stays(plain: Opener) -> None:
    page = plain(link(AND, place=4))
    reach(page, "#theme")
    page.select_option("#theme", "projector")
    page.get_by_role("button", name="Set", exact=True).click()
    expect(page.locator("html")).to_have_attribute("data-theme", "projector")
    stands_at(page, 4)
    page.goto("/recipe")
    expect(page.locator("html")).to_have_attribute("data-theme", "projector")
    reach(page, "#theme")
    page.select_option("#theme", "dark")
    page.get_by_role("button", name="Set", exact=True).click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.url.endswith("/recipe")


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("hidden", "99", "0 to 6 hidden layers, each 1 to 16 neurons"),
        ("hidden", "two", "0 to 6 hidden layers, each 1 to 16 neurons"),
        ("hidden", "1 1 1 1 1 1 1", "0 to 6 hidden layers, each 1 to 16 neurons"),
        ("batch", "0", "a whole number from 1"),
        ("batch", "5", "AND has 4 examples"),
        ("seed", "1.5", "a whole number from 0"),
        ("eta", "0", "a number above 0, up to 100"),
        ("eta", "1e999", "a number above 0, up to 100"),
        ("eta", "", "a number above 0, up to 100"),
        ("decay", "-1", "a number from 0 to 10"),
        ("output", "softmax", "AND has one output"),
        ("output", "tanh", "the output must stay between 0 and 1"),
    ],
)
def test_nonsense_gets_a_sentence_beside_a_field_that_keeps_it(
    plain: Opener, field: str, value: str, sentence: str
) -> None:
    page = plain("/recipe")
    if field == "decay":  # which is there only where there is something to pull
        page.select_option("#regulariser", "l2")
    if field == "output":
        page.select_option(f"#{field}", value)
    else:
        page.fill(f"#{field}", value)
    page.click("#make")
    expect(page.locator(".field .wrong")).to_contain_text(sentence)
    expect(page.locator("[aria-invalid=true]")).to_have_count(1)
    wrong = page.locator("[aria-invalid=true]").get_attribute("aria-describedby")
    expect(page.locator(f"#{wrong}")).to_contain_text(sentence)
    expect(page.locator(f"#{field}")).to_have_value(value)


def test_an_impossible_choice_that_came_by_a_link_is_explained_where_it_was_made(plain: Opener) -> None:
    page = plain("/recipe?activation=softmax")
    expect(page.locator("#wrong-activation")).to_contain_text("only makes sense for the answer")
    expect(page.locator("#activation")).to_have_attribute("aria-describedby", "wrong-activation")


def test_a_nudge_by_nothing_is_asked_for_at_its_field(visit: Opener) -> None:
    page = visit(link(AND, place=9, pick="w-2-1-1"))
    page.fill("#epsilon", "")
    page.click("#nudge")
    assert page.eval_on_selector(
        "#epsilon", "field => field.validity.valueMissing && field.matches(':focus')"
    )
