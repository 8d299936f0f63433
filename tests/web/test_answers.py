"""Every answer in the form its asker wants: a page, the part that is swapped, a redirect, JSON; errors in
words."""

from __future__ import annotations

import pytest
from httpx import AsyncClient, Response

from app.web.openapi import LAST_PLACE
from tests.web.tree import read, text_of
from tests.web.visitor import make, page_of, place, press

pytestmark = pytest.mark.anyio
GONE = "There is no lab at this address. It may have been swept away after a long rest."
NO_PAGE = "There is no page at this address."
NOT_ALLOWED = "This address cannot be used that way."
UNREADABLE = "This cannot be read."
ERRORS = [
    ("GET", "/nowhere", 404, NO_PAGE),
    ("GET", "/static/nothing.css", 404, NO_PAGE),
    ("GET", "/static/../app/main.py", 404, NO_PAGE),
    ("GET", "/static/%2e%2e/app/main.py", 404, NO_PAGE),
    ("GET", "/labs/nobody", 404, GONE),
    ("GET", "/labs/no%00body", 404, GONE),
    ("GET", "/labs/" + "a" * 300, 404, GONE),
    ("GET", "/labs/nobody.json", 404, GONE),
    ("POST", "/labs/nobody/next?at=0", 404, GONE),
    ("POST", "/labs/nobody/copy", 404, GONE),
    ("POST", "/labs/nobody/reshape", 404, GONE),
    ("GET", "/labs", 405, NOT_ALLOWED),
    ("GET", "/theme", 405, NOT_ALLOWED),
    ("PUT", "/labs/nobody", 405, NOT_ALLOWED),
    ("DELETE", "/", 405, NOT_ALLOWED),
    ("POST", "/labs/nobody/next", 422, "at: This is needed."),
    ("POST", "/labs/nobody/next?at=-1", 422, "at: This must be 0 or more."),
    ("POST", "/labs/nobody/next?at=9999999999", 422, f"at: This can be {LAST_PLACE:,} at most."),
    ("POST", "/labs/nobody/skip?at=0&iterations=30000", 422, "iterations: This can be 20,000 at most."),
    ("POST", "/labs/nobody/next?at=soon", 422, f"at: {UNREADABLE}"),
    ("POST", "/labs/nobody/next?at=0&stride=mile", 422, f"stride: {UNREADABLE}"),
    ("POST", "/labs/nobody/go?at=0", 422, "to: This is needed."),
    ("POST", "/labs/nobody/go?at=0&to=1e3", 422, f"to: {UNREADABLE}"),
    ("POST", "/theme", 422, "to: This is needed."),
]
VIEWS = [
    "lens=rose",
    "pace=slow",
    "example=one",
    "play=2",
    "pick=n-1",
    "pick=n-1-1%0A",
    "panel=wood",
    "voice=loud",
    f"epsilon={'1' * 13}",
]
OUTSIDE = [
    ("example=0", "This must be 1 or more."),
    ("example=501", "This can be 500 at most."),
    ("speed=4", "This can be 3 at most."),
    ("speed=0", "This must be 1 or more."),
]


def check_page_says(answer: Response, words: str) -> None:
    page = page_of(answer)
    assert words in text_of(page["main"])
    assert page["main"].find(".//a[@href='/']") is not None


@pytest.mark.parametrize(("method", "path", "status", "words"), ERRORS)
async def test_an_error_is_told_in_words_to_programs_people_and_htmx(
    program: AsyncClient,
    browser: AsyncClient,
    htmx: AsyncClient,
    method: str,
    path: str,
    status: int,
    words: str,
) -> None:
    answer = await program.request(method, path)
    assert (answer.status_code, answer.json()["detail"]) == (status, words)
    answer = await browser.request(method, path)
    assert answer.status_code == status
    check_page_says(answer, words)
    answer = await htmx.request(method, path)
    assert (answer.status_code, answer.headers["hx-retarget"], answer.headers["hx-reswap"]) == (
        status,
        "#notice",
        "innerHTML",
    )
    assert text_of(read(answer.text).root) == words


