"""The README keeps its promises: tables as in the registries, files where it says, a walk that works."""

from __future__ import annotations

import re

from tests.readme import README, with_tables


def test_the_tables_are_those_of_the_registries() -> None:
    text = README.read_text(encoding="utf-8")
    assert text == with_tables(text), "run python -m tests.readme"


def test_every_file_and_folder_it_names_exists() -> None:
    text = README.read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:app|templates|static|tests)/[\w./-]*)`", text)) | set(re.findall(r"\]\((\S+?)\)", text))
    missing = [name for name in named if not (README.parent / name).exists()]
    assert len(named) > 10 and not missing


def test_every_make_target_it_names_exists() -> None:
    targets = set(re.findall(r"^(\w+):", (README.parent / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"(?:^|`)make (\w+)", README.read_text(encoding="utf-8"), re.MULTILINE))
    assert {"run", "test", "bench"} <= named <= targets
