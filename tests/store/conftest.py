"""Every test of the store runs on every kind of database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.store.store import Store


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/a folder/labs.sqlite3"
    return request.getfixturevalue("database_url")


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """A store in an empty database."""
    store = Store(url)
    yield store
    store.close()
