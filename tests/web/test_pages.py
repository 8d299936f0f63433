"""A page that was written down is given to whoever looks at the same moment the same way; what has changed
since is all that comes to where it is still shown."""

from __future__ import annotations

import re
from threading import Lock

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response

from app.web import pages, replies
from app.web.pages import ANYBODY, Key, Page, Pages
from tests.web.conftest import Visit
from tests.web.tree import read
from tests.web.visitor import make, press

pytestmark = pytest.mark.anyio
HTMX = {"accept": "text/html", "hx-request": "true"}
XOR = {"data": "xor", "hidden": [3]}
NAME = re.compile(r'data-page(?:="|":")([\w-]+)"')


def name_in(answer: Response) -> str:
    """Return the name of the page in an answer, "" where it has none."""
    found = NAME.search(answer.text)
    return found[1] if found else ""


async def looked(client: AsyncClient, lab: str, shown: str = "", **query: str) -> Response:
    answer = await client.get(f"/labs/{lab}", params=query, headers=HTMX | {"page": shown})
    assert answer.status_code == 200
    return answer


async def stepped(client: AsyncClient, lab: str, at: int, shown: str = "", **query: str) -> Response:
    client.headers.update(HTMX | {"page": shown})
    return await press(client, lab, "next", at, **query)


async def test_two_labs_at_one_moment_of_one_recipe_differ_in_their_address_alone(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, bob = visit(), visit()
    hers, his = await make(ada, **XOR), await make(bob, **XOR)
    first = [await looked(ada, hers), await stepped(ada, hers, 0)]
    monkeypatch.setattr(replies, "panel_of", None)  # nothing is written anew from here on
    monkeypatch.setattr(pages, "ANYBODY", ANYBODY)
    second = [await looked(bob, his), await stepped(bob, his, 0)]
    for one, other in zip(first, second, strict=True):
        assert one.text != other.text
        assert one.text.replace(hers, his) == other.text
        assert ANYBODY not in one.text


async def test_who_shows_a_page_is_sent_what_has_changed_and_anybody_else_all_of_it(visit: Visit) -> None:
    ada = visit()
    lab = await make(ada, **XOR)
    shown = name_in(await looked(ada, lab))
    assert shown
    less = await stepped(ada, lab, 0, shown)
    assert (less.headers["hx-reswap"], less.text.startswith("<hx-changes>")) == ("none", True)
    assert name_in(less) not in ("", shown)
    for unknown in ("", "nobody", f"{shown}x"):
        whole = await looked(ada, lab, unknown)
        assert "hx-reswap" not in whole.headers
        assert "lab" in read(whole.text).ids


async def test_what_has_changed_leads_from_the_page_shown_though_another_tab_has_changed_the_recipe(
    visit: Visit,
) -> None:
    ada = visit()
    lab = await make(ada, **XOR)
    shown = name_in(await looked(ada, lab))
    changed = await ada.post(f"/labs/{lab}/change", params={"at": 0}, data={"what": "eta", "value": "0.7"})
    assert changed.status_code == 200
    answer = await stepped(ada, lab, 0, shown)
    assert answer.headers["hx-reswap"] == "none"
    assert "0.7" in answer.text  # the head of the menu was another one on the page shown
    assert name_in(await looked(ada, lab)) == name_in(answer)


async def test_who_may_not_move_a_lab_another_view_and_another_theme_have_pages_of_their_own(
    visit: Visit,
) -> None:
    ada, bob = visit(), visit()
    lab = await make(ada, **XOR)
    names = [name_in(await looked(ada, lab, **query)) for query in ({}, {"lens": "error"}, {"digits": "5"})]
    names.append(name_in(await looked(bob, lab)))
    ada.cookies.set("theme", "dark")
    names.append(name_in(await looked(ada, lab)))
    assert "" not in names
    assert len(set(names)) == len(names)


async def test_where_something_is_said_or_more_comes_by_itself_nothing_is_remembered(visit: Visit) -> None:
    ada = visit()
    lab = await make(ada, **XOR)
    shown = name_in(await looked(ada, lab))
    assert name_in(await stepped(ada, lab, 5, shown)) == ""  # stale, and told so
    for panel in sorted(pages.TIMED):
        assert name_in(await looked(ada, lab, shown, panel=panel)) == ""
    again = await ada.get(f"/labs/{lab}", headers=HTMX | {"hx-source": "div#watch"})
    assert name_in(again) == ""  # what was said stays on a page nobody knows
    known = await ada.get(f"/labs/{lab}", headers=HTMX | {"hx-source": "div#watch", "page": shown})
    assert known.headers["hx-reswap"] == "none"
    assert "hx-preserve" not in (await looked(ada, lab)).text


def test_the_oldest_pages_go_when_there_are_too_many() -> None:
    kept = Pages()
    for at in range(60):
        kept.keep(("", at, None, None), Page("x" * 500_000, f"name{at}"))
    assert kept.get("name59")
    assert not kept.get("name0")
    assert kept.pages.currsize <= pages.BYTES


def test_a_page_that_is_remembered_is_known_by_its_name_as_well() -> None:
    kept = Pages()
    for at in range(60):
        kept.keep(("", at, None, None), Page("x" * 500_000, f"name{at}"))
        assert kept.get(("", 0, None, None)), "whoever looks at it keeps it"
    assert kept.get("name0"), "a step from it would come whole"


async def test_a_page_that_is_still_missing_its_curve_is_written_again(app: FastAPI, visit: Visit) -> None:
    ada = visit()
    lab = await make(ada, **XOR)
    await ada.post(f"/labs/{lab}/go", params={"at": 0, "to": 9 * 300})
    app.state.labs.history.clock = iter(range(10**6)).__next__  # every slice is over at once
    one, other = [name_in(await looked(ada, lab)) for _ in range(2)]
    assert one != other


async def test_whoever_comes_to_a_moment_at_once_is_given_what_the_first_one_wrote(
    app: FastAPI, htmx: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    lab, remembered = await make(htmx, **XOR), app.state.labs.pages
    turn = remembered.turn

    def taken(key: Key) -> Lock:  # somebody else has it, and has just written the page
        remembered.keep(key, Page(f"written by the first of them, for {ANYBODY}", "first"))
        return turn(key)

    monkeypatch.setattr(remembered, "turn", taken)
    answer = await looked(htmx, lab)
    assert answer.text == f"written by the first of them, for {lab}"
