"""The board of a class in a browser: on a projector nothing is cut, what is pressed shows at once, and the
way back in leaves no trace."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener
from tests.browser.program import Program
from tests.browser.test_access import violations_in_any_theme

PROJECTOR = {"viewport": {"width": 1280, "height": 720}, "theme": "projector"}
SEATS = 24
SMALLEST = """() => [...document.querySelectorAll("body *")].filter(e => e.checkVisibility() &&
    [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) && !e.closest(".unseen, .skip")
    && parseFloat(getComputedStyle(e).fontSize) < 14).map(e => e.outerHTML)"""
MAY_BE_CUT = "header, .seat, .at-foot span, .card, button, h1, h2, p"
CUT = f"""() => [...document.querySelectorAll("{MAY_BE_CUT}")].filter(e =>
    e.checkVisibility() && !e.closest(".unseen, .skip") && e.scrollWidth > e.clientWidth + 1
    && getComputedStyle(e).display !== "inline").map(e => e.outerHTML.slice(0, 200))"""


def client(at: Program) -> httpx.Client:
    """Return a program that asks for JSON."""
    return httpx.Client(base_url=at.url, headers={"accept": "application/json"}, timeout=30)


class Classroom:
    """A class of people who step copies of their own, each somewhere else."""

    def __init__(self, at: Program, seats: int = SEATS) -> None:
        self.teacher, self.students = client(at), [client(at) for _ in range(seats)]
        self.lab = self.teacher.post("/labs", json={"hidden": [2]}).json()["id"]
        opened = self.teacher.post("/rooms", json={"lab": self.lab, "mode": "own"}).json()
        self.code, self.host, self.path = opened["code"], opened["host"], f"/rooms/{opened['code']}"
        for number, student in enumerate(self.students):
            student.post(f"{self.path}/join")
            student.get(self.path, headers={"accept": "text/html"})
            lab = student.get(self.path).json()["lab"]
            assert student.post(f"/labs/{lab}/go", params={"at": 0, "to": number}).status_code == 200

    def entered(self, page: Page, query: str = "") -> None:
        """Let a page be the teacher's, and open the board."""
        cookies = [
            {"name": one, "value": text, "url": page.url} for one, text in self.teacher.cookies.items()
        ]
        page.context.add_cookies(cookies)
        page.goto(self.path + query)

    def vote(self) -> None:
        """Let everybody say the first thing there is."""
        choice = self.students[0].get(self.path).json()["question"]["choices"][0]["key"]
        for student in self.students:
            assert student.post(f"{self.path}/vote", json={"answer": choice}).status_code == 200


@pytest.fixture(scope="module")
def room(served: Program) -> Iterator[Classroom]:
    """One class for these tests."""
    room = Classroom(served)
    yield room
    for one in (room.teacher, *room.students):
        one.close()


