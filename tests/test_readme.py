"""The README keeps its promises: tables as in the registries, files where it says, a walk that works."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from app.main import create_app
from app.settings import Settings
from tests.readme import README, with_tables


def test_the_tables_are_those_of_the_registries() -> None:
    text = README.read_text(encoding="utf-8")
    assert text == with_tables(text), "run python -m tests.readme"


@pytest.mark.parametrize(("file", "most"), [("README.md", 10), ("CONTRIBUTING.md", 7)])
def test_every_file_and_folder_it_names_exists(file: str, most: int) -> None:
    text = (README.parent / file).read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:app|templates|static|tests)/[\w./-]*)[ `]", text)) | set(
        re.findall(r"\]\((\S+?)\)", text)
    )
    named = {name for name in named if "NAME" not in name}  # which stands for any
    missing = [name for name in named if not (README.parent / name).exists()]
    assert len(named) >= most
    assert not missing


def test_every_make_target_it_names_exists() -> None:
    targets = set(
        re.findall(r"^(\w+):", (README.parent / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    )
    for file, least in (
        ("README.md", {"run", "test", "bench"}),
        ("CONTRIBUTING.md", {"dev", "check", "quick"}),
    ):
        text = (README.parent / file).read_text(encoding="utf-8")
        assert least <= set(re.findall(r"(?:^|`)make (\w+)", text, re.MULTILINE)) <= targets


def test_the_moment_in_the_shell_is_a_moment() -> None:
    text = (README.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
    found = subprocess.run(
        [sys.executable, "-c", text.split("```python\n")[1].split("```")[0]],
        cwd=README.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.startswith("Moment(phase='backward', layer=1, neuron=3)")


@pytest.mark.anyio
async def test_its_walk_with_curl_goes_through_one_iteration(tmp_path: Path) -> None:
    text = README.read_text(encoding="utf-8")
    recipe = json.loads(re.search(r"-d '(\{.*?\})'", text)[1])
    steps = re.findall(r'-X POST "\$HERE(/labs/)\$LAB(/\S+?)"', text)
    assert len(steps) == 5
    app = create_app(Settings(database_url=f"sqlite:///{tmp_path}/labs.sqlite3"))
    headers = {"Accept": "application/json"}
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://lab", headers=headers
    ) as client:
        made = await client.post("/labs", json=recipe)
        phases = []
        for before, after in steps:
            answer = await client.post(f"{before}{made.json()['id']}{after}")
            assert answer.status_code == 200
            phases.append((answer.json()["place"], answer.json()["moment"]["phase"]))
    assert phases == [(3, "forward"), (4, "cost"), (7, "backward"), (8, "descent"), (7, "backward")]
