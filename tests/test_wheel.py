"""The wheel: one file that brings all there is under one name, and runs where nothing else is."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PathDistribution, distribution
from pathlib import Path
from zipfile import Path as ZipPath
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement

from app.main import create_app
from app.settings import Settings
from hatch_build import renamed
from tests.datasets.test_table_files import workbook

ROOT = Path(__file__).parents[1]
BIN, ENDING = ("Scripts", ".exe") if sys.platform == "win32" else ("bin", "")
ITERATION = """
import json, sys, blame_game
network = [([[1.0, -1.0]], [0.5])]
lab = blame_game.show(network, [[0, 1], [1, 1]], [[0], [1]], server=sys.argv[1], browser=False)
lab.step("iteration")
ours = [name for name in sys.modules if name.startswith("blame_game")]
print(json.dumps([lab.moment["place"], lab.moment["moment"]["phase"], lab.moment["after"] is not None, ours]))
"""
OPENING = """
import sys
from pathlib import Path
part = Path(__file__).with_name("part")
part.write_text(sys.argv[1])
part.rename(part.with_name("opened"))
"""
SHEET = """
import sys
from pathlib import Path
from blame_game.datasets.spreadsheet import sheet_text
print(sheet_text(Path(sys.argv[1]).read_bytes()))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build it as `make wheel` does."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@dataclass(frozen=True)
class Installed:
    """A virtual environment that has the wheel and what the wheel asks for; its home, an empty folder."""

    folder: Path
    home: Path

    @property
    def environ(self) -> dict[str, str]:
        keys = ("PATH", "SYSTEMROOT", "TEMP")
        kept = {key: os.environ[key] for key in keys if key in os.environ}
        home = dict.fromkeys(("HOME", "USERPROFILE", "LOCALAPPDATA"), str(self.home))
        return kept | home | {"LOG_LEVEL": "warning"}

    def program(self, name: str) -> str:
        return str(self.folder / BIN / f"{name}{ENDING}")

    def python(self, code: str, *arguments: str) -> str:
        command = [self.program("python"), "-c", code, *arguments]
        return subprocess.run(
            command, cwd=self.home, env=self.environ, check=True, stdout=subprocess.PIPE, text=True
        ).stdout


