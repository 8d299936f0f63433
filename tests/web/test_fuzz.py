"""Anything at all may be sent anywhere: never a server error, always words, and whatever is refused changes
nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from httpx import ASGITransport, AsyncClient, Response
from hypothesis import given, settings
from hypothesis import strategies as st

from app.main import create_app
from app.settings import Settings
from app.store.labs import StoredLab
from app.web import datasets, home, labs, recipes
from app.web.recipe_form import REGISTRIES, RecipeForm
from tests.web.tree import read

NASTY = [
    "", " ", "0", "-1", "1", "2", "3", "7", "9" * 30, "1e3", "1e999", "-0.0", "NaN", "-inf", "0x10", "1,5",
    "1.5", "½", "١", "null", "true", "[]", "{}", '"', "'", "\x00", "\x7f", "\ud7ff", "🧠",
    "<script>alert(1)</script>", "%00", "../../etc/passwd", "a" * 3000, "∂C/∂w", "a\r\nb: c", "layer",
    "n-1-1", "w-1-1-1", "eta", "example", "xor", "1,2\n3,4", "1_0.5_0 0_0_0", "own-000000000000000000000000",
]  # fmt: skip
NUMBERS = {
    "at": (0, 40),
    "to": (0, 300),
    "place": (0, 300),
    "example": (0, 5),
    "speed": (0, 4),
}  # no long replays
texts = st.sampled_from(NASTY) | st.text(max_size=12)
junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(NASTY),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NASTY), inner, max_size=3),
    max_leaves=6,
)
FORMS = {
    "/labs": [*RecipeForm.model_fields, "place"],
    "/labs/{id}/change": ["what", "value"],
    "/labs/{id}/reshape": ["hidden"],
    "/theme": ["to", "back_to"],
    "/data/points": ["points", "kept"],
    "/data/table": [*datasets.USUAL, "file", "kept"],
}
ACCEPTED = ["application/json", "text/html", "text/html htmx", "*/*", ""]


class Site:
    """One application and one visitor with a lab of its own, on a loop in a thread."""

    def __init__(self, portal: BlockingPortal, app: FastAPI) -> None:
        self.portal, self.app, self.store = portal, app, app.state.labs.store
        self.client = AsyncClient(transport=ASGITransport(app), base_url="http://labs.test")
        self.begin()

    def begin(self) -> None:
        """Take a fresh lab."""
        self.lab = self.send(
            "POST", "/labs", json={"batch": 2}, headers={"accept": "application/json"}
        ).json()["id"]

    def send(self, method: str, path: str, **more: Any) -> Response:
        """Send a request and wait for its answer."""
        return self.portal.call(lambda: self.client.request(method, path, **more))

    @property
    def row(self) -> StoredLab:
        """Return what is stored of the lab."""
        return self.store.labs.get(self.lab)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Open one site for all the examples of a test."""
    file = tmp_path_factory.mktemp("fuzz") / "labs.sqlite3"
    app = create_app(Settings(database_url=f"sqlite:///{file}"))
    with start_blocking_portal() as portal:
        yield Site(portal, app)
    app.state.labs.store.close()


SCHEMA = get_openapi(
    title="",
    version="",
    routes=[route for part in (home, recipes, labs, datasets) for route in part.router.routes],
)
OPERATIONS = [(path, method.upper()) for path, routes in SCHEMA["paths"].items() for method in routes]


def value_for(name: str, schema: dict[str, Any]) -> st.SearchStrategy[str]:
    """Draw a text for a query field: one of its choices, a number, or anything."""
    if name in NUMBERS:
        return st.integers(*NUMBERS[name]).map(str) | texts
    return st.sampled_from(schema["enum"]) | texts if "enum" in schema else texts


@st.composite
def queries(draw: st.DrawFn, path: str, method: str) -> dict[str, str]:
    """Draw a query string for an operation; `at` is mostly there."""
    fields = SCHEMA["paths"][path][method.lower()].get("parameters", [])
    found = {}
    for field in (field for field in fields if field["in"] == "query"):
        if draw(st.integers(0, 5)) == 0 or field["required"]:
            found[field["name"]] = draw(value_for(field["name"], field["schema"]))
    if path in ("/recipe", "/at"):
        found |= draw(
            st.dictionaries(st.sampled_from([*RecipeForm.model_fields, "resize", "x"]), texts, max_size=4)
        )
    return found


