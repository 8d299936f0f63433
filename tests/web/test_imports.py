"""A kept moment comes back: as a copy standing there; what is no such file gets a sentence and loses
nothing."""

from __future__ import annotations

import json

import pytest
from httpx import AsyncClient

from app.lab.lab import Lab
from app.lab.recipe import Change, Recipe
from app.limits import FILE_BYTES
from app.story import refusals as words
from tests.web.test_exports import exported
from tests.web.tree import read, text_of

pytestmark = pytest.mark.anyio
RECIPE = Recipe(
    data="xor",
    hidden=(2,),
    parameters=tuple(range(9)),
    changes=(Change(1, "b-1-2", 0.5), Change(1, "eta", 0.2)),
)
LARGEST = Recipe(
    data="digits", hidden=(16,) * 6, output="softmax", activation="relu", optimiser="adam", batch=10, eta=0.01
)


@pytest.mark.parametrize("recipe", [Recipe(), RECIPE, LARGEST])
async def test_what_was_kept_opens_as_a_copy_of_ones_own_standing_there(
    program: AsyncClient, browser: AsyncClient, recipe: Recipe
) -> None:
    place = 2 * len(Lab(recipe).moments) - 1
    kept = await exported(program, "json", place, recipe)
    for sent in (
        {"files": {"file": ("kept.json", kept.content)}},
        {"data": {"text": kept.text}, "files": {"file": ("", b"")}},
    ):
        answer = await browser.post("/labs/load", **sent)
        assert answer.status_code == 303
        mine = (await browser.get(f"{answer.headers['location']}.json")).json()
        true = kept.json()
        assert mine["id"] != true["id"]
        assert mine == {name: true[name] for name in mine} | {"id": mine["id"]}
    assert (await browser.post(f"{answer.headers['location']}/back?at={place}")).status_code == 303


async def test_a_program_sends_the_file_as_it_is(program: AsyncClient) -> None:
    marked = b"\xef\xbb\xbf" + (await exported(program, "json", 7)).content
    answer = await program.post("/labs/load", content=marked, headers={"content-type": "application/json"})
    assert answer.status_code == 201
    assert answer.json()["place"] == 7


def kept(**changes: object) -> str:
    """Return a short kept file, changed."""
    return json.dumps({"schema": 1, "recipe": {"data": "and"}, "place": 3, **changes})


NONSENSE = [
    ("", words.NO_FILE),
    ("  \n", words.NO_FILE),
    ("hello", words.NOT_A_FILE),
    ("[1, 2]", words.NOT_A_FILE),
    ("{}", words.NOT_A_FILE),
    ('{"recipe": 3}', words.NOT_A_FILE),
    ("[" * 5000, words.NOT_A_FILE),
    (kept(schema=3), words.NEWER_FILE),
    (kept(schema="one"), words.NEWER_FILE),
    (kept(place=-1), words.WRONG_PLACE),
    (kept(place=1.5), words.WRONG_PLACE),
    (kept(place=True), words.WRONG_PLACE),
    (kept(place=10**9), words.WRONG_PLACE),
    (kept(recipe={"eta": -1}), "eta: This must be a number above 0, up to 100."),
    (kept(recipe={"eta": float("nan")}), "eta: This must be a number above 0, up to 100."),
    (kept(recipe={"colour": "red"}), "colour: There is no field of this name."),
    (kept(recipe={"batch": 5}), "batch: AND has 4 examples, so a batch can hold 1 to 4."),
]


@pytest.mark.parametrize(("text", "sentence"), NONSENSE)
async def test_nonsense_gets_a_sentence_and_stays_in_its_field(
    program: AsyncClient, browser: AsyncClient, text: str, sentence: str
) -> None:
    answer = await browser.post("/labs/load", data={"text": text})
    page = read(answer.text)
    assert answer.status_code == 422
    assert text_of(page["wrong-file"]) == sentence
    assert (page["text"].text or "") == text.lstrip("\n")
    assert page["text"].get("aria-describedby") == "wrong-file"
    assert page["hidden"].get("value") == "3"
    told = await program.post("/labs/load", content=text, headers={"content-type": "application/json"})
    assert told.status_code == 422
    assert told.json()["detail"].endswith(sentence)


async def test_what_is_no_text_at_all_gets_the_same_sentence(browser: AsyncClient) -> None:
    for content in (b"\x89PNG\r\n\x1a\n\x00\xff", b"\xff\xfe{\x00}\x00", b'{"recipe": "\xff"}'):
        answer = await browser.post("/labs/load", files={"file": ("picture.png", content)})
        assert answer.status_code == 422
        assert text_of(read(answer.text)["wrong-file"]) == words.NOT_A_FILE


async def test_a_file_field_that_is_no_file_is_no_file(browser: AsyncClient) -> None:
    answer = await browser.post("/labs/load", data={"file": "kept.json"})
    assert text_of(read(answer.text)["wrong-file"]) == words.NO_FILE


async def test_a_long_text_that_is_nonsense_is_not_sent_back(browser: AsyncClient) -> None:
    answer = await browser.post("/labs/load", files={"text": (None, "x" * 100_000)})
    assert answer.status_code == 422
    assert not read(answer.text)["text"].text


async def test_more_than_any_moment_needs_is_refused_in_words(program: AsyncClient) -> None:
    headers = {"content-type": "application/json"}
    answer = await program.post("/labs/load", content=b" " * (FILE_BYTES + 1), headers=headers)
    assert answer.status_code == 413
    assert answer.json()["detail"] == words.too_large("file")
    assert (await program.post("/labs", content=b" " * (FILE_BYTES + 1), headers=headers)).json()[
        "detail"
    ] == words.too_large("body")


async def test_a_broken_form_is_answered_in_words(browser: AsyncClient) -> None:
    headers = {"content-type": "multipart/form-data; boundary=x"}
    answer = await browser.post("/labs/load", content=b"--x\r\nno head", headers=headers)
    assert answer.status_code == 422
    assert text_of(read(answer.text)["wrong-file"]) == words.NO_FILE


async def test_a_place_beyond_the_run_is_its_end_or_its_start(program: AsyncClient) -> None:
    wild = {"data": "xor", "cost": "quadratic", "output": "linear", "eta": 100}
    answer = await program.post("/labs/load", json={"recipe": wild, "place": 5000})
    assert answer.status_code == 201
    assert answer.json()["place"] == 0