def test_on_a_projector_the_whole_class_is_seen_and_nothing_is_cut_or_small(
    visit: Opener, room: Classroom
) -> None:
    page = visit("/recipe", **PROJECTOR)
    room.entered(page)
    expect(page.locator(".seat")).to_have_count(SEATS)
    assert page.evaluate(SMALLEST) == []
    assert page.evaluate(CUT) == []
    assert page.evaluate("document.documentElement.scrollHeight") <= 720
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_on_a_phone_the_board_is_one_column_and_nothing_sticks_out(visit: Opener, room: Classroom) -> None:
    page = visit("/recipe", viewport={"width": 390, "height": 844})
    room.entered(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate(CUT) == []


def test_axe_finds_nothing_on_the_board_or_beside_it(visit: Opener, room: Classroom) -> None:
    page = visit("/recipe")
    room.entered(page, "?names=1")
    assert violations_in_any_theme(page) == []
    page.locator(".seat").first.click()
    page.get_by_role("button", name="show code").click()
    assert violations_in_any_theme(page) == []
    for beside in ("keep", "hand-ins", "end"):
        page.goto(f"{room.path}/{beside}")
        assert violations_in_any_theme(page) == [], beside


def test_a_network_that_is_opened_stays_open_while_the_class_goes_on(visit: Opener, room: Classroom) -> None:
    page = visit("/recipe", **PROJECTOR)
    room.entered(page)
    page.locator(".seat").nth(3).click()
    expect(page.locator(".large article")).to_have_count(1)
    for number in range(3):
        student = room.students[number]
        stands = page.locator(".stands").all_inner_texts()
        lab = student.get(room.path).json()["lab"]
        place = student.get(f"/labs/{lab}.json").json()["place"]
        student.post(f"/labs/{lab}/go", params={"at": place, "to": place + 10})
        expect(page.locator(".stands")).not_to_have_text(stands)
        expect(page.locator(".large article")).to_have_count(1)
    page.get_by_role("link", name="Close").click()
    expect(page.locator(".large article")).to_have_count(0)


def test_what_is_chosen_on_the_board_stays_chosen_while_the_class_goes_on(
    visit: Opener, room: Classroom
) -> None:
    page = visit("/recipe", **PROJECTOR)
    room.entered(page)
    question, own = page.locator("input[name=question]").nth(1), page.locator("input[name=own][value=true]")
    question.check()
    own.check()
    page.locator("#room summary").click()
    stands = page.locator(".stands").all_inner_texts()
    student = room.students[5]
    lab = student.get(room.path).json()["lab"]
    place = student.get(f"/labs/{lab}.json").json()["place"]
    student.post(f"/labs/{lab}/go", params={"at": place, "to": place + 10})
    expect(page.locator(".stands")).not_to_have_text(stands)
    expect(question).to_be_checked()
    expect(own).to_be_checked()
    expect(page.locator("#room .pop")).to_be_visible()


def test_the_code_fills_the_screen_until_escape(visit: Opener, room: Classroom) -> None:
    page = visit("/recipe", **PROJECTOR)
    room.entered(page)
    page.get_by_role("button", name="show code").click()
    box = page.locator("#code-screen").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 1280, "height": 720}
    assert page.locator(".signs").bounding_box()["height"] > 100
    assert page.evaluate(CUT) == []
    assert page.evaluate(SMALLEST) == []
    expect(page.locator(".typed")).to_have_text(f"{page.url.split('/')[2]}/{room.code}")
    page.keyboard.press("Escape")
    expect(page.locator("#code-screen")).to_be_hidden()


def test_by_keyboard_a_round_goes_on_from_where_one_is(visit: Opener, room: Classroom) -> None:
    page = visit("/recipe")
    room.entered(page)
    page.locator("#go-on").focus()
    for words in ("Ask this", "Let them guess", "Close the vote"):
        expect(page.locator("#go-on")).to_have_text(words)
        expect(page.locator("#go-on")).to_be_focused()
        page.keyboard.press("Enter")
    expect(page.locator("#go-on")).to_have_text("Show the answer")
    page.get_by_role("button", name="Drop this question").click()
    expect(page.locator("#go-on")).to_have_text("Ask this")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_round_is_run_by_pressing(visit: Opener, room: Classroom, scripts: bool) -> None:
    page = visit("/recipe", java_script_enabled=scripts, **PROJECTOR)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    room.entered(page)
    page.locator("input[value=blamed]").check()
    page.get_by_role("button", name="Ask this").click()
    page.get_by_role("button", name="Let them guess").click()
    expect(page.locator("#answered")).to_have_text(f"0 of {SEATS} have answered")
    room.vote()
    page.goto(room.path)
    expect(page.locator("#answered")).to_have_text(f"{SEATS} of {SEATS} have answered")
    page.get_by_role("button", name="Close the vote").click()
    expect(page.locator("#votes .cast")).to_be_hidden()
    page.get_by_text("The votes, for you alone").click()
    expect(page.locator("#votes .cast")).to_be_visible()
    page.get_by_role("button", name="Drop this question").click()
    expect(page.get_by_role("button", name="Ask this")).to_be_visible()
    assert page.url.endswith(room.path)
    assert faults == []


def test_the_way_back_in_makes_a_browser_the_host_and_its_token_leaves_the_address(
    visit: Opener, room: Classroom
) -> None:
    page = visit("/recipe")
    page.goto(f"{room.path}#host={room.host}")
    expect(page.locator("#board")).to_be_visible()
    assert room.host not in page.url
    page.go_back()
    assert room.host not in page.url
