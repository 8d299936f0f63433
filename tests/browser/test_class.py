"""A class in real browsers: whoever follows sees each step, all go where the class is, and everybody is back
after a server that was killed, in the right phase and with their answer."""

from __future__ import annotations

import re
import time

from playwright.sync_api import Error, Page, Route, expect

from tests.browser.conftest import Opener
from tests.browser.program import Program
from tests.browser.walk import AND, link

SIGNS = (
    "ERR_CONNECTION_",
    "ERR_EMPTY_RESPONSE",
    "Failed to fetch",
    "ERR_INCOMPLETE_CHUNKED",
    "network error",
    "of 409",
)


def does(teacher: Page, code: str, verb: str, **given: str) -> None:
    """Let the teacher do something, as the board's forms do."""
    origin = "/".join(teacher.url.split("/")[:3])
    headers = {"origin": origin, "accept": "application/json"}
    answer = teacher.request.post(f"{origin}/rooms/{code}/{verb}", form=given, headers=headers)
    assert answer.status == 200, answer.text()


def opened(visit: Opener, own: Program) -> tuple[Page, str, Page, Page]:
    """A class with two in it, one on a phone: its teacher's network, its code, and both."""
    teacher = visit(link(AND, place=3), at=own)
    lab = re.search(r"/labs/([\w-]+)", teacher.url)
    assert lab
    headers = {"origin": own.url, "accept": "application/json"}
    wanted = {"lab": lab[1], "mode": "follow"}
    answer = teacher.request.post(f"{own.url}/rooms", form=wanted, headers=headers)
    code = answer.json()["code"]
    students = [visit(f"/{code}", at=own), visit(f"/{code}", at=own, viewport={"width": 390, "height": 844})]
    for student in students:
        student.locator("#join").click()
        expect(student.locator("#class-now")).to_contain_text("Your teacher steps, you watch.")
    return teacher, code, students[0], students[1]


def test_who_follows_sees_each_step_and_all_go_where_the_class_is(own: Program, visit: Opener) -> None:
    teacher, code, student, phone = opened(visit, own)
    for page in (student, phone):
        expect(page.locator("#next")).to_have_count(0)
    before = teacher.locator("#narration .told").first.inner_text()
    teacher.locator("#next").click()
    expect(teacher.locator("#narration .told").first).not_to_have_text(before)
    told = teacher.locator("#narration .told").first.inner_text()
    for page in (student, phone):
        expect(page.locator("#narration .told").first).to_have_text(told)
    does(teacher, code, "mode", mode="own")
    for page in (student, phone):
        expect(page.locator("#next")).to_have_count(1)
        expect(page.locator("#class-now")).to_contain_text("Your own way")
    does(teacher, code, "pause", paused="true")
    expect(student.locator("#class-now")).to_contain_text("All hands rest")
    does(teacher, code, "mode", mode="follow")
    expect(student.locator("#next")).to_have_count(0)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")


def reloaded(page: Page) -> None:
    """Load a page anew, also where it was just going elsewhere by itself."""
    for left in (2, 1, 0):
        try:
            page.reload()
            return
        except Error as error:
            if not left or "ERR_ABORTED" not in str(error):
                raise


PHASES = (  # of a round: how it comes to each, and what a student's page says then
    ("", "A question is coming."),
    ("guess", "What do you think?"),
    ("hold", "The vote is closed."),
    ("discuss", "Talk about it with your neighbours"),
    ("guess", "What do you think?"),
    ("reveal", "This is the answer."),
)


