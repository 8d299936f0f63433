"""The calm screen: the same on home and in a lab, few words and controls, and all of it without a script."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest
from httpx import AsyncClient, Response

from app.lab.presets import PRESETS
from app.page.panels import PANELS
from tests.web.oracle import LENS_OF, moments_of, network_of
from tests.web.sight import controls, words
from tests.web.tree import Page, having, text_of
from tests.web.visitor import make, page_of, place_on, press

pytestmark = pytest.mark.anyio
AND = PRESETS["and"]
FRAME = ["tasks", "network", "view", "rail", "cost-now", "score-now", "stage", "narration", "moves", "notice"]
BUTTONS = ["back", "next", "play", "run-until"]
MOST_CONTROLS, MOST_WORDS = 19, 130


def head_and_lab(page: Page) -> list[Element]:
    """Return what stands above the fold: the head and the lab. Below it home has its tiles."""
    return [next(page.root.iter("header")), page["lab"]]


def shape_of(page: Page) -> Element:
    """Return the form of the layers and neurons."""
    return next(form for form in page["network"].iter("form") if form.get("class") == "shape")


async def followed(browser: AsyncClient, answer: Response) -> Page:
    """Return the page that an answer leads to."""
    assert answer.status_code == 303
    from_here = {"referer": str(answer.request.url.join("/"))}
    return page_of(await browser.get(answer.headers["location"], headers=from_here))


async def from_home(browser: AsyncClient, button: str = "next") -> tuple[str, Page]:
    """Press a button of home; return the lab's address and its page."""
    page = page_of(await browser.get("/"))
    form = {one.get("name"): one.get("value") for one in page["moves"].iter("input")}
    pressed = page[button]
    form |= {pressed.get("name"): pressed.get("value")} if pressed.get("name") else {}
    made = await browser.post(pressed.get("formaction", page["moves"].get("action")), data=form)
    return made.headers["location"], await followed(browser, made)


async def test_home_and_the_lab_are_one_screen(browser: AsyncClient) -> None:
    home = page_of(await browser.get("/"))
    _, lab = await from_home(browser)
    for page in (home, lab):
        assert [wanted for wanted in [*FRAME, *BUTTONS] if wanted not in page.ids] == []
        assert [one.get("id") for one in page["moves"].iter() if one.get("id") in BUTTONS] == BUTTONS
    marks = [{name for name in page.ids if name[:2] in ("n-", "w-", "y-")} for page in (home, lab)]
    assert marks[0] == marks[1]
    assert [text_of(page["tasks"]) for page in (home, lab)] == [text_of(home["tasks"])] * 2
    assert "presets-title" in home.ids


async def test_little_is_in_sight_on_home_and_through_the_whole_first_iteration(browser: AsyncClient) -> None:
    page, pages = page_of(await browser.get("/")), []
    pages.append(page)
    where, page = await from_home(browser)
    lab = where.split("/")[2]
    while place_on(page) < len(moments_of(network_of(AND))):
        pages.append(page)
        page = await followed(browser, await press(browser, lab, "next", place_on(page)))
    assert len(pages) == 7
    for page in pages:
        seen = head_and_lab(page)
        assert 10 < len([one for part in seen for one in controls(part)]) <= MOST_CONTROLS
        assert 50 < len([word for part in seen for word in words(part)]) <= MOST_WORDS


@pytest.mark.parametrize("key", PRESETS)
async def test_the_first_screen_of_every_preset_has_few_words_and_its_drawer_is_closed(
    browser: AsyncClient, key: str
) -> None:
    made = await browser.post("/labs", data=PRESETS[key].as_fields())
    page = await followed(browser, made)
    assert "drawer" not in page.ids
    assert sum(len(words(part)) for part in head_and_lab(page)) <= MOST_WORDS
    segments = len(having(page.root, "segment"))  # a deep network has more of them
    assert sum(len(controls(part)) for part in head_and_lab(page)) - segments <= MOST_CONTROLS - 7


def reached(page: Page, wanted: str) -> None:
    """See that a browser without a script can press this: a link, a menu's head, or a button of a form."""
    element = page[wanted]
    forms = [form for form in page.root.iter("form") if element in list(form.iter())]
    forms += [page[element.get("form")]] if element.get("form") else []
    if element.tag == "a":
        assert element.get("href"), wanted
    elif element.tag == "summary":
        assert any(element in list(menu) for menu in page.root.iter("details")), wanted
    else:
        assert any(one.get("method") for one in forms), wanted
        assert element.get("formaction") or any(one.get("action") for one in forms), wanted


async def test_all_of_it_is_reached_without_a_script(browser: AsyncClient) -> None:
    _, page = await from_home(browser)
    menus = [page[name] for name in ("tasks", "network", "view")]
    assert [(menu.tag, menu[0].tag) for menu in menus] == [("details", "summary")] * 3
    wanted = ["back", "next", "run-until", "restart", "set-eta", "set-example", "recipe", "finish-phase"]
    wanted += ["finish", "lens-follow", *(f"lens-{lens}" for lens in {*LENS_OF.values(), "blame", "weights"})]
    wanted += [f"pace-{pace}" for pace in ("neuron", "layer", "phase", "iteration")]
    wanted += ["voice-story", "voice-maths", "digits-5", "speed-3", "maps-inside", "maps-beside"]
    wanted += [f"panel-{key}" for key in PANELS] + [f"task-{key}" for key in PRESETS]
    wanted += [name for name in page.ids if name.startswith("go-")]
    for name in wanted:
        reached(page, name)
    for key in PANELS:
        opened = page_of(await browser.get(page[f"panel-{key}"].get("href")))
        assert opened[f"tab-{key}"].get("aria-current") == "true"
        reached(opened, "close")
        closed = page_of(await browser.get(opened["close"].get("href")))
        assert "drawer" not in closed.ids


