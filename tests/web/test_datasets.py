"""People bring their own examples: a table or points, nothing of the form is lost, and the recipe that waited
goes on."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from httpx import AsyncClient, Response

from app.story.points import BOTH_NEEDED, WRONG_PLACE, WRONG_POINTS, too_many
from tests.web.tree import Page, text_of
from tests.web.visitor import moment, page_of

pytestmark = pytest.mark.anyio
IRIS = "len,wid,kind\n5.1,3.5,setosa\n4.9,3.0,setosa\n7.0,3.2,versicolor\n6.4,3.1,versicolor\n"
POINTS = "1_0.5_0.5 0_-0.5_-0.5"


async def use(browser: AsyncClient, text: str, **fields: str) -> Response:
    return await browser.post(
        "/data/table", files={"text": (None, text), **{n: (None, v) for n, v in fields.items()}}
    )


async def learned(
    browser: AsyncClient, program: AsyncClient, answer: Response, **more: str
) -> dict[str, Any]:
    """Make the network of the recipe an answer leads to; return the moment."""
    assert answer.status_code == 303, answer.text
    page = page_of(await browser.get(answer.headers["location"]))
    assert text_of(page["own-note"])
    query = {
        name: values[-1] for name, values in parse_qs(urlsplit(answer.headers["location"]).query).items()
    }
    made = await browser.post("/labs", data={**query, "test": "0", **more})
    assert made.status_code == 303, made.text
    return await moment(program, made.headers["location"].split("/")[2])


def said(page: Page) -> str:
    return text_of(page["said"])


async def test_the_recipe_that_is_being_written_waits_and_goes_on(
    browser: AsyncClient, program: AsyncClient
) -> None:
    waiting = {"data": "sine", "hidden": "5, 2", "eta": "0.07", "output": "linear", "parameters": "[" * 3000}
    first = page_of(await browser.get("/data", params=waiting))
    kept = first["table"].find(".//input[@name='kept']").get("value")
    assert first["points"].find(".//input[@name='kept']").get("value") == kept
    answer = await use(browser, IRIS, kept=kept)
    found = (await learned(browser, program, answer))["recipe"]
    assert (found["hidden"], found["eta"], found["output"]) == ([5, 2], 0.07, "sigmoid")
    assert found["data"]["note"].startswith("From a table. Inputs: len and wid.")


async def test_more_than_two_names_are_what_the_outputs_are_called(
    browser: AsyncClient, program: AsyncClient
) -> None:
    found = await learned(browser, program, await use(browser, f"{IRIS}6.3,3.3,{'virginica' * 9}\n"))
    assert found["recipe"]["data"]["classes"] == ["setosa", "versicolor", ("virginica" * 9)[:40]]
    assert "classes" not in (await learned(browser, program, await use(browser, IRIS)))["recipe"]["data"]


async def test_a_table_is_read_as_it_stands(browser: AsyncClient, program: AsyncClient) -> None:
    found = await learned(browser, program, await use(browser, IRIS), batch="4")
    assert (found["x"], found["y"]) == ([[5.1, 4.9, 7.0, 6.4], [3.5, 3.0, 3.2, 3.1]], [[0, 0, 1, 1]])
    scaled = await learned(browser, program, await use(browser, IRIS, scale="1", shuffle="1"), batch="4")
    assert sorted(scaled["x"][1]) == [-1.0, pytest.approx(-0.6), pytest.approx(-0.2), 1.0]
    assert "scaled to −1 … 1" in scaled["recipe"]["data"]["note"]


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (IRIS.encode(), "setosa"),
        (b"\xef\xbb\xbf" + IRIS.encode(), "setosa"),
        (IRIS.encode("utf-16"), "setosa"),
        (IRIS.replace("setosa", "Möve").encode("cp1252"), "Möve"),
        (IRIS.replace("setosa", "Möve").encode(), "Möve"),
    ],
)
async def test_an_uploaded_file_is_read_whatever_program_wrote_it(
    browser: AsyncClient, program: AsyncClient, body: bytes, name: str
) -> None:
    answer = await browser.post("/data/table", data={"text": "ignored"}, files={"file": ("iris.csv", body)})
    assert f"for {name}" in (await learned(browser, program, answer))["recipe"]["data"]["note"]


async def test_bad_lines_are_listed_and_nothing_of_the_form_is_lost(browser: AsyncClient) -> None:
    text = IRIS + "6.9,3.1\n6,oops,a&b\n"
    wishes = {
        "inputs": "len, wid",
        "target": "kind",
        "header": "yes",
        "kind": "classes",
        "separator": "comma",
    }
    answer = await use(browser, text, **wishes, kept="eta=1")
    assert answer.status_code == 422
    page = page_of(answer)
    listed = [text_of(line) for line in page["bad"]]
    assert listed == [
        "Line 6 has 2 cells, and the first line has 3.",
        "Line 7 has “oops” in column 2, which is no number.",
    ]
    assert page["sheet"].text.removeprefix("\n") == text
    assert [page[name].get("value") for name in ("inputs", "target")] == ["len, wid", "kind"]
    for name, key in (("header", "yes"), ("kind", "classes"), ("separator", "comma")):
        assert page[name].find("option[@selected]").get("value") == key
    ticks = page["table"].findall(".//input[@type='checkbox']")
    assert {box.get("name"): box.get("checked") for box in ticks} == {
        "scale": None,
        "shuffle": None,
        "skip": None,
    }
    assert page["table"].find(".//input[@name='kept']").get("value") == "eta=1"
    assert (await use(browser, text, skip="1")).status_code == 303


@pytest.mark.parametrize(
    ("text", "fields", "field", "words"),
    [
        ("", {}, "text", "Paste a table"),
        ("1,2\n3,4", {"target": "x"}, "target", "There is no column “x”"),
        ("1,2\n3,4", {"inputs": "2"}, "inputs", "the target cannot be one"),
        ("1\n2", {}, "separator", "cut into columns"),
    ],
)
async def test_a_mistake_is_told_beside_its_field(
    browser: AsyncClient, text: str, fields: dict[str, str], field: str, words: str
) -> None:
    answer = await use(browser, text, **fields)
    assert answer.status_code == 422
    page = page_of(answer)
    assert words in text_of(page[f"wrong-{field}"])
    assert page["sheet" if field == "text" else field].get("aria-describedby") == f"wrong-{field}"


async def test_what_is_no_form_or_far_too_much_is_refused_in_words(browser: AsyncClient) -> None:
    for kind in ("text/plain", "multipart/form-data", "multipart/form-data; boundary=x"):
        answer = await browser.post("/data/table", content=b"1,2", headers={"content-type": kind})
        assert answer.status_code == 422
    answer = await use(browser, "1,2\n" * 1_800_000)
    assert answer.status_code == 413
    assert "Go back in your browser" in answer.text


async def test_a_table_that_is_too_large_comes_back_with_everything_that_was_filled_in(
    browser: AsyncClient,
) -> None:
    wishes, much = {"inputs": "1", "target": "2", "kept": "eta=0.07"}, "1,2\n" * 1_400_000
    answer = await use(browser, much, **wishes)
    page = page_of(answer)
    assert (answer.status_code, page["sheet"].text.strip()) == (422, much.strip())
    assert "up to 5 MB" in text_of(page["wrong-text"])
    fields = {"text": (None, IRIS), **{name: (None, value) for name, value in wishes.items()}}
    answer = await browser.post("/data/table", files=fields | {"file": ("big.csv", b"1,2\n" * 1_400_000)})
    page = page_of(answer)
    assert (answer.status_code, page["sheet"].text.strip()) == (422, IRIS.strip())
    assert "up to 5 MB" in text_of(page["wrong-file"])
    for shown in (page, page_of(await use(browser, much, **wishes))):
        assert [shown[name].get("value") for name in ("inputs", "target")] == ["1", "2"]
        assert shown["table"].find(".//input[@name='kept']").get("value") == "eta=0.07"


async def test_unknown_choices_are_found_out_instead(browser: AsyncClient) -> None:
    assert (await use(browser, IRIS, separator="pipe", header="perhaps", kind="")).status_code == 303


async def test_points_are_set_by_clicks_and_by_typing_and_erased(browser: AsyncClient) -> None:
    page = page_of(
        await browser.get("/data", params={"points": POINTS, "kind": "1", "at.x": "0", "at.y": "279"})
    )
    assert said(page) == "Set at (−1, −1): a filled point, class 1. 3 points: 1 of class 0, 2 of class 1."
    points = page["points"].find("input[@name='points']").get("value")
    assert points == f"{POINTS} 1_-1_-1"
    page = page_of(
        await browser.get(
            "/data", params={"points": points, "kind": "0", "do": "add", "x": "0,25", "y": "1/2"}
        )
    )
    assert said(page).startswith("Set at (0.25, 0.5): an empty point, class 0.")
    points = page["points"].find("input[@name='points']").get("value")
    page = page_of(
        await browser.get(
            "/data", params={"points": points, "kind": "erase", "do": "add", "x": "-0.45", "y": "-.5"}
        )
    )
    assert said(page).startswith("Erased near (−0.45, −0.5).")
    assert len(list(page["points"].iterfind(".//div/svg/circle"))) == 3
    page = page_of(
        await browser.get("/data", params={"points": points, "kind": "erase", "at.x": "0", "at.y": "0"})
    )
    assert said(page).startswith("There is no point near (−1, 1).")
    page = page_of(await browser.get("/data", params={"points": points, "do": "clear"}))
    assert said(page) == "All points are gone. 0 points: 0 of class 0, 0 of class 1."


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"points": POINTS, "do": "add", "x": "2", "y": "0"}, WRONG_PLACE),
        ({"do": "add", "x": "here", "y": ""}, WRONG_PLACE),
        ({"points": "x"}, WRONG_POINTS),
        ({"points": " ".join(["1_0_0"] * 500), "at.x": "3", "at.y": "3"}, too_many()),
    ],
)
async def test_a_mistake_on_the_plane_is_told_and_the_points_stay(
    browser: AsyncClient, query: dict[str, str], words: str
) -> None:
    page = page_of(await browser.get("/data", params=query))
    assert text_of(page["wrong-points"]) == words
    kept = page["points"].find("input[@name='points']").get("value")
    assert kept == ("" if words == WRONG_POINTS else query.get("points", ""))


async def test_points_become_examples(browser: AsyncClient, program: AsyncClient) -> None:
    answer = await browser.post(
        "/data/points", data={"points": POINTS, "kept": "hidden=4&eta=0.5&parameters=x&colour=red"}
    )
    found = await learned(browser, program, answer, batch="2")
    assert (found["x"], found["y"]) == ([[0.5, -0.5], [0.5, -0.5]], [[1, 0]])
    assert (found["recipe"]["hidden"], found["recipe"]["eta"]) == ([4], 0.5)


@pytest.mark.parametrize("points", ["", "1_0_0 1_0.5_0", "nothing"])
async def test_one_class_is_not_enough_to_learn_from(browser: AsyncClient, points: str) -> None:
    answer = await browser.post("/data/points", data={"points": points})
    assert answer.status_code == 422
    assert text_of(page_of(answer)["wrong-points"]) == (WRONG_POINTS if points == "nothing" else BOTH_NEEDED)


async def test_the_note_stays_beside_the_lab(browser: AsyncClient) -> None:
    answer = await browser.post("/data/points", data={"points": POINTS})
    query = parse_qs(urlsplit(answer.headers["location"]).query)
    made = await browser.post("/labs", data={"data": query["data"][0]})
    assert "set by hand" in text_of(page_of(await browser.get(made.headers["location"]))["own-note"])