@st.composite
def recipe_values(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a body for a new lab in which most fields are good and some are anything at all."""
    found: dict[str, Any] = {}
    for name in draw(st.sets(st.sampled_from([*RecipeForm.model_fields, "x"]), max_size=5)):
        good = st.sampled_from(list(REGISTRIES[name])) if name in REGISTRIES else st.integers(1, 3)
        found[name] = draw(st.one_of(good, good, st.lists(st.integers(0, 3), max_size=3), junk))
    return found


def check(answer: Response) -> None:
    """See that it is no failure, and that it is in words or valid HTML."""
    assert answer.status_code < 500, answer.text
    kind = answer.headers.get("content-type", "")
    if kind.startswith("text/html"):
        read(answer.text)
    if answer.status_code >= 400 and kind == "application/json":
        assert answer.json()["detail"]


def ask(site: Site, method: str, path: str, accept: str, **more: Any) -> Response:
    """Send a request about the site's own lab; what is refused must leave the lab as it is."""
    headers = {"accept": accept.split(" ")[0], **({"hx-request": "true"} if "htmx" in accept else {})}
    before = site.row
    answer = site.send(
        method, path.replace("{id}", site.lab), headers=headers | more.pop("headers", {}), **more
    )
    check(answer)
    if answer.status_code >= 400 or method == "GET":
        assert site.row == before
    return answer


@pytest.mark.walk
@settings(max_examples=400, deadline=None)
@given(st.data(), st.sampled_from(OPERATIONS), st.sampled_from(ACCEPTED))
def test_any_query_and_any_form_on_any_route_is_answered_in_words(
    site: Site, data: st.DataObject, operation: tuple[str, str], accept: str
) -> None:
    path, method = operation
    form = None
    if path in FORMS:
        form = data.draw(st.dictionaries(st.sampled_from(FORMS[path]) | texts, texts, max_size=4))
    query = data.draw(queries(path, method))
    if "at" in query and data.draw(st.booleans()):
        query["at"] = str(site.row.place)
    ask(site, method, path, accept, params=query, data=form)


@pytest.mark.walk
@settings(max_examples=200, deadline=None)
@given(recipe_values(), st.sampled_from(ACCEPTED))
def test_any_json_makes_a_lab_or_is_refused_in_words(site: Site, body: dict[str, Any], accept: str) -> None:
    answer = ask(
        site, "POST", "/labs", accept, content=json.dumps(body), headers={"content-type": "application/json"}
    )
    assert answer.status_code in (201, 303, 422)


@pytest.mark.walk
@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=60) | junk.map(json.dumps).map(str.encode),
    st.sampled_from(
        [
            "application/json",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "multipart/form-data",
            "text/plain",
            "",
            "application/json; charset=utf-16",
        ]
    ),
)
def test_any_bytes_of_any_kind_are_answered_in_words(site: Site, body: bytes, kind: str) -> None:
    for path in FORMS:
        ask(
            site,
            "POST",
            path,
            "application/json",
            content=body,
            params={"at": 0},
            headers={"content-type": kind},
        )


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=20) | st.sampled_from(NASTY), st.sampled_from(["GET", "POST"]))
def test_any_id_is_some_lab_or_none(site: Site, id: str, method: str) -> None:
    path = f"/labs/{quote(id, safe='')}" + ("/next?at=0" if method == "POST" else "")
    answer = ask(site, method, path, "")
    assert answer.status_code in (404, 405, 307) or set(id) <= {".", "/"}  # which lead elsewhere


whats = st.sampled_from(["eta", "example", "w-1-1-1", "b-2-1", "w-9-9-9"]) | texts


@pytest.mark.walk
@settings(max_examples=200, deadline=None)
@given(whats, texts | st.floats().map(str), st.integers(0, 40))
def test_any_change_is_made_or_refused_in_words(site: Site, what: str, value: str, to: int) -> None:
    site.begin()
    ask(site, "POST", "/labs/{id}/go", "application/json", params={"at": 0, "to": to})
    before = site.row
    form = {"what": what, "value": value}
    answer = ask(site, "POST", "/labs/{id}/change", "application/json", params={"at": to}, data=form)
    assert answer.status_code in (200, 409, 422)
    assert (site.row != before) == (answer.status_code == 200)
