"""The README keeps its promises: tables as in the registries, files where it says, a walk that works."""

from __future__ import annotations

import json
import re
from pathlib import Path

import httpx
import pytest

from app.main import create_app
from app.settings import Settings
from tests.readme import README, with_tables


def test_the_tables_are_those_of_the_registries() -> None:
    text = README.read_text(encoding="utf-8")
    assert text == with_tables(text), "run python -m tests.readme"


def test_every_file_and_folder_it_names_exists() -> None:
    text = README.read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:app|templates|static|tests)/[\w./-]*)`", text)) | set(
        re.findall(r"\]\((\S+?)\)", text)
    )
    missing = [name for name in named if not (README.parent / name).exists()]
    assert len(named) > 10
    assert not missing


def test_every_make_target_it_names_exists() -> None:
    targets = set(
        re.findall(r"^(\w+):", (README.parent / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    )
    named = set(re.findall(r"(?:^|`)make (\w+)", README.read_text(encoding="utf-8"), re.MULTILINE))
    assert {"run", "test", "bench"} <= named <= targets


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
