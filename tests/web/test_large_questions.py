"""No answer is much larger than its question: whatever is too long is refused or cut."""

from __future__ import annotations

import json
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from httpx import AsyncClient

from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.page.links import Links
from app.page.view import View
from tests.web.visitor import make

pytestmark = pytest.mark.anyio
PAGE, GROWTH = 80_000, 6  # bytes of a whole page; how much escaping may add
TEXTS = ["1," * 30_000, "<" * 21_000, "[[1]]\n" * 5_000, '" ' * 15_000]
FIELDS = [
    "data",
    "hidden",
    "activation",
    "output",
    "eta",
    "seed",
    "parameters",
    "changes",
    "held",
    "biases",
    "x",
]
FORMS = {
    "/theme": ["to", "back_to"],
    "/data/points": ["points", "kept"],
    "/data/table": ["text", "kept", "inputs"],
    "/exercise": ["dials", "layers", "examples"],
    "/labs": ["hidden", "x"],
    "/labs/load": ["text"],
    "/labs/{}/change?at=0": ["what", "value"],
    "/labs/{}/dials?at=0": ["text"],
    "/labs/{}/reshape": ["hidden"],
    "/labs/{}/skip?at=0": ["below"],
}
BODIES = [
    {f"k{at}": 0 for at in range(5000)},
    {"k" * 60_000: 0},
    {"hidden": ["a"] * 12_000},
    {"parameters": {"w": {str(at): [] for at in range(5000)}, "b": {}}},
    {"parameters": {"w": {"z" * 60_000: []}, "b": {}}},
    {"data": {f"k{at}": 0 for at in range(5000)}},
    {"changes": [[1, "eta", 1]] * 4000},
    {"held": ["a"] * 10_000},
]
LARGEST = Recipe(data="digits", hidden=(16,) * 6, output="softmax")


@pytest.mark.no_cover  # twice as fast: shorter tests run these lines
@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:5])
async def test_no_answer_is_much_larger_than_its_question(browser: AsyncClient, text: str) -> None:
    sizes = {}
    lab, kind = await make(browser), {"content-type": "application/x-www-form-urlencoded"}
    for field in FIELDS:
        asked = urlencode({field: text})[:64_000]
        for path in ("/recipe", "/at") if field in ("hidden", "x") else ("/recipe",):
            answer = await browser.get(f"{path}?{asked}")
            sizes[path, field] = len(answer.content), len(asked)
    for path, fields in FORMS.items():
        for field in fields:
            asked = urlencode({field: text})[:64_000]
            answer = await browser.post(path.format(lab), content=asked, headers=kind)
            sizes[path, field] = len(answer.content), len(asked)
    assert {key: found for key, found in sizes.items() if found[0] > PAGE + GROWTH * found[1]} == {}


@pytest.mark.parametrize("body", BODIES, ids=lambda body: next(iter(body))[:9])
async def test_no_answer_is_much_larger_than_a_program_s_question(
    browser: AsyncClient, program: AsyncClient, body: dict
) -> None:
    for client in (browser, program):
        sent = json.dumps(body).encode()
        answer = await client.post("/labs", content=sent, headers={"content-type": "application/json"})
        assert answer.status_code == 422
        assert len(answer.content) < PAGE + GROWTH * len(sent)
        assert len(answer.content) < PAGE or len(body) == 1


async def test_what_is_too_long_comes_back_cut_and_a_field_nobody_knows_not_at_all(
    browser: AsyncClient,
) -> None:
    page = (await browser.get("/recipe", params={"eta": "7" * 60_000, "unheard-of": "9" * 1000})).text
    assert "7" * 10_000 in page
    assert "7" * 10_001 not in page
    assert "unheard-of" in page
    assert "9" * 9 not in page


async def test_a_table_of_very_many_columns_is_refused_and_of_many_the_first_are_listed(
    browser: AsyncClient,
) -> None:
    answer = await browser.post("/data/table", data={"text": "1 2\n" + "1 " * 2000})
    assert answer.status_code == 422
    answer = await browser.post("/data/table", data={"text": ("1 " * 2000 + "\n") * 3})
    assert (answer.status_code, "This table has 2,000 columns; up to 1,000 are read." in answer.text) == (
        422,
        True,
    )
    answer = await browser.post("/data/table", data={"text": ("1 " * 900 + "\n") * 3})
    assert (answer.status_code, "column 100<" in answer.text, "column 800<" in answer.text) == (
        200,
        True,
        False,
    )
    assert len(answer.content) < PAGE


@pytest.mark.parametrize(
    "path", ["/", "/labs/x", "/labs/x.json", "/static/keys.js", "/exercise", "/nowhere", "/livez"]
)
async def test_an_address_that_is_too_long_or_has_too_many_fields_is_refused(
    browser: AsyncClient, path: str
) -> None:
    for query, said in (("a=" + "1" * 8191, "longer than any"), ("a&" * 100, "up to 100 are taken")):
        answer = await browser.get(f"{path}?{query}")
        assert (answer.status_code, said in answer.text) == (414, True)
    assert (await browser.get(f"{path}?a={'1' * 8000}")).status_code != 414
    assert (await browser.get("/" + "a" * 9000)).status_code == 414


async def test_a_link_to_the_largest_network_with_all_its_digits_still_opens(browser: AsyncClient) -> None:
    dials = tuple(LARGEST.first_parameters().vector().tolist())
    link = Links("", Lab(replace(LARGEST, parameters=dials)), View()).link
    assert len(link) > 30_000
    answer = await browser.get(link, follow_redirects=True)
    assert answer.status_code == 200
    assert (await browser.get(link.replace("/at?", "/recipe?").replace("place", "seed"))).status_code == 200


async def test_a_form_of_too_many_fields_is_refused(browser: AsyncClient) -> None:
    kind = {"content-type": "application/x-www-form-urlencoded"}
    for path in ("/labs", "/theme", "/exercise", "/data/table"):
        answer = await browser.post(path, content="x=1&" * 100, headers=kind)
        assert (answer.status_code, "up to 100 are taken" in answer.text) == (413, True)
    many = {f"x{at}": (None, "1") for at in range(101)}
    assert (await browser.post("/labs", files=many)).status_code == 400
