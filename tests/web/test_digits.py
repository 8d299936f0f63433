"""Numbers have as many digits as their reader chose: everywhere on the page, in nobody else's answer, and
never in a program's."""

from __future__ import annotations

import asyncio
import re

import pytest
from httpx import AsyncClient

from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.notation.numbers import DIGITS, figure
from app.page.panels import PANELS
from tests.web.visitor import make, press

pytestmark = pytest.mark.anyio
LAST = len(Lab(Recipe()).moments) - 1
SHOWN = re.compile(r">[^<>]*?(\d\.\d+)")


def digits_of(html: str) -> int:
    """Return the most digits behind the point of a number in an HTML page's text."""
    text = re.sub(r"<(style|script|textarea|title).*?</\1>", "", html, flags=re.DOTALL)
    return max(len(number.partition(".")[2]) for number in SHOWN.findall(text))


async def standing(client: AsyncClient) -> str:
    """Make a lab, and let it go to the end of its first iteration."""
    lab = await make(client)
    assert (await press(client, lab, "go", 0, to=LAST)).status_code == 200
    return lab


@pytest.mark.parametrize("digits", [4, 6, 7, 0, 16])
async def test_other_digits_than_those_to_choose_from_are_refused(program: AsyncClient, digits: int) -> None:
    lab = await make(program)
    assert (await program.get(f"/labs/{lab}?digits={digits}")).status_code == 422


@pytest.mark.parametrize("panel", sorted(set(PANELS) - {"dials", "words", "share", "race"}))
async def test_a_page_has_as_many_digits_as_its_reader_chose(
    program: AsyncClient, browser: AsyncClient, panel: str
) -> None:
    lab = await standing(program)
    pages = [(await browser.get(f"/labs/{lab}?panel={panel}&digits={digits}")).text for digits in DIGITS]
    found = list(map(digits_of, pages))
    assert found[0] < found[1] < found[2]


async def test_what_is_exported_for_people_has_them_too_and_a_program_gets_all(program: AsyncClient) -> None:
    lab = await standing(program)
    whole = (await program.get(f"/labs/{lab}.json")).json()["z"]["1"][0][0]
    for digits in DIGITS:
        asked = f"/labs/{lab}/export/%s?digits={digits}"
        for kind in ("worked", "svg"):
            assert figure(whole, digits) in (await program.get(asked % kind)).text
        assert (await program.get(asked % "json")).json()["z"]["1"][0][0] == whole
        assert (await program.get(f"/labs/{lab}?digits={digits}")).json()["z"]["1"][0][0] == whole


async def test_nobody_gets_the_digits_of_somebody_else(program: AsyncClient, browser: AsyncClient) -> None:
    lab = await standing(program)
    alone = {n: (await browser.get(f"/labs/{lab}?panel=tables&digits={n}")).text for n in DIGITS}
    asked = [*DIGITS, *reversed(DIGITS)] * 4
    pages = await asyncio.gather(*(browser.get(f"/labs/{lab}?panel=tables&digits={n}") for n in asked))
    assert [page.text == alone[n] for n, page in zip(asked, pages, strict=True)] == [True] * len(asked)
    assert digits_of((await browser.get("/")).text) < 5
