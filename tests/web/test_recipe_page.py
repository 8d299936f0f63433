"""The recipe form: a sentence beside each mistaken field, nothing lost, and buttons that add and remove."""

from __future__ import annotations

import json

import pytest
from httpx import AsyncClient

from app.lab.recipe import DRAWN, Recipe
from tests.web.test_recipe_form import CHANGES, DIALS, NOTHING, WRONG_TEXTS
from tests.web.tree import Page, text_of
from tests.web.visitor import moment, page_of

pytestmark = pytest.mark.anyio
FIELDS = {
    "data": "xor",
    "hidden": "4, 2",
    "activation": "relu",
    "output": "tanh",
    "cost": "quadratic",
    "optimiser": "adam",
    "eta": "0.05",
    "initialiser": "he",
    "seed": "9",
    "batch": "2",
    "regulariser": "l2",
    "decay": "0.125",
    "size": "100",
    "noise": "0.1",
    "data_seed": "0",
    "test": "0.2",
    "biases": "",
}
ON_THE_FORM = [
    (field, text, words) for field, text, words in WRONG_TEXTS if field in FIELDS and "\x00" not in text
]


def filled(page: Page) -> dict[str, str]:
    """Return what the form holds, as a browser would post it."""
    found = {field.get("name"): field.get("value") for field in page["recipe"].iter("input")}
    for field in page["recipe"].iter("select"):
        chosen = field.find(".//option[@selected]")
        found[field.get("name")] = (next(field.iter("option")) if chosen is None else chosen).get("value")
    return found


def check_mistake(page: Page, field: str, words: str) -> None:
    assert page[field].get("aria-invalid") == "true"
    assert page[field].get("aria-describedby") == f"wrong-{field}"
    assert text_of(page[f"wrong-{field}"]) == words
    beside = next(place for place in page["recipe"].iter() if page[field] in list(place))
    assert page[f"wrong-{field}"] in list(beside)


async def test_the_form_opens_with_the_usual_recipe_and_every_choice_explained(browser: AsyncClient) -> None:
    page = page_of(await browser.get("/recipe"))
    drawn = {name: str(getattr(Recipe(), name)) for name in DRAWN}
    assert filled(page) == Recipe().as_fields() | drawn | {"output": "", "cost": "", "biases": ""}
    assert all(": " in text_of(option) for option in page["recipe"].iter("option"))
    assert not any(name.startswith("wrong") for name in page.ids)


async def test_what_the_form_was_asked_to_show_it_shows_and_posts(
    browser: AsyncClient, program: AsyncClient
) -> None:
    form = filled(page_of(await browser.get("/recipe", params=FIELDS)))
    assert form == FIELDS
    answer = await browser.post("/labs", data=form)
    assert answer.status_code == 303
    recipe = (await moment(program, answer.headers["location"].split("/")[2]))["recipe"]
    drawn = {name: getattr(Recipe(), name) for name in DRAWN}
    assert {**recipe, **drawn, "hidden": "4, 2", "biases": ""} == {
        **FIELDS,
        **drawn,
        "eta": 0.05,
        "seed": 9,
        "batch": 2,
        "decay": 0.125,
    }


@pytest.mark.parametrize(("field", "text", "words"), ON_THE_FORM)
async def test_a_mistake_is_told_beside_its_field_and_nothing_is_lost(
    browser: AsyncClient, field: str, text: str, words: str
) -> None:
    right = Recipe(data="circle").as_fields() | {"data": "and", "seed": "77", "decay": "0.5"}
    sent = right | {"biases": ""} | {field: text}
    answers = [await browser.post("/labs", data=sent), await browser.get("/recipe", params=sent)]
    assert [answer.status_code for answer in answers] == [422, 200]
    for answer in answers:
        page = page_of(answer)
        check_mistake(page, field, words)
        assert "Not made yet: see the note beside the field." in text_of(page["recipe"])
        kept = filled(page)
        if page[field].tag == "select" and not any(
            option.get("value") == text for option in page[field].iter("option")
        ):
            kept.pop(field)  # a key that does not exist cannot be chosen
        assert kept.items() <= sent.items()