async def test_what_home_offers_leads_to_a_moment_that_shows_it(browser: AsyncClient) -> None:
    home = page_of(await browser.get("/"))
    for mark, opened in (("n-1-2", "inspector"), ("panel-tables", "table-1"), ("panel-share", "code")):
        assert opened in page_of(await browser.get(home[mark].get("href"))).ids
    page = page_of(await browser.get(home["go-cost-1"].get("href")))
    assert page["go-cost-1"].get("aria-current") == "step"
    grown = shape_of(home)
    more = next(one for one in grown.iter("button") if text_of(one) == "+")
    fields = {one.get("name"): one.get("value") for one in grown.iter("input")}
    made = await browser.post(grown.get("action"), data={**fields, "hidden": more.get("value")})
    assert "n-1-3" in (await followed(browser, made)).ids


async def test_what_is_pinned_is_said_on_the_closed_menu(browser: AsyncClient) -> None:
    _, page = await from_home(browser)
    assert words(page["view"]) == ["View"]
    pinned = page_of(await browser.get(page["lens-weights"].get("href")))
    assert words(pinned["view"]) == ["View", "Weights", "pinned"]
    assert pinned["lens-weights"].get("aria-current") == "true"


async def test_who_merely_watches_has_no_live_shape_buttons_and_is_offered_a_copy_where_they_look(
    program: AsyncClient, browser: AsyncClient
) -> None:
    lab = await make(program, **AND.as_json())
    page = page_of(await browser.get(f"/labs/{lab}"))
    shape = shape_of(page)
    assert len(list(shape.iter("button"))) == 4
    assert all("disabled" in button.attrib for button in shape.iter("button"))
    assert "You are watching" in text_of(page["notice"])
    (row,) = having(page.root, "controls")  # where the big button is, above the fold
    assert text_of(page["copy"]) == "Make my own copy"
    assert page["copy"] in list(row.iter("button"))
    assert not [form for form in row.iter("form") for inner in form.iter("form") if inner is not form]
    assert not [name for name in page.ids if name == "undo"]
    own = next(form for form in row.iter("form") if page["copy"] in list(form))
    made = await browser.post(own.get("action"))
    mine = await followed(browser, made)
    shape = shape_of(mine)
    assert [button for button in shape.iter("button") if "disabled" in button.attrib] == []
    assert "copy" not in mine.ids


async def test_a_run_that_starts_again_says_so_and_is_taken_back_by_one_press(browser: AsyncClient) -> None:
    lab = await make(browser, **AND.as_json())
    await press(browser, lab, "go", 0, to=123)
    page = page_of(await browser.get(f"/labs/{lab}?lens=weights"))
    answer = await browser.post(page["restart"].get("formaction"))
    page = await followed(browser, answer)
    assert place_on(page) == 0
    assert text_of(page["notice"]) == "This run stands at its start again. Undo"
    reached(page, "undo")
    answer = await browser.post(page["undo"].get("formaction"))
    page = await followed(browser, answer)
    assert (place_on(page), text_of(page["notice"])) == (123, "")
    assert page["lens-weights"].get("aria-current") == "true"


async def test_another_shape_says_that_it_is_a_new_run_and_leads_back(browser: AsyncClient) -> None:
    lab = await make(browser, **AND.as_json())
    await press(browser, lab, "go", 0, to=40)
    page = page_of(await browser.get(f"/labs/{lab}?voice=maths"))
    shape = shape_of(page)
    for button in [one for one in shape.iter("button") if "disabled" not in one.attrib]:
        made = await browser.post(shape.get("action"), data={"hidden": button.get("value")})
        other = await followed(browser, made)
        assert text_of(other["notice"]) == "This is a new run: the network has changed. Undo"
        assert other["voice-maths"].get("aria-current") == "true"
        back = page_of(await browser.get(other["undo"].get("href")))
        assert (place_on(back), text_of(back["notice"])) == (40, "")
        assert back["voice-maths"].get("aria-current") == "true"
    step = await browser.post(other["next"].get("formaction"))
    assert "undo" not in (await followed(browser, step)).ids  # one step on it is history


@pytest.mark.parametrize(
    ("query", "drawer"),
    [
        ("", ""),
        ("?panel=", ""),
        ("?pick=n-1-1", "inspect"),
        ("?panel=&pick=w-1-1-2", "inspect"),
        ("?panel=inspect", "inspect"),
        ("?panel=inspect&pick=n-2-1", "inspect"),
        ("?panel=tables&pick=n-2-1", "tables"),
        ("?panel=share&lens=weights", "share"),
    ],
)
async def test_links_shared_before_the_drawer_still_open_what_they_named(
    browser: AsyncClient, query: str, drawer: str
) -> None:
    lab = await make(browser)
    page = page_of(await browser.get(f"/labs/{lab}{query}"))
    assert ("drawer" in page.ids, "inspector" in page.ids) == (bool(drawer), drawer == "inspect")
    if drawer:
        assert page[f"tab-{drawer}"].get("aria-current") == "true"
        assert page[f"panel-{drawer}"].get("aria-current") == "true"
