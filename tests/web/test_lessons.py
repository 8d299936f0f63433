"""A lesson leads through the real page: it makes a lab, its cards move it, one can leave and come back."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.lab.budget import LONG
from app.lessons.lesson import LESSONS
from app.web import progress
from app.web.saved_labs import SavedLabs
from tests.web.tree import text_of
from tests.web.visitor import change, make, page_of, place, until_there

pytestmark = pytest.mark.anyio
DOWNHILL = LESSONS["downhill"]


async def entered(client: AsyncClient, key: str = "downhill", card: int = 1) -> str:
    """Enter a lesson, and return the address it leads to."""
    answer = await client.post(f"/lessons/{key}?card={card}")
    assert answer.status_code == 303
    return answer.headers["location"]


async def test_programs_are_told_of_the_lessons(program: AsyncClient) -> None:
    told = (await program.get("/lessons")).json()
    assert [one["key"] for one in told] == list(LESSONS)
    assert told[0] == {
        "key": "downhill",
        "title": DOWNHILL.title,
        "minutes": DOWNHILL.minutes,
        "steps": len(DOWNHILL.cards),
    }
    assert (await program.get("/lessons/downhill")).json() == told[0]
    lab = await make(program)
    for answer in (
        await program.get("/lessons/none"),
        await program.post("/lessons/none"),
        await program.post(f"/labs/{lab}/card?at=0&to=1"),
    ):
        assert answer.status_code == 404
    made = await program.post("/lessons/backward")
    assert made.status_code == 201
    assert made.json()["place"] == LESSONS["backward"].card(1).lab.place


@pytest.mark.parametrize("key", LESSONS)
async def test_every_lesson_can_be_pressed_through_and_is_then_finished(
    browser: AsyncClient, key: str
) -> None:
    lesson, address = LESSONS[key], await entered(browser, key)
    for number, card in enumerate(lesson.cards, 1):
        page = page_of(await browser.get(address))
        assert f"{number} of {len(lesson.cards)}" in text_of(page["lesson"])
        assert card.lab.moment.phase in page["lab"].get("class")
        assert "drawer" in page.ids
        assert ("close" in page.ids) == bool(card.panel or card.pick)
        assert "look-for" not in page.ids  # it would tell what the cards ask
        if number < len(lesson.cards):
            assert text_of(page["lesson-on"]) == ("Do it for me" if card.do else "On")
            moved = await browser.post(page["lesson-on"].get("formaction"))
            assert moved.status_code == 303
            address = moved.headers["location"]
    assert "lesson-on" not in page.ids
    assert ("lesson-next" in page.ids) == (lesson.number < len(LESSONS))
    listed = page_of(await browser.get("/lessons"))
    assert "finished" in text_of(listed[f"lesson-{key}"])


async def test_who_does_it_alone_is_let_on_and_who_strays_is_led_back(htmx: AsyncClient) -> None:
    address = await entered(htmx, card=2)
    lab, query = re.fullmatch(r"/labs/([^?]+)\?(.*)", address).groups()
    here = DOWNHILL.card(2).lab.place
    moved = page_of(await htmx.post(f"/labs/{lab}/next?at={here}&{query}&pace=iteration"))
    assert text_of(moved["lesson-on"]) == "On"
    assert "Done." in text_of(moved["lesson"])
    astray = page_of(await htmx.post(f"/labs/{lab}/go?at={DOWNHILL.card(3).lab.place}&to=0&{query}"))
    assert "your own way" in text_of(astray["lesson"])
    back = await htmx.post(astray["lesson-on"].get("formaction"))
    assert "card=2" in back.headers.get("hx-replace-url", address)
    assert "It answered" in text_of(page_of(back)["lesson-said"])
    await change(htmx, lab, here, "eta", 0.5)
    assert "your own way" in text_of(page_of(await htmx.get(address))["lesson"])
    again = page_of(await htmx.post(f"/labs/{lab}/card?at={here}&to=1&{query}"))
    assert "nobody knows yet" in text_of(again["lesson-said"])


async def test_on_leads_on_wherever_a_run_has_taken_the_lab_meanwhile(
    app: FastAPI, htmx: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = await entered(htmx, "nooks", card=2)
    page = page_of(await htmx.get(address))
    lab = re.match(r"/labs/([^?]+)", address)[1]
    on, store = page["lesson-on"].get("formaction"), app.state.labs.store.labs
    here, move, moved = LESSONS["nooks"].card(2).lab.place, store.move, []
    assert (await htmx.post(f"/labs/{lab}/next?at={here}")).status_code == 200

    def later(*kept: Any, **more: Any) -> Any:  # a run's slice has moved it between looking and moving
        moved.append(kept)
        return move(*kept, **more) if len(moved) > 1 else None

    monkeypatch.setattr(store, "move", later)
    there = page_of(await until_there(lambda: htmx.post(on)))
    assert "3 of 8" in text_of(there["lesson"])
    assert len(moved) == 2


async def test_a_card_that_is_far_ahead_is_waited_for_where_one_stands(
    htmx: AsyncClient, program: AsyncClient
) -> None:
    address = await entered(htmx, "nooks", card=4)
    lab = re.match(r"/labs/([^?]+)", address)[1]
    on = page_of(await htmx.get(address))["lesson-on"].get("formaction")
    with LONG:  # somebody works long just now, so that others get a little at a time
        answer = await htmx.post(on)
        page = page_of(answer)
        assert answer.status_code == 202
        assert "4 of 8" in text_of(page["lesson"])
        again = next(one for name, one in page.ids.items() if name.startswith("again-"))
        assert again.get("hx-post") == on
        there = page_of(await until_there(lambda: htmx.post(again.get("hx-post"))))
    assert "5 of 8" in text_of(there["lesson"])
    assert await place(htmx, lab) == LESSONS["nooks"].card(5).lab.place


async def test_a_lesson_asks_its_question_and_reveals_it_before_it_goes_on(browser: AsyncClient) -> None:
    page = page_of(await browser.get(await entered(browser, "backward", card=3)))
    assert "Which hidden neuron will get the most blame?" in text_of(page["question"])
    assert text_of(page["lesson-on"]) == "Do it for me"
    answered = await browser.post(page["picker"].get("action"), data={"choice": "n-1-1"})
    told = page_of(await browser.get(answered.headers["location"]))
    assert {"why", "misconception"} <= set(told.ids)
    assert "3 of 9" in text_of(told["lesson"])
    assert text_of(told["lesson-on"]) == "On"
    assert told["next"].tag == "button"  # no further question
    on = await browser.post(told["lesson-on"].get("formaction"))
    after = page_of(await browser.get(on.headers["location"]))
    assert "4 of 9" in text_of(after["lesson"])
    assert "question" not in after.ids


async def test_the_last_lesson_leads_to_the_worksheet_of_its_network(browser: AsyncClient) -> None:
    page = page_of(await browser.get(await entered(browser, "textbook", card=7)))
    sheet = await browser.get(page["lesson-link"].get("href"))
    assert sheet.status_code == 200
    assert "worksheet" in page["lesson-link"].get("href")


async def test_one_can_leave_and_go_on_later_from_the_first_page(browser: AsyncClient) -> None:
    home = page_of(await browser.get("/"))
    assert "Lesson 1: Downhill with two dials" in text_of(home["first-lesson"])
    address = await entered(browser)
    page = page_of(await browser.get(address))
    moved = await browser.post(page["lesson-on"].get("formaction"))
    page = page_of(await browser.get(moved.headers["location"]))
    left = page_of(await browser.get(page["lesson-leave"].get("href")))
    assert "lesson" not in left.ids
    home = page_of(await browser.get("/"))
    assert "first-lesson" not in home.ids
    assert "card 2 of 9" in text_of(home["lesson-downhill"])
    again = page_of(await browser.get(home["go-on-downhill"].get("href")))
    assert "It answered" in text_of(again["lesson-said"])


async def test_who_watches_reads_the_card_and_cannot_press(browser: AsyncClient, visit) -> None:
    address = await entered(browser, card=3)
    page = page_of(await visit("text/html").get(address))
    assert page["lesson-on"].get("disabled") is not None
    denied = await visit("text/html").post(page["lesson-on"].get("formaction"))
    assert denied.status_code == 403


async def test_a_store_that_does_not_answer_in_time_leaves_the_progress_out(
    browser: AsyncClient, app: FastAPI, monkeypatch: pytest.MonkeyPatch, database_file: Path
) -> None:
    page = page_of(await browser.get(await entered(browser)))
    await browser.post(page["lesson-on"].get("formaction"))
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    assert "first-lesson" in page_of(await browser.get("/")).ids
    monkeypatch.undo()
    labs: SavedLabs = app.state.labs
    labs.store.close()
    database_file.unlink()
    assert "first-lesson" in page_of(await browser.get("/")).ids


async def test_a_card_of_a_moment_that_is_not_kept_makes_a_lab_of_it(htmx: AsyncClient) -> None:
    lab = DOWNHILL.card(1).lab
    query = {**lab.recipe.as_fields(), "lesson": "downhill", "card": "1"}
    page = page_of(await htmx.get("/at", params=query))
    made = await htmx.post(page["lesson-on"].get("formaction"), follow_redirects=True)
    assert "It answered" in text_of(page_of(made)["lesson-said"])
