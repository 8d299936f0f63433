"""`browser`: from the press of a key to the next painted frame, in a real Chromium."""

from __future__ import annotations

from typing import Any

from tests.benchmarks.recipes import DEEP, LARGE, MIDDLE, RECIPES, SMALL
from tests.benchmarks.report import against, percentile, table
from tests.benchmarks.server import serving
from tests.browser.chromium import MISSING, QUIET, chromium

PRESSES, WARM = 45, 5  # the warm ones are not counted
PAUSE = 800  # milliseconds: the motion of the step before has come to its end
LIMITS = {MIDDLE: 20, DEEP: 35}  # milliseconds
EMPTY = "nothing"  # a press that only swaps one word, without a server: the least there can be

# Milliseconds since the key event's own time stamp: the answer is there, it is in the page, and, as the frame
# after the next one begins, the frame that shows it has been painted.
STOPWATCH = """empty => {
    let pressed = 0;
    addEventListener("keydown", event => {
        pressed = event.timeStamp;
        if (empty) {
            event.stopPropagation();
            document.querySelector(".brand").textContent += ".";
            document.dispatchEvent(new Event("htmx:after:swap"));
        }
    }, true);
    document.addEventListener("htmx:after:swap", () => {
        const swapped = performance.now(), since = pressed;
        requestAnimationFrame(() => requestAnimationFrame(() => {
            const painted = performance.now(), post = performance.getEntriesByType("resource").at(-1);
            performance.clearResourceTimings();
            window.tell([empty ? 0 : post.responseEnd - since, swapped - since, painted - since]);
        }));
    });
}"""
PREPARE = "() => { window.told = new Promise(tell => { window.tell = tell; }); }"


def run() -> None:
    """Measure and print, or say what is missing."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        print("\nbrowser: skipped, since Playwright is not installed: pip install playwright")
        return
    path = chromium()
    if path is None:
        print(f"\nbrowser: skipped. {MISSING}")
        return
    with serving() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        pages = {name: opened(browser, server.port, name) for name in (EMPTY, SMALL, MIDDLE, LARGE, DEEP)}
        found: dict[str, list[list[float]]] = {name: [] for name in pages}
        for _ in range(WARM + PRESSES):  # in turns, so that no busy moment of the machine falls on one alone
            for name, page in pages.items():
                found[name].append(press(page))
        browser.close()
    table(
        f"browser: milliseconds since a key was pressed, medians of {PRESSES}",
        ("network", "answer", "in the page", "painted", "painted p95"),
        [row(name, taken[WARM:]) for name, taken in found.items()],
        f'"{EMPTY}": the same press without server, swapping one word.',
    )


def opened(browser: Any, port: int, name: str) -> Any:
    """Open a lab's page in a context of its own."""
    page = browser.new_page(base_url=f"http://127.0.0.1:{port}", viewport={"width": 1440, "height": 900})
    recipe = RECIPES.get(name, RECIPES[SMALL])
    page.goto(page.request.post("/labs", data=recipe.as_json(), headers={"accept": "text/html"}).url)
    page.evaluate(STOPWATCH, name == EMPTY)
    return page


def press(page: Any) -> list[float]:
    """Press the space bar. Return the times of the answer, the swap and the painted frame."""
    page.bring_to_front()
    page.evaluate(PREPARE)
    page.keyboard.press(" ")
    times = page.evaluate("() => window.told")
    page.wait_for_timeout(PAUSE)
    return times


def row(name: str, taken: list[list[float]]) -> tuple[str, ...]:
    """Return a network's line of the table."""
    answer, swapped, painted = ([times[column] for times in taken] for column in range(3))
    told = (f"{percentile(answer, 0.5):.1f}", f"{percentile(swapped, 0.5):.1f}")
    return (
        name,
        *told,
        against(percentile(painted, 0.5), LIMITS.get(name)),
        f"{percentile(painted, 0.95):.1f}",
    )
