"""The way of one click, as README tells it: its functions are short, and a click passes them in order."""

from __future__ import annotations

import inspect
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import FrameType, FunctionType

import httpx
import pytest

from app.main import create_app
from app.settings import Settings
from tests.readme import README

MOST = 350  # lines of all of them


def named() -> list[str]:
    """Return the functions that the README names, in its order."""
    section = README.read_text(encoding="utf-8").split("### The way of one click")[1].split("\n### ")[0]
    return re.findall(r"^\d+\. `(app\.[\w.]+)`", section, re.MULTILINE)


def function(name: str) -> FunctionType:
    """Return the function of a dotted name: a module's or a class's own."""
    parts = name.split(".")
    at = next(at for at in range(len(parts) - 1, 0, -1) if is_module(parts[:at]))
    found = import_module(".".join(parts[:at]))
    for part in parts[at:]:
        found = getattr(found, part)
    return inspect.unwrap(found)


def is_module(parts: list[str]) -> bool:
    path = Path(README.parent, *parts)
    return path.is_dir() or path.with_suffix(".py").exists()


@contextmanager
def passed() -> Iterator[list[str]]:
    """Note every function of ours that is entered, in whatever thread."""
    found: list[str] = []

    def note(frame: FrameType, event: str, argument: object) -> None:
        module = frame.f_globals.get("__name__", "")
        if event == "call" and module.startswith("app."):
            found.append(f"{module}.{frame.f_code.co_qualname}")

    before = sys.getprofile()
    threading.setprofile(note)
    sys.setprofile(note)
    try:
        yield found
    finally:
        sys.setprofile(before)
        threading.setprofile(None)


def test_its_functions_exist_and_are_short_together() -> None:
    lengths = {name: len(inspect.getsource(function(name)).splitlines()) for name in named()}
    assert len(lengths) >= 15
    assert sum(lengths.values()) <= MOST, lengths


@pytest.mark.anyio
async def test_a_real_click_passes_them_in_this_order(tmp_path: Path) -> None:
    app = create_app(Settings(database_url=f"sqlite:///{tmp_path}/labs.sqlite3"))
    transport, htmx = httpx.ASGITransport(app), {"HX-Request": "true"}
    async with httpx.AsyncClient(transport=transport, base_url="http://lab") as client:
        with passed() as found:
            made = await client.post("/labs", data={"data": "xor", "place": "5"})
            found.clear()
            answer = await client.post(f"{made.headers['Location']}/backward?at=5", headers=htmx)
    assert answer.status_code == 200
    wanted, firsts = named(), []
    for name in wanted:
        code = function(name).__code__
        own = f"{function(name).__module__}.{code.co_qualname}"
        calls = [at for at, call in enumerate(found) if call == own or call.startswith(f"{own}.<locals>")]
        assert calls, f"{name} was not passed"
        firsts.append(calls[0])
    assert firsts == sorted(firsts), [name for _, name in sorted(zip(firsts, wanted, strict=True))]
