"""An application on a fresh database file, and visitors: browsers and programs, each with cookies of its
own."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from itertools import count
from pathlib import Path

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from app.lab.budget import LONG
from app.main import create_app
from app.settings import Settings
from app.store.store import Store
from app.web.allowance import Allowance
from app.web.attending import Codes
from app.web.saved_labs import SavedLabs

Visit = Callable[..., AsyncClient]


@pytest.fixture(autouse=True)
def alone() -> None:
    """Begin when nobody of an earlier test works long any more: meanwhile others would be asked to come
    again."""
    with LONG:
        pass


@pytest.fixture
def database_file(tmp_path: Path) -> Path:
    """Where this test's labs sleep."""
    return tmp_path / "labs.sqlite3"


@pytest.fixture(scope="session")
def put_together(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """The application, its routes read once for all tests: that takes longer than most answers."""
    folder = tmp_path_factory.mktemp("nothing-is-kept-here")
    app = create_app(Settings(database_url=f"sqlite:///{folder}/labs.sqlite3"))
    app.state.labs.store.close()
    return app


@pytest.fixture(scope="session")
def empty_file(put_together: FastAPI) -> Path:
    """A database file in which nothing is yet: to copy it takes less than to make one."""
    return Path(put_together.state.labs.store.database.file.path)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store of its own, without an application."""
    store = Store(f"sqlite:///{tmp_path}/labs.sqlite3")
    yield store
    store.close()


@pytest.fixture
async def app(put_together: FastAPI, empty_file: Path, database_file: Path) -> AsyncIterator[FastAPI]:
    """The whole application, started, with nothing remembered and an empty store of its own."""
    shutil.copyfile(empty_file, database_file)
    labs = put_together.state.labs = SavedLabs(Store(f"sqlite:///{database_file}"))
    labs.allowance = Allowance(count(0, 1e6).__next__)  # so much time goes by that nothing is ever too much
    classes = put_together.state.classes
    classes.labs, classes.store, classes.hub.store = labs, labs.store, labs.store
    put_together.state.codes = Codes(count(0, 1e6).__next__)
    async with put_together.router.lifespan_context(put_together):
        yield put_together


@pytest.fixture
async def visit(app: FastAPI) -> AsyncIterator[Visit]:
    """Send in another visitor: a program unless told otherwise."""
    async with AsyncExitStack() as visitors:

        def enter(accept: str = "application/json", **headers: str) -> AsyncClient:
            client = AsyncClient(
                transport=ASGITransport(app),
                base_url="http://labs.test",
                headers={"accept": accept, **headers},
            )
            visitors.push_async_callback(client.aclose)
            return client

        yield enter


@pytest.fixture
def program(visit: Visit) -> AsyncClient:
    """A program: it wants JSON."""
    return visit()


@pytest.fixture
def browser(visit: Visit) -> AsyncClient:
    """A browser without JavaScript: it wants HTML, and a redirect after a post."""
    return visit("text/html,*/*;q=0.8")


@pytest.fixture
def htmx(visit: Visit) -> AsyncClient:
    """A browser with JavaScript: htmx asks for the part that is swapped."""
    return visit("text/html", **{"hx-request": "true"})
