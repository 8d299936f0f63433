"""One screen for the whole exercise: network, examples, dials, η, and go."""

from __future__ import annotations

import pytest
from httpx import AsyncClient

from app.lab.presets import PRESETS
from tests.web.tree import Page, text_of
from tests.web.visitor import moment, page_of

pytestmark = pytest.mark.anyio

SQUARE = "[[.11 .12]\n [.13 .14]]\n[.15 .16]\n[[.21 .22]\n [.23 .24]]\n[.25 .26]"


def filled(page: Page) -> dict[str, str]:
    """Return what the screen holds, as a browser would post it."""
    form = page["exercise"]
    found = {one.get("name"): one.get("value") for one in form.iter("input") if one.get("type") != "radio"}
    found |= {one.get("name"): one.text.removeprefix("\n") for one in form.iter("textarea")}
    for one in form.iter("select"):
        chosen = one.find(".//option[@selected]")
        found[one.get("name")] = chosen.get("value") or chosen.text
    return found


async def made(client: AsyncClient, program: AsyncClient, **changes: str) -> dict:
    """Go, and return the moment one comes to stand at."""
    form = filled(page_of(await client.get("/exercise")))
    answer = await client.post("/exercise", data=form | changes)
    assert answer.status_code == 303, text_of(page_of(answer).root)
    return await moment(program, answer.headers["location"].split("/")[2].split("?")[0])


async def test_the_screen_as_it_opens_is_the_textbooks_page(
    browser: AsyncClient, program: AsyncClient
) -> None:
    found = await made(browser, program)
    page = PRESETS["textbook"]
    assert found["parameters"]["w"]["1"] == [[0.15, 0.2], [0.25, 0.3]]
    assert (found["x"], found["y"]) == ([[0.05], [0.1]], [[0.01], [0.99]])
    assert (found["recipe"]["held"], found["eta"], found["place"]) == (list(page.held), 0.5, 0)
    answer = await browser.post("/exercise", data=filled(page_of(await browser.get("/exercise"))))
    assert answer.headers["location"].endswith("?voice=maths&digits=8")


async def test_a_square_matrix_is_asked_about_and_then_taken_as_it_was_meant(
    browser: AsyncClient, program: AsyncClient
) -> None:
    form = filled(page_of(await browser.get("/exercise"))) | {"dials": SQUARE}
    asked = await browser.post("/exercise", data=form)
    assert asked.status_code == 200
    keys = [
        one.get("value") for one in page_of(asked)["exercise"].iter("input") if one.get("type") == "radio"
    ]
    assert keys == ["rows-turns", "columns-turns"]
    assert filled(page_of(asked)) == form
    rows, columns = [await made(browser, program, dials=SQUARE, take=key) for key in keys]
    assert rows["parameters"]["w"]["1"] == [[0.11, 0.12], [0.13, 0.14]]
    assert columns["parameters"]["w"]["1"] == [[0.11, 0.13], [0.12, 0.14]]


async def test_targets_may_be_shares_and_dials_be_drawn(browser: AsyncClient, program: AsyncClient) -> None:
    more = {"layers": "2-3", "examples": "1 2 → .7 .2 .1", "dials": "", "output": "softmax"}
    found = await made(browser, program, **more, cost="cross-entropy", biases="move")
    assert found["y"] == [[0.7], [0.2], [0.1]]
    assert "parameters" not in found["recipe"]
    assert "held" not in found["recipe"]


async def test_a_network_without_biases_has_none(browser: AsyncClient, program: AsyncClient) -> None:
    found = await made(browser, program, dials="", biases="none")
    assert found["recipe"]["biases"] is False
    assert found["parameters"]["b"] == {"1": [[0.0], [0.0]], "2": [[0.0], [0.0]]}


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("layers", "two", "Write the sizes of all layers"),
        ("examples", "1 2 3", "Line 1: 3 numbers. This network takes 2 inputs, then 2 targets"),
        ("examples", "", "Write at least one example"),
        ("dials", "1 2 3", "This network has 12 dials; there are 3 numbers here."),
        ("eta", "fast", "This must be a number above 0"),
        ("cost", "hinge", "Choose one of"),
        ("biases", "none", "This network has no biases, so all of them must be 0 here."),
    ],
)
async def test_a_mistake_is_told_beside_its_field_and_nothing_is_lost(
    browser: AsyncClient, field: str, text: str, said: str
) -> None:
    form = filled(page_of(await browser.get("/exercise"))) | {field: text}
    answer = await browser.post("/exercise", data=form)
    page, beside = page_of(answer), "dials" if field == "biases" else field
    assert answer.status_code == 422
    assert said in text_of(page[f"wrong-{beside}"])
    if field != "cost":
        assert filled(page) == form


async def test_a_form_that_is_none_is_a_mistake_and_no_failure(program: AsyncClient) -> None:
    assert (await program.post("/exercise", content=b"x")).status_code == 422


PAGES = [  # the form, and by dial what the book prints after the step
    (  # J. Han, M. Kamber, J. Pei: Data Mining, 3rd edition, example 9.1
        {
            "layers": "3-2-1",
            "examples": "1 0 1 → 1",
            "dials": "0.2 0.4 −0.5 −0.4\n−0.3 0.1 0.2 0.2\n−0.3 −0.2 0.1",
            "eta": "0,9",
        },
        {"w2": [[-0.261, -0.138]], "b2": [[0.218]], "w1": [[0.192, 0.4, -0.508], [-0.306, 0.1, 0.194]]},
        3,
    ),
    (  # M. Negnevitsky: Artificial Intelligence, the first step on XOR; it subtracts thresholds
        {
            "layers": "2 2 1",
            "examples": "1 1 | 0",
            "dials": "W1 = [0.5 0.4; 0.9 1.0]\ntheta1 = [0.8 -0.1]\nW2 = [-1.2 1.1]\ntheta2 = [0.3]",
            "eta": "0.1",
            "take": "rows",
        },
        {"w2": [[-1.2067, 1.0888]], "b2": [[-0.3127]], "w1": [[0.5038, 0.4038], [0.8985, 0.9985]]},
        4,
    ),
]


@pytest.mark.parametrize(("form", "printed", "decimals"), PAGES)
async def test_a_books_page_gives_the_books_numbers(
    browser: AsyncClient, program: AsyncClient, form: dict, printed: dict, decimals: int
) -> None:
    at = await made(browser, program, **form, biases="move")
    answer = await browser.post(f"/labs/{at['id']}/next?at=0&stride=iteration")
    assert answer.status_code == 303
    after = (await moment(program, at["id"]))["after"]
    for name, block in printed.items():
        found = [[round(value, decimals) for value in row] for row in after[name[0]][name[1]]]
        assert found == block, name


async def test_a_broken_form_is_a_mistake_too(program: AsyncClient) -> None:
    answer = await program.post("/exercise", content=b"--x", headers={"content-type": "multipart/form-data"})
    assert answer.status_code == 422
