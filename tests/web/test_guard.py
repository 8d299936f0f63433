"""The door: what every answer carries, who may post, how much, and what is said when something breaks."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response
from starlette.responses import StreamingResponse

from tests.web.tree import text_of
from tests.web.visitor import make, page_of, place

pytestmark = pytest.mark.anyio
HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
FOREIGN = "This request came from another site, so nothing was changed. Reload the page and try again."
ANSWERS = [
    ("GET", "/", 200),
    ("GET", "/recipe", 200),
    ("GET", "/readyz", 200),
    ("GET", "/openapi.json", 200),
    ("GET", "/static/keys.js", 200),
    ("GET", "/static/icon.svg", 200),
    ("GET", "/static/nothing", 404),
    ("GET", "/at", 200),
    ("POST", "/labs", 303),
    ("GET", "/labs/nobody", 404),
    ("GET", "/nowhere", 404),
    ("PUT", "/labs", 405),
    ("POST", "/theme", 422),
    ("GET", "/breaks", 500),
]
PASSING = [
    {},
    {"sec-fetch-site": "same-origin"},
    {"sec-fetch-site": "none"},
    {"origin": "http://labs.test"},
    {"sec-fetch-site": "same-origin", "origin": "null"},
]
REFUSED = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "elsewhere"},
    {"sec-fetch-site": "cross-site", "origin": "http://labs.test"},
    {"origin": "http://evil.test"},
    {"origin": "null"},
    {"origin": "http://labs.test:8000"},
    {"origin": "http://labs.test.evil.test"},
    {"origin": "http://["},
    {"origin": ""},
]


@pytest.fixture
def app(app: FastAPI) -> Iterator[FastAPI]:
    """The application with a route that breaks, and one that breaks after it has begun to answer."""

    async def breaks() -> None:
        raise RuntimeError("the password is sesame")

    async def half() -> StreamingResponse:
        async def pieces() -> AsyncIterator[bytes]:
            yield b"the first half"
            raise RuntimeError("the password is sesame")

        return StreamingResponse(pieces())

    routes = list(app.router.routes)
    app.add_api_route("/half", half)
    app.add_api_route("/breaks", breaks)
    app.add_api_route("/breaks", breaks, methods=["POST"])
    yield app
    app.router.routes[:] = routes


def check_headers(answer: Response) -> None:
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    policy = {
        part.split()[0]: part.split()[1:] for part in answer.headers["content-security-policy"].split(";")
    }
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == ["'self'"]
    assert policy["base-uri"] == policy["frame-ancestors"] == ["'none'"]
    assert not re.search(r"unsafe|\*|http", answer.headers["content-security-policy"])
    assert "cache-control" in answer.headers


@pytest.mark.parametrize(("method", "path", "status"), ANSWERS)
async def test_every_kind_of_answer_carries_the_guards_headers(
    browser: AsyncClient, htmx: AsyncClient, program: AsyncClient, method: str, path: str, status: int
) -> None:
    for client in (browser, htmx, program):
        answer = await client.request(method, path)
        assert answer.status_code in (status, 201)
        check_headers(answer)


async def test_pages_are_never_kept_and_marked_static_files_for_ever(browser: AsyncClient) -> None:
    page = await browser.get("/")
    assert page.headers["cache-control"] == "no-store"
    linked = [element for element in page_of(page).root.iter() if element.tag in ("script", "link")]
    links = [element.get("src") or element.get("href") for element in linked]
    assert len(links) >= 6
    for link in links:
        answer = await browser.get(link)
        assert (answer.status_code, "immutable" in answer.headers["cache-control"]) == (200, True)
        again = await browser.get(link.split("?")[0])
        assert again.headers["cache-control"] == "no-cache"
        same = await browser.get(link.split("?")[0], headers={"if-none-match": again.headers["etag"]})
        assert (same.status_code, same.content) == (304, b"")


@pytest.mark.parametrize("headers", REFUSED)
async def test_a_post_from_another_site_changes_nothing(
    program: AsyncClient, browser: AsyncClient, htmx: AsyncClient, headers: dict[str, str]
) -> None:
    for client in (program, browser, htmx):
        lab = await make(client)
        for path in (f"/labs/{lab}/next?at=0", f"/labs/{lab}/copy", "/labs", "/theme"):
            answer = await client.post(path, headers=headers)
            assert answer.status_code == 403
            assert FOREIGN in answer.text
            assert "set-cookie" not in answer.headers
            check_headers(answer)
        assert await place(client, lab) == 0


@pytest.mark.parametrize("headers", PASSING)
async def test_our_own_pages_and_programs_may_post(program: AsyncClient, headers: dict[str, str]) -> None:
    lab = await make(program)
    assert (await program.post(f"/labs/{lab}/next?at=0", headers=headers)).json()["place"] == 3


async def test_looking_from_another_site_is_allowed(browser: AsyncClient) -> None:
    for path in ("/", "/at?place=2", "/recipe"):
        assert (await browser.get(path, headers={"sec-fetch-site": "cross-site"})).status_code in (200, 303)


async def test_what_breaks_is_told_with_a_number_to_quote_and_no_trace(
    program: AsyncClient, browser: AsyncClient, htmx: AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    numbers = []
    for client in (program, browser, htmx):
        for method in ("GET", "POST"):
            answer = await client.request(method, "/breaks")
            assert answer.status_code == 500
            assert not any(word in answer.text for word in ("sesame", "Traceback", "RuntimeError", ".py"))
            numbers.append(caplog.records[-1].args[0])
            assert str(numbers[-1]) in answer.text
            assert "sesame" in caplog.text
    assert len(set(numbers)) == 6
    answer = await program.get("/breaks")
    assert set(answer.json()) == {"detail", "request_id"}
    page = page_of(await browser.get("/breaks"))
    assert text_of(page["main"]).startswith(
        "That did not work Something went wrong on our side; nothing was lost."
    )


async def test_what_breaks_after_the_answer_has_begun_is_broken_off(
    program: AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(RuntimeError):
        await program.get("/half")
    assert "failed: GET /half" in caplog.text


async def test_what_is_no_request_passes_through(app: FastAPI) -> None:
    told = []

    async def receive() -> dict[str, str]:
        return {"type": "lifespan.shutdown" if told else "lifespan.startup"}

    async def send(message: dict[str, str]) -> None:
        told.append(message["type"])

    await app({"type": "lifespan", "app": app, "state": {}}, receive, send)
    assert told == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
