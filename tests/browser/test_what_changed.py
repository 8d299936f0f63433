"""What has changed is sent and nothing else: the page is what it would be if it came as a whole."""

from __future__ import annotations

from playwright.sync_api import Page, Response

from tests.browser.conftest import Opener
from tests.browser.program import Program
from tests.browser.walk import AND, link, place, press, rested

PRESSES = 9
# The page as it stands, and as the server writes it as a whole, element by element; what htmx and a pointer
# leave on elements is left out.
BOTH = """async () => {
    const plain = text => text.replace(/htmx-\\w+|\\blit\\b/g, "").split(/\\s+/).filter(Boolean).join(" ");
    const ours = ({ name }) => !["data-htmx-powered", "data-page", "open"].includes(name);
    const parts = root => [...root.querySelectorAll("#lab, #lab *:not(#motion *)")].map(one => [one.tagName,
        ...[...one.attributes].filter(ours).map(({ name, value }) => `${name}=${plain(value)}`).sort(),
        ...[...one.childNodes].filter(node => node.nodeType === 3).map(node => plain(node.data))].join(" "));
    const answer = await fetch(location, { headers: { Accept: "text/html" } });
    return [parts(document), parts(new DOMParser().parseFromString(await answer.text(), "text/html"))];
}"""
WALKS = [
    (AND, {}),
    (AND | {"hidden": "3,2", "batch": "4", "optimiser": "adam"}, {"panel": "inspect", "pick": "w-1-2-1"}),
    (AND | {"data": "digits", "hidden": "4", "output": "softmax"}, {"lens": "blame", "digits": "8"}),
    (AND | {"data": "moons", "hidden": "3"}, {"panel": "model", "maps": "beside", "pace": "neuron"}),
    (AND | {"data": "sine", "output": "linear", "cost": "quadratic"}, {"panel": "tables", "voice": "maths"}),
    (AND, {"panel": "surface"}),
    (AND, {"panel": "share", "pace": "iteration"}),
    (AND, {"panel": "dials", "pace": "phase"}),
]


def same(page: Page) -> None:
    shown, whole = page.evaluate(BOTH)
    assert shown == whole


def test_a_page_that_has_changed_is_the_page_that_would_have_come_as_a_whole(
    visit: Opener, own: Program
) -> None:
    for recipe, view in WALKS:
        page, answers = visit(link(recipe, **view), at=own), []

        def heard(answer: Response, answers: list[Response] = answers) -> None:
            answers.append(answer)

        rested(page)
        page.wait_for_timeout(300)
        page.reload()
        page.on("response", lambda answer, heard=heard: answer.request.method == "POST" and heard(answer))
        for _ in range(PRESSES):
            press(page, "ArrowRight")
            rested(page)
            same(page)
        for _ in range(2):
            press(page, "ArrowLeft")
            rested(page)
            same(page)
        sent = [(answer.request.headers.get("page"), answer.text()[:200]) for answer in answers]
        assert sum(text.startswith("<hx-changes>") for _, text in sent) >= PRESSES, (recipe, view, sent)
        assert place(page) > 0
        page.context.close()