async def test_several_mistakes_are_all_told(browser: AsyncClient) -> None:
    page = page_of(await browser.post("/labs", data={"eta": "fast", "seed": "x", "hidden": "99"}))
    assert "see the notes beside the fields" in text_of(page["recipe"])
    for field, text in (("eta", "fast"), ("seed", "x"), ("hidden", "99")):
        assert (page[field].get("value"), page[field].get("aria-invalid")) == (text, "true")


async def test_hidden_sizes_sent_one_by_one_are_all_kept(browser: AsyncClient) -> None:
    for answer in (
        await browser.post("/labs", data={"hidden": ["4", "2"], "eta": "x"}),
        await browser.get("/recipe?hidden=4&hidden=2&eta=x"),
    ):
        assert page_of(answer)["hidden"].get("value") == "4, 2"


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [("colour", "red", NOTHING), ("changes", "soon", CHANGES), ("parameters", "some", DIALS)],
)
async def test_a_mistake_without_a_field_on_the_form_is_told_too_and_the_way_goes_on(
    browser: AsyncClient, field: str, text: str, words: str
) -> None:
    for answer in (
        await browser.post("/labs", data={field: text}),
        await browser.get("/recipe", params={field: text}),
    ):
        page = page_of(answer)
        assert words in text_of(page["recipe"])
        assert (await browser.post("/labs", data=filled(page))).status_code == 303


async def test_given_dials_survive_a_mistake_elsewhere(browser: AsyncClient, program: AsyncClient) -> None:
    sent = {"hidden": "", "parameters": json.dumps({"w": {"1": [[0.1, 2]]}, "b": {"1": [3]}}), "eta": "fast"}
    form = filled(page_of(await browser.post("/labs", data=sent)))
    answer = await browser.post("/labs", data={**form, "eta": "0.1"})
    found = await moment(program, answer.headers["location"].split("/")[2])
    assert found["parameters"] == {"w": {"1": [[0.1, 2.0]]}, "b": {"1": [[3.0]]}}


RESIZINGS = [
    ("4, 2", "layer", "4, 2, 2"),
    ("4, 2", "-layer", "4"),
    ("4, 2", "+1", "5, 2"),
    ("4, 2", "-2", "4, 1"),
    ("", "layer", "3"),
    ("", "-layer", ""),
    ("16", "+1", "16"),
    ("1", "-1", "1"),
    ("1, 1, 1, 1, 1, 1", "layer", "1, 1, 1, 1, 1, 1"),
    ("4, 2", "+3", "4, 2"),
    ("4, 2", "+0", "4, 2"),
    ("4, 2", "+x", "4, 2"),
    ("4, 2", "+²", "4, 2"),
    ("4, 2", "", "4, 2"),
]


@pytest.mark.parametrize(("hidden", "how", "after"), RESIZINGS)
async def test_the_forms_buttons_add_and_remove_layers_and_neurons_within_the_limits(
    browser: AsyncClient, hidden: str, how: str, after: str
) -> None:
    page = page_of(await browser.get("/recipe", params={**FIELDS, "hidden": hidden, "resize": how}))
    assert filled(page) == {**FIELDS, "hidden": after}


async def test_htmx_gets_the_form_alone(htmx: AsyncClient) -> None:
    assert [element.get("id") for element in page_of(await htmx.get("/recipe")).root] == ["recipe"]


async def test_an_uploaded_file_is_no_value(browser: AsyncClient) -> None:
    answer = await browser.post("/labs", files={"eta": ("eta.txt", b"0.3")})
    assert answer.status_code == 422
    check_mistake(page_of(answer), "eta", "This must be a number above 0, up to 100.")
