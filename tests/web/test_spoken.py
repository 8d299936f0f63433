"""The language of a page: its address's, else the chosen one, else the browser's; and no page of another is
ever shown for it."""

from __future__ import annotations

import pytest
from httpx import AsyncClient
from starlette.types import Receive, Scope, Send

from app.web.spoken import Spoken
from tests.web.conftest import Visit
from tests.web.visitor import make, page_of

pytestmark = pytest.mark.anyio
HEADINGS = {"de": "Was es lernen soll", "en": "What it should learn"}
PAGES = ["/", "/recipe", "/exercise", "/data", "/nowhere"]


def language_of(text: str) -> str:
    """Return the language that a page says it is in, which its heading must be in, if it is there."""
    said = text.partition('<html lang="')[2][:2]
    assert all((heading in text) == (key == said) for key, heading in HEADINGS.items() if 'id="rail' in text)
    return said


@pytest.mark.parametrize("accepted", ["de", "de-AT, en;q=0.8", "fr, *;q=0.1, en;q=0, de;q=0.2"])
async def test_the_browsers_language_is_spoken(visit: Visit, accepted: str) -> None:
    reader = visit("text/html", **{"accept-language": accepted})
    for path in PAGES:
        answer = await reader.get(path)
        assert (language_of(answer.text), answer.headers["content-language"]) == ("de", "de")
        assert {"Accept-Language", "Cookie"} <= set(answer.headers["vary"].split(", "))


@pytest.mark.parametrize("accepted", ["", "fr", "de;q=0, fr", "de;q=x, en", "en-GB, de;q=0.9"])
async def test_else_it_is_english(visit: Visit, accepted: str) -> None:
    answer = await visit("text/html", **{"accept-language": accepted}).get("/")
    assert (language_of(answer.text), answer.headers["content-language"]) == ("en", "en")


async def test_a_choice_goes_before_the_browser_and_an_address_before_the_choice(
    browser: AsyncClient,
) -> None:
    browser.headers["accept-language"] = "de"
    lab = f"/labs/{await make(browser)}"
    assert language_of((await browser.get(lab)).text) == "de"
    answer = await browser.post("/language", data={"to": "en", "back_to": lab})
    assert (answer.status_code, answer.headers["location"]) == (303, lab)
    for path in ("/", lab, lab):
        assert language_of((await browser.get(path)).text) == "en"
        assert language_of((await browser.get(path, params={"lang": "de"})).text) == "de"
        assert language_of((await browser.get(path)).text) == "en"


async def test_an_addresss_language_is_in_its_links_and_holds_until_another_is_chosen(
    browser: AsyncClient,
) -> None:
    lab = f"/labs/{await make(browser)}"
    page = page_of(await browser.get(f"{lab}?lang=de&digits=5"))
    assert "lang=de" in page["panel-model"].get("href")
    assert "lang=de" in page["next"].get("formaction")
    assert language_of((await browser.get("/recipe")).text) == "de"
    form = next(one for one in page.root.iter("form") if one.get("action") == "/language")
    (back_to,) = (one.get("value") for one in form.iter("input"))
    assert "lang=de" in back_to
    answer = await browser.post("/language", data={"to": "en", "back_to": back_to})
    assert answer.headers["location"] == f"{lab}?digits=5"
    assert language_of((await browser.get("/")).text) == "en"
    assert [one.get("aria-pressed") for one in form.iter("button")] == [None, "true"]  # English, Deutsch


async def test_an_address_that_asks_for_no_language_there_is_holds_nothing(browser: AsyncClient) -> None:
    answer = await browser.get("/?lang=xx")
    assert language_of(answer.text) == "en"
    assert "set-cookie" not in answer.headers


async def test_a_language_that_there_is_not_cannot_be_chosen(browser: AsyncClient) -> None:
    assert (await browser.post("/language", data={"to": "xx"})).status_code == 422
    answer = await browser.post("/language", data={"to": "de", "back_to": "//evil.test?lang=en"})
    assert answer.headers["location"] == "/"


async def test_what_is_no_request_goes_through() -> None:
    heard = []

    async def application(scope: Scope, _receive: Receive, _send: Send) -> None:
        heard.append(scope["type"])

    await Spoken(application)({"type": "lifespan"}, None, None)
    assert heard == ["lifespan"]