def asked_for(wheel: Path) -> set[str]:
    """Return the packages that the wheel asks for, and those that they ask for."""
    (information,) = (folder for folder in ZipPath(wheel).iterdir() if folder.name.endswith(".dist-info"))
    waiting = [(one, {""}) for one in PathDistribution(information).requires or ()]
    found: set[str] = set()
    while waiting:
        text, extras = waiting.pop()
        wanted = Requirement(text)
        here = wanted.marker is None or any(wanted.marker.evaluate({"extra": extra}) for extra in extras)
        if here and wanted.name not in found:
            found.add(wanted.name)
            there = distribution(wanted.name)
            assert wanted.specifier.contains(there.version, prereleases=True), wanted
            waiting += [(one, {"", *wanted.extras}) for one in there.requires or ()]
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Install it into an empty environment: by pip without a network, and what it asks for as copies."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder / "venv", with_pip=False)
    made = Installed(folder / "venv", folder / "home")
    made.home.mkdir()
    packages = Path(made.python("import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    for name in asked_for(wheel):
        for file in distribution(name).files or ():
            if ".." not in file.parts and Path(file.locate()).exists():
                (packages / file).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(file.locate(), packages / file)  # as old as it is: it need not be compiled anew
    pip = [sys.executable, "-m", "pip", "--python", made.program("python"), "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--quiet", "--no-index", "--no-compile", str(wheel)], check=True)
    return made


@pytest.fixture
def served(installed: Installed, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """Start `blame-game --open` with a browser that keeps the address it is given in a file."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    browser = tmp_path / "browser.py"
    browser.write_text(OPENING)
    command = [installed.program("blame-game"), "--port", port, "--open"]
    environ = installed.environ | {"BROWSER": f"{sys.executable} {browser} %s", "PORT": "1"}
    with subprocess.Popen(command, cwd=tmp_path, env=environ, stdout=subprocess.PIPE, text=True) as program:
        try:
            said = program.stdout.readline()
            where = re.fullmatch(r"Blame Game is at (\S+) \(Ctrl\+C stops it\)\n", said)[1]
            assert where == f"http://127.0.0.1:{port}"
            yield where, tmp_path
        finally:
            program.terminate()
            program.wait(timeout=30)


def test_it_holds_one_package_with_all_templates_static_files_and_catalogues(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if not name.startswith("blame_game-")}
        client = archive.read("blame_game/__init__.py")
    files = {
        f"blame_game/{path.relative_to(ROOT).as_posix()}"
        for folder in ("static", "templates")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    program = {
        f"blame_game/{path.relative_to(ROOT / 'app').as_posix()}"
        for path in (ROOT / "app").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert names == files | program
    assert {"blame_game/static/vendor/htmx.min.js", "blame_game/static/vendor/hx-sse.min.js"} <= names
    assert "blame_game/notation/languages/de.po" in names
    assert client == (ROOT / "templates/exports/blame_game.py").read_bytes()


def test_no_module_in_it_asks_for_app(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".py")}
    assert len(texts) > 150
    for name, text in texts.items():
        for node in ast.walk(ast.parse(text)):
            found = [node.module] if isinstance(node, ast.ImportFrom) else []
            found += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            found += [node.value] if isinstance(node, ast.Constant) else []
            wrong = [
                one for one in found if re.search(r"(?:import |from |^)app\b(?:\.\w|$| import )", str(one))
            ]
            assert not wrong, name


def test_only_the_package_is_renamed() -> None:
    before = 'from app import limits; from app.lab.lab import Lab\napp.mount("app.main:x")\nx.app.lab'
    after = before.replace("m app", "m blame_game").replace('"app', '"blame_game')
    assert renamed(before, ["lab", "main"]) == after


def test_it_says_what_it_is_and_needs(wheel: Path, tmp_path: Path) -> None:
    (information,) = (folder for folder in ZipPath(wheel).iterdir() if folder.name.endswith(".dist-info"))
    told = PathDistribution(information)
    asked = {Requirement(one).name: Requirement(one) for one in told.requires or ()}
    assert (told.metadata["Name"], told.metadata["Requires-Python"]) == ("blame-game", ">=3.11")
    assert told.version == create_app(Settings(database_url=f"sqlite:///{tmp_path}/labs.sqlite3")).version
    assert told.metadata["License-Expression"] == "MIT"
    assert (information / "licenses" / "LICENSE").read_text() == (ROOT / "LICENSE").read_text()
    assert told.metadata.get_all("Provides-Extra") == ["postgres"]
    assert {"fastapi", "numpy", "psycopg"} <= set(asked)
    assert all(">=" in str(one.specifier) for one in asked.values())
    assert [(one.name, one.value) for one in told.entry_points] == [
        ("blame-game", "blame_game.__main__:main")
    ]


def test_its_command_opens_the_browser_and_its_client_steps_an_iteration(
    installed: Installed, served: tuple[str, Path]
) -> None:
    where, folder = served
    found = json.loads(installed.python(ITERATION, where))
    assert found == [4, "descent", True, ["blame_game"]]  # the client brings nothing of the server
    waited = time.monotonic() + 30
    while not (folder / "opened").exists() and time.monotonic() < waited:
        time.sleep(0.05)
    assert (folder / "opened").read_text() == where
    (kept,) = installed.home.rglob("blame-game.sqlite3")  # in the user's own folder
    assert kept.parent.name == "blame-game"
    assert {path.name for path in folder.iterdir()} == {"browser.py", "opened"}


def test_what_it_starts_for_a_spreadsheet_is_its_own(installed: Installed, tmp_path: Path) -> None:
    (tmp_path / "book.xlsx").write_bytes(workbook([["x", "y"], [1, 0.5]]))
    assert installed.python(SHEET, str(tmp_path / "book.xlsx")).split() == ["x", "y", "1", "0.5"]
