"""A view is read from an address: the query's fields are the view's, each with its choices or its limits."""

from __future__ import annotations

from dataclasses import fields
from urllib.parse import urlencode

import pytest
from httpx import AsyncClient

from app.page.panels import PANELS
from app.page.view import QUERIES, View
from app.web.view_query import SEEN, as_parameters, view_in
from tests.web.visitor import make

pytestmark = pytest.mark.anyio


def test_the_query_has_the_fields_of_the_view_and_no_others() -> None:
    assert list(SEEN.model_fields) == [one.name for one in fields(View)]
    assert [one["name"] for one in as_parameters()] == [one.name for one in fields(View)]


def test_an_empty_query_is_the_usual_view_and_what_others_read_is_passed_by() -> None:
    assert view_in(b"") == view_in(b"at=3&to=5&nobody=%ff") == View()


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ({"play": "1", "log": "1"}, {"play": 1, "log": 1}),
        ({"other_eta": " 0.5 ", "other_seed": "7 "}, {"other_eta": "0.5", "other_seed": "7"}),
        ({"maps": "1"}, {"maps": "beside"}),
        ({"maps": "inside", "epsilon": "1e-4"}, {"maps": "inside", "epsilon": "1e-4"}),
    ],
)
def test_what_an_address_says_in_its_own_way_is_read(sent: dict, read: dict) -> None:
    assert view_in(urlencode(sent).encode()) == View(**read)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("lens", "red"),
        ("pace", "run"),
        ("example", "0"),
        ("play", "2"),
        ("speed", "4"),
        ("pick", "n-1"),
        ("panel", "sideways"),
        ("voice", "loud"),
        ("epsilon", "0.000000000001"),
        ("zoom", "9"),
        ("far", "-1"),
        ("other_seed", "12345678901"),
        ("maps", "2"),
    ],
)
async def test_what_no_view_can_be_is_refused_by_the_name_of_its_field(
    program: AsyncClient, field: str, value: str
) -> None:
    answer = await program.get(f"/labs/{await make(program)}?{field}={value}")
    assert (answer.status_code, list(answer.json()["fields"])) == (422, [field])


async def test_every_panel_of_the_registry_can_be_asked_for(program: AsyncClient) -> None:
    lab = await make(program)
    for panel in ("", *PANELS):
        assert (await program.get(f"/labs/{lab}?panel={panel}")).status_code == 200


def test_of_all_questions_about_a_view_only_so_many_are_remembered() -> None:
    view = View(lens="blame")
    assert [view.query(example=at) for at in range(2, 2 * QUERIES)] == [
        f"lens=blame&example={at}" for at in range(2, 2 * QUERIES)
    ]
    assert len(view.queries) == QUERIES
