"""Compiled templates are kept, never longer than what they were made of, and nobody depends on it."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from app.web.compiled import KEPT, Compiled


class Counting(Environment):
    """A template environment that counts what it compiles."""

    compiled = 0

    def compile(self, *arguments, **named):
        self.compiled += 1
        return super().compile(*arguments, **named)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A program of one module and one template, which asks a filter as soon as it is compiled."""
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "words.py").write_text("")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text("{{ 'and'|said }} {{ who }}")
    return tmp_path


def started(folder: Path, said: str = "and") -> tuple[str, int]:
    """Return a page as a program shows it that has just been started, and how much it compiled for it."""
    kept = Compiled(folder / "templates", folder / "app")
    environment = Counting(loader=FileSystemLoader(folder / "templates"), bytecode_cache=kept)
    environment.filters["said"] = lambda _: said
    return environment.get_template("page.html").render(who="Ada"), environment.compiled


def test_the_second_start_compiles_nothing(folder: Path) -> None:
    assert [started(folder), started(folder)] == [("and Ada", 1), ("and Ada", 0)]


@pytest.mark.parametrize("file", ["app/words.py", "templates/page.html", "templates/other.html"])
def test_whatever_changes_in_program_or_templates_they_are_compiled_anew(folder: Path, file: str) -> None:
    started(folder)
    with (folder / file).open("a") as text:
        text.write("# !")
    page, compiled = started(folder, "und")
    assert (page.removesuffix("# !"), compiled) == ("und Ada", 1)
    assert len([*(folder / "templates" / KEPT).iterdir()]) == 1  # nothing old is left


def test_where_nothing_can_be_written_pages_are_shown_all_the_same(folder: Path) -> None:
    (folder / "templates" / KEPT).write_text("in the way")
    assert [started(folder), started(folder)] == [("and Ada", 1)] * 2
