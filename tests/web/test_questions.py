"""A question is answered by a press, the step is taken, and the answer is revealed."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from httpx import AsyncClient

from app.page.question import CLOSED
from tests.web.tree import read
from tests.web.visitor import make

pytestmark = pytest.mark.anyio

MADE = {"data": "xor", "hidden": "3"}


async def lab_of(browser: AsyncClient, place: int = 3) -> str:
    """Make a lab that stands where its output comes next, and return its address."""
    return (await browser.post("/labs", data={**MADE, "place": place})).headers["location"]


async def where(browser: AsyncClient, lab: str) -> int:
    return (await browser.get(f"{lab}.json")).json()["place"]


async def test_an_answer_takes_the_step_and_a_reload_reveals_the_same(browser: AsyncClient) -> None:
    lab = await lab_of(browser)
    page = (await browser.get(f"{lab}?ask=1")).text
    assert "Will ŷ answer too high or too low?" in page
    assert "Show me" in page
    action = unescape(re.search(r'action="([^"]*/answer[^"]*)"', page)[1])
    done = await browser.post(action, data={"choice": "high", "sure": 4})
    seen = {name: values[0] for name, values in parse_qs(urlsplit(done.headers["location"]).query).items()}
    assert done.status_code == 303
    assert seen == {"ask": "1", "asked": "4-side", "answered": "high", "sure": "4", "score": seen["score"]}
    assert await where(browser, lab) == 4
    first, again = [(await browser.get(done.headers["location"])).text for _ in range(2)]
    assert first == again
    assert "ŷ says" in first
    assert ("Right." in first) == (seen["score"] == "1-1")
    assert "Next question" in first
    assert 'id="why"' in first


async def test_both_answers_are_counted_and_a_wrong_one_is_told_what_is_behind_it(
    browser: AsyncClient,
) -> None:
    found = {}
    for choice in ("high", "low"):
        lab = await lab_of(browser)
        done = await browser.post(f"{lab}/answer?at=3&ask=1&score=2-5", data={"choice": choice})
        page = (await browser.get(done.headers["location"])).text
        found["Right." in page] = page
    assert "3 of 6 right" in found[True]
    assert "misconception" not in found[True]
    assert "2 of 6 right" in found[False]
    assert "misconception" in found[False]


async def test_a_click_in_the_picture_answers_as_a_button_does(browser: AsyncClient) -> None:
    lab = await lab_of(browser, 4)
    page = (await browser.get(f"{lab}?ask=1")).text
    assert re.search(r'<form id="picker" method="post"', page)
    assert 'class="asked"' in page
    done = await browser.post(f"{lab}/answer?at=4&ask=1", data={"pick": "n-1-1", "choice": ""})
    assert "asked=5-unplug" in done.headers["location"]


async def test_what_is_no_answer_moves_nothing(browser: AsyncClient) -> None:
    lab = await lab_of(browser)
    done = await browser.post(f"{lab}/answer?at=3&ask=1", data={"choice": "n-1-1"})
    assert (done.status_code, await where(browser, lab)) == (422, 3)
    assert "none of the answers" in done.text


async def test_an_answer_to_a_page_of_long_ago_moves_nothing(browser: AsyncClient) -> None:
    lab = await lab_of(browser)
    await browser.post(f"{lab}/answer?at=2&ask=1", data={"choice": "high"})
    assert await where(browser, lab) == 3


async def test_where_nothing_is_asked_an_answer_is_a_step(browser: AsyncClient) -> None:
    lab = await lab_of(browser, 0)
    assert "Nothing is asked about the next step" in (await browser.get(f"{lab}?ask=1")).text
    done = await browser.post(f"{lab}/answer?at=0&ask=1", data={"choice": "high"})
    assert (done.status_code, await where(browser, lab)) == (303, 3)


async def test_the_next_step_forgets_the_answer_and_keeps_the_score(htmx: AsyncClient) -> None:
    made = await htmx.post("/labs", data={**MADE, "place": 3})
    lab = made.headers["location"]
    done = await htmx.post(f"{lab}/answer?at=3&ask=1", data={"choice": "high"})
    assert "asked=4-side" in done.headers["hx-replace-url"]
    onward = unescape(re.search(r'id="next"[^>]*href="([^"]*)"', done.text)[1])
    assert "asked" not in onward
    assert "score=" in onward
    assert 'id="choice-' in (await htmx.get(onward)).text


async def test_watchers_see_the_question_without_its_buttons(browser: AsyncClient, visit) -> None:
    lab = await lab_of(browser)
    page = (await visit("text/html").get(f"{lab}?ask=1")).text
    assert "Will ŷ answer too high or too low?" in page
    assert 'name="choice"' not in page
    assert "/answer" not in page


def away_of(lab: str) -> dict[str, str]:
    """Return the addresses of all that can be had of a lab beside its page, by their names in the list."""
    files = {what: f"{lab}/{what}" for what in CLOSED if what.startswith("export/") or what == "worksheet"}
    return files | {"json": f"{lab}.json"}


@pytest.mark.parametrize(("place", "key"), [(3, "side"), (9, "way")])
async def test_what_would_tell_is_closed_with_a_sentence(browser: AsyncClient, place: int, key: str) -> None:
    lab = await lab_of(browser, place)
    for what, address in away_of(lab).items():
        answer = await browser.get(f"{address}?ask=1&run=9")
        assert answer.status_code == (409 if key in CLOSED[what] else 200), what
        assert ("it would tell" in answer.text) == (key in CLOSED[what])
        assert (await browser.get(address)).status_code == 200


async def test_a_moment_that_is_not_kept_gives_nothing_away_either(browser: AsyncClient) -> None:
    query = "data=xor&hidden=3&place=3"
    for what in ("export/worked", "worksheet"):
        assert (await browser.get(f"/at/{what}?{query}&ask=1")).status_code == 409
        assert (await browser.get(f"/at/{what}?{query}")).status_code == 200


async def test_a_program_that_asks_to_be_asked_is_told_no_gradient_and_nothing_is_checked_by_it(
    program: AsyncClient,
) -> None:
    lab = f"/labs/{await make(program, data='xor', hidden=[3])}"
    await program.post(f"{lab}/go?at=0&to=8")
    guess = {"quantity": "nabla", "layer": 2, "neuron": 1, "source": 1, "value": 0.1}
    taken = (await program.post(f"{lab}/next?at=8&ask=1")).json()
    assert taken["place"] == 9
    for shut in (taken, (await program.get(f"{lab}?ask=1")).json()):
        assert shut["nabla"] == {"w": {}, "b": {}}
        assert shut["delta"]
    assert (await program.get(lab)).json()["nabla"]["w"]
    refused = await program.post(f"{lab}/check?at=9&ask=1", json=guess)
    assert (refused.status_code, "it would tell" in refused.json()["detail"]) == (409, True)
    assert (await program.post(f"{lab}/check?at=9", json=guess)).status_code == 200


async def test_while_an_answer_is_read_nothing_is_closed_though_the_next_question_is_there(
    browser: AsyncClient,
) -> None:
    lab = await lab_of(browser)
    done = await browser.post(f"{lab}/answer?at=3&ask=1&panel=share", data={"choice": "high"})
    page = (await browser.get(done.headers["location"])).text
    found = read(page)
    addresses = [found[name].attrib["href"] for name in ("export-worked", "export-json", "worksheet", "json")]
    assert [(await browser.get(address)).status_code for address in addresses] == [200] * 4
    assert (await browser.get(f"{lab}/export/worked?ask=1")).status_code == 409


async def test_a_moment_that_is_not_kept_becomes_a_lab_by_an_answer(browser: AsyncClient) -> None:
    page = (await browser.get("/at?data=xor&hidden=3&place=3&ask=1")).text
    action = unescape(re.search(r'action="([^"]*/answer[^"]*)"', page)[1])
    sent_on = await browser.post(action, data={"choice": "low"})
    done = await browser.post(sent_on.headers["location"], data={"choice": "low"})
    assert (sent_on.status_code, done.status_code) == (307, 303)
    assert "asked=4-side" in done.headers["location"]


async def test_the_player_asks_nothing_and_neither_does_an_address_about_another_place(
    browser: AsyncClient,
) -> None:
    lab = await lab_of(browser)
    for asked in ("5-side", "3-side", "3-nothing"):
        page = (await browser.get(f"{lab}?ask=1&asked={asked}&answered=high")).text
        assert 'id="why"' not in page
        assert 'id="choice-high"' in page
    assert (
        'id="choice-high"'
        not in (await browser.get(f"{lab}?ask=1&play=1", headers={"sec-fetch-site": "same-origin"})).text
    )


async def test_a_number_is_typed_where_an_amount_is_asked(browser: AsyncClient) -> None:
    for place in range(9, 400, 11):
        lab = await lab_of(browser, place)
        page = (await browser.get(f"{lab}?ask=1")).text
        if 'id="guess"' in page:
            break
    done = await browser.post(f"{lab}/answer?at={place}&ask=1", data={"choice": "0,25"})
    told = (await browser.get(done.headers["location"])).text
    assert "Your guess: 0,25" in told
    assert "changes by" in told