def test_in_each_phase_everybody_is_back_after_a_server_that_was_killed_and_after_a_reload(
    own: Program, visit: Opener
) -> None:
    teacher, code, student, phone = opened(visit, own)
    does(teacher, code, "rounds", question="blamed")
    for to, words in PHASES:
        if to:
            does(teacher, code, "advance", to=to)
        for page in (student, phone):
            expect(page.locator("#class-now")).to_contain_text(words)
        if to == "guess":
            student.locator("#sure-4").check()
            student.locator("#question .choices button").first.click()
            expect(student.locator(".voted")).to_have_text("Your answer: h₁")
        own.kill()
        own.start()
        for page in (student, phone):
            expect(page.locator("#away")).to_be_empty()
            expect(page.locator("#class-now")).to_contain_text(words)
            reloaded(page)
            expect(page.locator("#class-now")).to_contain_text(words)
        if to == "guess":
            expect(student.locator(".voted")).to_have_text("Your answer: h₁")
    expect(student.locator("#question")).to_contain_text("Your guess: h₁")
    expect(phone.locator("#question")).to_contain_text("The answer")
    expect(phone.locator("#guessed")).to_contain_text("nothing is broken down")
    own.kill()
    own.start()
    does(teacher, code, "advance")
    for page in (student, phone):  # without a reload
        expect(page.locator("#class-now")).to_contain_text("Your teacher steps", timeout=10000)
    assert len(teacher.request.get(f"{own.url}/rooms/{code}.json").json()["votes"]) == 2
    visit.complaints[:] = [one for one in visit.complaints if not any(sign in one for sign in SIGNS)]


def test_where_no_stream_gets_through_a_page_asks(own: Program, visit: Opener) -> None:
    teacher, code, student, _ = opened(visit, own)
    late = visit(at=own)
    late.route("**/events", lambda route: route.abort())
    late.goto(f"{own.url}/{code}")
    late.locator("#join").click()
    for mode, words in (("own", "Your own way"), ("follow", "Your teacher steps"), ("own", "Your own way")):
        does(teacher, code, "mode", mode=mode)
        expect(late.locator("#class-now")).to_contain_text(words, timeout=10000)
        expect(late.locator("#next")).to_have_count(int(mode == "own"), timeout=10000)
    late.close()  # it complains as long as it asks
    visit.complaints[:] = [one for one in visit.complaints if "ERR_FAILED" not in one and "fetch" not in one]
    assert student


def test_a_stream_opens_however_late_its_script_comes(own: Program, visit: Opener) -> None:
    _, code, _, _ = opened(visit, own)

    def slowly(route: Route) -> None:
        time.sleep(0.5)
        route.continue_()

    late = visit(at=own)
    late.route("**/hx-sse*", slowly)
    late.goto(f"{own.url}/{code}")
    with late.expect_request("**/events", timeout=3000):
        late.locator("#join").click()


def test_whoever_is_taken_out_is_told_so_at_once(own: Program, visit: Opener) -> None:
    teacher, code, student, phone = opened(visit, own)
    name = student.locator(".me b").inner_text()
    teacher.goto(f"{own.url}/rooms/{code}?names=1")
    teacher.locator(".seat", has_text=name).click()
    teacher.locator(".take-out summary").click()
    teacher.locator(".take-out button").click()
    expect(student.locator("#refused")).to_have_text("You were taken out of this class.")
    expect(phone.locator("#class-now")).to_contain_text("Your teacher steps")


def test_when_a_class_is_over_everybody_keeps_their_own_network(own: Program, visit: Opener) -> None:
    teacher, code, student, phone = opened(visit, own)
    does(teacher, code, "mode", mode="own")
    expect(student.locator("#next")).to_have_count(1)
    student.locator("#next").click()
    expect(student.locator("#next")).to_have_count(1)
    expect(phone.locator("#next")).to_have_count(1)
    lab = student.url.split("?")[0]
    teacher.goto(f"{own.url}/rooms/{code}/end")
    teacher.locator("#end").click()
    expect(student.locator("#away")).to_contain_text("Your class is over. Your own network stays yours.")
    expect(student.locator(".strip")).to_have_count(0)
    assert student.url.split("?")[0] == lab
    student.locator("#next").click()
    expect(student.locator("#notice")).to_be_empty()
    visit.complaints[:] = [
        one for one in visit.complaints if "404" not in one and "ERR_INCOMPLETE" not in one
    ]