@pytest.mark.parametrize(("query", "said"), [*((view, UNREADABLE) for view in VIEWS), *OUTSIDE])
async def test_a_view_that_does_not_exist_is_refused_and_moves_nothing_and_leads_back_to_the_lab(
    program: AsyncClient, browser: AsyncClient, query: str, said: str
) -> None:
    lab, name = await make(program), query.split("=")[0]
    answer = await program.post(f"/labs/{lab}/next?at=0&{query}")
    assert (answer.status_code, answer.json()["fields"]) == (422, {name: said})
    answer = await browser.get(f"/labs/{lab}?{query}")
    check_page_says(answer, f"{name}: {said}")
    assert [link.get("href") for link in page_of(answer)["main"].iter("a")] == [f"/labs/{lab}", "/"]
    assert await place(program, lab) == 0


@pytest.mark.parametrize(
    "accept", ["application/json", "application/json;q=0.9, */*", "text/plain, application/json"]
)
async def test_who_asks_for_json_and_not_for_html_gets_json(browser: AsyncClient, accept: str) -> None:
    lab = await make(browser)
    answer = await browser.post(f"/labs/{lab}/next?at=0", headers={"accept": accept})
    assert (answer.status_code, answer.json()["place"]) == (200, 3)


@pytest.mark.parametrize("accept", ["*/*", "", "text/html", "text/html, application/json", "image/png"])
async def test_everybody_else_gets_the_page(browser: AsyncClient, accept: str) -> None:
    lab = await make(browser)
    assert "stage" in page_of(await browser.get(f"/labs/{lab}", headers={"accept": accept})).ids


async def test_without_javascript_a_press_leads_back_to_the_page(browser: AsyncClient) -> None:
    lab = await make(browser)
    answer = await press(browser, lab, "next", 0, lens="weights")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/labs/{lab}?lens=weights")
    answer = await press(browser, lab, "next", 0)  # stale: nothing moved, and the page says so
    assert answer.status_code == 200
    assert "already moved on" in text_of(page_of(answer)["notice"])


async def test_htmx_gets_the_lab_and_nothing_around_it(htmx: AsyncClient) -> None:
    lab = await make(htmx)
    answers = [
        await htmx.get(f"/labs/{lab}"),
        await press(htmx, lab, "next", 0),
        await press(htmx, lab, "next", 0),
    ]
    for answer in answers:
        assert answer.status_code == 200
        assert [element.get("id") for element in page_of(answer).root] == ["lab"]


async def test_the_whole_page_is_one_valid_document_around_the_same_lab(htmx: AsyncClient) -> None:
    lab = await make(htmx)
    part = (await htmx.get(f"/labs/{lab}")).text
    page = await htmx.get(f"/labs/{lab}", headers={"hx-request": ""})
    assert page.text.startswith("<!doctype html>")
    assert part.strip() in page.text
    root = page_of(page).root
    assert [element.tag for element in root] == ["html"]
    assert root[0].get("lang") == "en"
    assert text_of(root.find(".//title")) == "AND · 2 → 3 → 1 · tanh · Blame Game"


@pytest.mark.parametrize("path", ["/", "/recipe", "/recipe?eta=x&hidden=a", "/nowhere"])
@pytest.mark.parametrize("theme", ["auto", "light", "dark", "projector", "pink"])
async def test_every_page_is_valid_and_wears_the_chosen_theme(
    browser: AsyncClient, path: str, theme: str
) -> None:
    browser.cookies.set("theme", theme)
    root = page_of(await browser.get(path)).root
    assert root[0].get("data-theme") == (theme if theme != "pink" else "auto")


async def test_health_is_told_while_the_store_answers(program: AsyncClient) -> None:
    answer = await program.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
