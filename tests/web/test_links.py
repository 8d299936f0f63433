"""A link to a moment opens a copy that stands there, with the very same numbers; a view lives in the
address."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from httpx import AsyncClient
from hypothesis import given, settings
from hypothesis import strategies as st

from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.replay import Diverged, Replay
from app.page.links import Links
from app.page.view import View
from app.web.recipe_form import from_fields
from tests.lab.recipes import recipes
from tests.web.conftest import Visit
from tests.web.tree import having, text_of
from tests.web.visitor import change, follow, make, moment, page_of, place_on, press, until_there

pytestmark = pytest.mark.anyio
REPLAY = Replay()


async def test_the_link_on_the_page_opens_the_same_recipe_at_the_same_place_for_anybody(
    program: AsyncClient, browser: AsyncClient, visit: Visit
) -> None:
    parameters = {
        "w": {"1": [[1e-300, -0.1], [1 / 3, 7]], "2": [[2.5, 1e5]]},
        "b": {"1": [0, 0.1], "2": [-1 / 7]},
    }
    lab = await make(program, data="xor", hidden=[2], parameters=parameters, batch=3)
    await press(program, lab, "go", 0, to=12)
    await change(program, lab, 12, "w-2-1-2", 0.7)
    original = await moment(program, lab)
    link = page_of(await browser.get(f"/labs/{lab}?panel=share"))["link"].attrib["href"]
    answer = await follow(visit("text/html"), link)
    assert answer.status_code == 303
    opened = await moment(program, answer.headers["location"].split("/")[2])
    assert {**opened, "id": lab} == original
    assert opened["id"] != lab
    by_program = (await visit().get(link)).json()
    assert {**by_program, "id": lab} == original


@settings(max_examples=60, deadline=None)
@given(recipe=recipes(with_changes=True), place=st.integers(0, 60))
def test_every_link_reads_back_to_the_recipe_and_place_it_was_made_from(recipe: Recipe, place: int) -> None:
    try:
        REPLAY.numbers(Lab(recipe, place))
    except Diverged:
        return
    link = urlsplit(Links("abc", Lab(recipe, place), View()).link)
    fields = parse_qs(link.query, keep_blank_values=True)
    assert (link.path, fields.pop("place")) == ("/at", [str(place)])
    assert from_fields(fields) == recipe


async def test_a_link_beyond_the_run_opens_at_its_end_or_before(program: AsyncClient) -> None:
    far = {"hidden": "", "place": 10**8, "eta": 0.001}
    answer = await until_there(lambda: program.get("/at", params=far))
    assert answer.json()["next"] is None
    for wrong in ("-1", "x", str(10**8 + 1), ""):
        answer = await program.get("/at", params={"place": wrong})
        assert answer.status_code in (200, 422)
        assert answer.status_code == 422 or not wrong


async def test_a_link_with_mistakes_shows_the_form_with_a_sentence(
    browser: AsyncClient, program: AsyncClient
) -> None:
    answer = await browser.get("/at", params={"eta": "fast", "data": "xor", "place": 3})
    assert answer.status_code == 422
    page = page_of(answer)
    assert (page["eta"].get("value"), page["eta"].get("aria-invalid")) == ("fast", "true")
    assert page["data"].find(".//option[@selected]").get("value") == "xor"
    assert (await program.get("/at?colour=red")).json()["fields"] == {
        "colour": "There is no field of this name."
    }


async def test_the_view_comes_along_through_a_link_and_every_button(browser: AsyncClient) -> None:
    answer = await follow(browser, "/at?lens=weights&pace=neuron&place=2")
    assert parse_qs(urlsplit(answer.headers["location"]).query) == {"lens": ["weights"], "pace": ["neuron"]}
    page = page_of(await browser.get(answer.headers["location"]))
    assert page["lens-weights"].get("aria-current") == "true"
    answer = await browser.post(page["next"].attrib["formaction"])
    page = page_of(await browser.get(answer.headers["location"]))
    assert (place_on(page), page["lens-weights"].get("aria-current")) == (3, "true")
    assert page["pace-neuron"].get("aria-current") == "true"


async def test_the_lens_follows_the_phase_until_it_is_pinned(
    browser: AsyncClient, program: AsyncClient
) -> None:
    lab, seen, drawn = await make(program), [], []
    for place, pinned in ((0, ""), (4, ""), (6, ""), (10, ""), (10, "?lens=blame")):
        at = (await moment(program, lab))["place"]
        await press(program, lab, "go", at, to=place)
        page = page_of(await browser.get(f"/labs/{lab}{pinned}"))
        seen += [text_of(lens) for lens in having(page.root, "lenses")[0] if lens.get("aria-current")]
        drawn.append(page["stage"].get("class").split()[1])
        assert (having(page["view"], "pinned") != []) == bool(pinned)  # the closed menu says so too
    assert seen == [*["follows the step"] * 4, "Blame"]
    assert drawn == [f"lens-{lens}" for lens in ("activation", "activation", "error", "gradient", "blame")]


async def test_which_example_of_the_batch_is_drawn_is_chosen_in_the_address(
    browser: AsyncClient, program: AsyncClient
) -> None:
    lab = await make(program, batch=4)
    for example, of_four in ((1, 1), (3, 3), (4, 4), (9, 4)):
        page = page_of(await browser.get(f"/labs/{lab}?example={example}"))
        assert text_of(having(page.root, "where")[0]).endswith(f"example {of_four} of 4")
        assert page[f"row-{of_four}"].get("aria-current") == "true"
        assert page[f"column-{of_four}"].get("aria-current") == "true"


async def test_the_player_presses_by_itself_and_can_be_paused(htmx: AsyncClient) -> None:
    lab = await make(htmx)
    page = page_of(await htmx.get(f"/labs/{lab}?play=1&speed=3"))
    assert page["tick-0"].attrib["hx-trigger"] == "load delay:250ms, every 5s"
    assert "Pause" in text_of(page["play"])
    page = page_of(await htmx.post(page["tick-0"].attrib["hx-post"]))
    assert place_on(page) == 3
    assert "tick-3" in page.ids
    assert not any(
        name.startswith("tick") for name in page_of(await htmx.get(page["play"].attrib["href"])).ids
    )
