"""A server, a browser and its pages. A page that complains on its console fails the test that opened it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from tests.browser.chromium import LAUNCH, MISSING, QUIET, chromium
from tests.browser.program import Program
from tests.web.visitor import as_form

HERE = Path(__file__).parent
DESKTOP = {"width": 1440, "height": 900}
ANSWER = "Failed to load resource: the server responded with a status of 4"  # said of every 409 and 422
PATIENCE = 20_000  # ms before what is waited for counts as missing; a busy machine is slow
Opener = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the browser's tests last, in whatever order they are in, so that the browser starts once."""
    items.sort(key=lambda item: HERE in item.path.parents)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """One server for all tests of this process."""
    program = Program(tmp_path_factory.mktemp("served"))
    program.start()
    yield program
    program.stop()


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Program]:
    """A server for one test, to be taken away and brought back."""
    program = Program(tmp_path)
    program.start()
    yield program
    program.stop()


@pytest.fixture(scope="package")  # not session: while it runs, no asynchronous test can
def browser() -> Iterator[Browser]:
    """One browser for all these tests. Where there is none: a skip, in CI a failure."""
    path = chromium()
    if path is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(MISSING)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET, **LAUNCH)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, served: Program) -> Iterator[Opener]:
    """Open a page as a new person: `theme` and whatever else a context of Playwright takes."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(ANSWER):
            complaints.append(message.text)

    def open_page(path: str = "/", *, at: Program = served, theme: str = "light", **more: Any) -> Page:
        context = browser.new_context(
            base_url=at.url, **{"viewport": DESKTOP, "reduced_motion": "reduce", **more}
        )
        context.set_default_timeout(PATIENCE)
        context.add_cookies([{"name": "theme", "value": theme, "url": at.url}])
        context.on("console", heard)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        contexts.append(context)
        page = context.new_page()
        page.goto(kept(context, path))
        return page

    open_page.complaints = complaints
    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def kept(context: BrowserContext, path: str) -> str:
    """Return where to look at a path: the moment of a link is made a lab of this person’s first."""
    if not path.startswith("/at?"):
        return path
    address, form = as_form(path)
    return context.request.post(address, form=form).url


@pytest.fixture
def plain(visit: Opener) -> Opener:
    """Open pages in a browser that runs no scripts."""
    return lambda path="/", **more: visit(path, java_script_enabled=False, **more)
