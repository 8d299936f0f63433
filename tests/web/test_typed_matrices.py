"""Pasted matrices on the page: what was understood is shown before it is taken, what fits two ways is asked,
and what does not fit is named."""

from __future__ import annotations

import pytest
from httpx import AsyncClient

from tests.web.test_typed_dials import B, W, type_in
from tests.web.tree import text_of
from tests.web.visitor import make, moment, page_of

pytestmark = pytest.mark.anyio
EXERCISE = "[[.11 .12]\n [.13 .14]]\n[.15 .16]\n[[.21 .22]\n [.23 .24]]\n[.25 .26]"
ROWS = {"1": [[0.11, 0.12], [0.13, 0.14]], "2": [[0.21, 0.22], [0.23, 0.24]]}
COLUMNS = {"1": [[0.11, 0.13], [0.12, 0.14]], "2": [[0.21, 0.23], [0.22, 0.24]]}
TAUGHT = "coefs_ = [[[1, 4, 7], [2, 5, 8]], [[10], [11], [12]]]\nintercepts_ = [[3, 6, 9], [1/2]]"
NEEDED = (
    "This network has 2 layers. It takes a matrix of weights and a list of biases for each, or for each one "
    "matrix with both in it."
)
HALF_ADDER = {"data": "half-adder", "hidden": [2]}


async def test_matrices_that_fit_two_ways_are_shown_both_ways_and_set_as_chosen(
    browser: AsyncClient, htmx: AsyncClient
) -> None:
    for client in (browser, htmx):
        lab = await make(client, **HALF_ADDER)
        before = await moment(client, lab)
        answer = await type_in(client, lab, 0, EXERCISE)
        page = page_of(answer)
        assert (answer.status_code, await moment(client, lab)) == (200, before)
        assert page["dials"].text.strip() == EXERCISE
        form = page["take"]
        radios = [field for field in form.iter("input") if field.get("type") == "radio"]
        assert [field.get("value") for field in radios] == ["rows-turns", "columns-turns"]
        tables = [[text_of(cell) for cell in table.iter("td")] for table in form.iter("table")]
        assert tables[0] == ["0.11", "0.12", "0.15", "0.13", "0.14", "0.16"]
        assert tables[2] == ["0.11", "0.13", "0.15", "0.12", "0.14", "0.16"]
        bold = [text_of(one) for one in form.iter("strong")]
        assert bold == ["0.12", "0.13", "0.22", "0.23", "0.13", "0.12", "0.23", "0.22"]
        sent = next(field.get("value") for field in form.iter("input") if field.get("name") == "text")
        await client.post(form.get("action"), data={"text": sent, "take": "columns-turns"})
        assert (await moment(client, lab))["parameters"]["w"] == COLUMNS


async def test_matrices_that_fit_one_way_are_shown_before_they_are_set(browser: AsyncClient) -> None:
    lab = await make(browser)
    page = page_of(await type_in(browser, lab, 0, TAUGHT))
    form = page["take"]
    data = {field.get("name"): field.get("value") for field in form.iter("input")}
    assert data == {"text": TAUGHT, "take": "columns"}
    assert (
        text_of(form.find("div").find("p"))
        == "In your matrices each column is a neuron, as in Keras and scikit-learn."
    )
    assert not [*form.iter("strong")]
    assert (await moment(browser, lab))["parameters"]["w"] != W
    answer = await browser.post(form.get("action"), data=data)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/labs/{lab}?panel=dials")
    assert (await moment(browser, lab))["parameters"] == {"w": W, "b": B}


async def test_a_program_says_which_reading_it_means_where_there_are_several(program: AsyncClient) -> None:
    lab = await make(program)
    assert (await type_in(program, lab, 0, TAUGHT)).json()["parameters"] == {"w": W, "b": B}
    lab = await make(program, **HALF_ADDER)
    for where in ("", "&take=lines"):
        answer = await program.post(
            f"/labs/{lab}/dials?at=0{where}", files={"file": ("dials.txt", EXERCISE.encode())}
        )
        assert answer.status_code == 422
        assert answer.json()["fields"]["dials"] == (
            "This can be read in 2 ways; say which. "
            "take=rows-turns: In your matrices each row is a neuron, as in PyTorch and most textbooks. "
            "take=columns-turns: In your matrices each column is a neuron, as in Keras and scikit-learn."
        )
    for take, w in (("rows-turns", ROWS), ("columns-turns", COLUMNS)):
        query = f"/labs/{lab}/dials?at=0&take={take}"
        answer = await program.post(query, files={"file": ("dials.txt", EXERCISE.encode())})
        assert answer.json()["parameters"]["w"] == w


async def test_a_mistake_elsewhere_is_no_text_to_be_understood(htmx: AsyncClient) -> None:
    lab, query = await make(htmx), {"at": 0, "panel": "dials"}
    answer = await htmx.post(f"/labs/{lab}/change", params=query, data={"what": "eta", "value": "[["})
    assert (answer.status_code, "take" in page_of(answer).ids) == (422, False)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "W1 = [[1,2],[3,4]]\nb1 = [1,2]\nW2 = [[1,2]]\nb2 = [1]",
            "“W1” is 2 × 2. The weights into layer 1 must be 3 × 2, a row for each neuron.",
        ),
        (
            "coefs_ = [[[1,2],[3,4]], [[1],[2],[3]]]\nintercepts_ = [[1,2,3], [1]]",
            "“coefs_” is 2 × 2. The weights into layer 1 must be 2 × 3, a column for each neuron.",
        ),
        ("[[1,2],[3,4],[5,6]] [1,2] [[1,2,3]] [1]", "Array 2 is 1 × 2. Layer 1 needs a list of 3 biases."),
        (
            "[[1,2,3],[3,4,5]] [[1,2,3,4]]",
            "Array 1 is 2 × 3. The weights into layer 1, with the biases in the same matrix, must be 3 × 3, "
            "a row for each neuron.",
        ),
        ("W1 = [[1,2]]", f"{NEEDED} Here is one: “W1” (1 × 2)."),
        (
            "[[1]]" * 9,
            f"{NEEDED} Here are 9: {', '.join(f'array {n} (1 × 1)' for n in range(1, 9))} and 1 more.",
        ),
        (
            "[[1 … 2]]",
            "Line 1: dots stand for numbers that were left out. Print all of them, in NumPy after "
            "np.set_printoptions(threshold=sys.maxsize).",
        ),
    ],
)
async def test_what_does_not_fit_is_named(program: AsyncClient, text: str, sentence: str) -> None:
    lab = await make(program)
    assert (await type_in(program, lab, 0, text)).json()["fields"] == {"dials": sentence}
