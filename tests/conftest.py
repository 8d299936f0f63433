"""What many tests share."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests import postgres

UNTRACED = pytest.StashKey[bool]()  # whether the last test in this process was
settings.register_profile("patient", deadline=None)  # a busy machine is no failure
settings.load_profile("patient")


@pytest.hookimpl(optionalhook=True)  # nobody asks where xdist is away
def pytest_xdist_auto_num_workers() -> int:
    """Run one test more at a time than there are processors: many of them wait, for a browser or a server."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the long walks go untraced, more than twice as fast: without them, too, every line is run. The
    browser's tests run a server of its own, of which nothing is traced anyway."""
    for item in items:
        if item.get_closest_marker("walk") or "browser" in item.path.parts:
            item.add_marker("no_cover")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before a traced test, forget what functions remember of untraced ones before it: what they asked first
    is to be run traced as well. The browser's tests ask a server of its own."""
    untraced = item.get_closest_marker("no_cover") is not None
    if not untraced and item.config.stash.get(UNTRACED, False):
        for name, module in list(sys.modules.items()):
            if name.startswith("app."):
                for found in list(vars(module).values()):
                    if callable(getattr(found, "cache_clear", None)):
                        found.cache_clear()
    if "browser" not in item.path.parts:
        item.config.stash[UNTRACED] = untraced


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Async tests run on asyncio, as the server does."""
    return "asyncio"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """One server for all tests of this process. Where there is none: a skip, in CI a failure."""
    programs = postgres.programs()
    if programs is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(postgres.MISSING)
    with postgres.server(programs) as url:
        yield url


@pytest.fixture
def database_url(postgres_server: str) -> Iterator[str]:
    """The address of an empty PostgreSQL database for one test."""
    with postgres.database(postgres_server, f"test_{secrets.token_hex(4)}") as url:
        yield url
