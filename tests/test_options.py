"""The command line: it goes before the environment, and labs are kept where a system wants them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import make_url

from app.options import data_folder, told
from app.settings import read_settings

ROOT = Path(__file__).parents[1]


def kept(*arguments: str, **environ: str) -> str:
    """Return the file that is opened."""
    variables, _ = told(arguments, environ, Path("data"))
    return make_url(read_settings(environ | variables).database_url).database


def test_the_command_line_goes_before_the_environment() -> None:
    environ = {"HOST": "::1", "PORT": "8001"}
    assert told(["--port", "8002"], environ | {"DATABASE_URL": "x"}, Path()) == ({"PORT": "8002"}, False)
    variables, opens = told(["--host", "0.0.0.0", "--open"], environ, Path("data"))
    assert (variables["HOST"], opens) == ("0.0.0.0", True)
    assert "PORT" not in variables


def test_labs_are_kept_where_somebody_says_and_else_in_the_usual_folder(tmp_path: Path) -> None:
    file = "blame-game.sqlite3"
    assert kept() == kept(DATABASE_URL="") == f"data/{file}"
    assert kept(DATABASE_URL="sqlite:///labs.sqlite3") == "labs.sqlite3"
    assert kept("--data", "here", DATABASE_URL="sqlite:///labs.sqlite3") == f"here/{file}"
    assert kept("--data", "~/labs") == f"{Path.home()}/labs/{file}"
    assert kept("--data", str(tmp_path / "ä b %20?#@x@")) == f"{tmp_path}/ä b %20?#@x@/{file}"


@pytest.mark.parametrize(
    ("platform", "environ", "folder"),
    [
        ("win32", {"LOCALAPPDATA": "C:/Users/ada/AppData/Local"}, "C:/Users/ada/AppData/Local/blame-game"),
        ("win32", {}, "~/AppData/Local/blame-game"),
        ("darwin", {"XDG_DATA_HOME": "/other"}, "~/Library/Application Support/blame-game"),
        ("linux", {"XDG_DATA_HOME": "/other"}, "/other/blame-game"),
        ("linux", {"XDG_DATA_HOME": ""}, "~/.local/share/blame-game"),
    ],
)
def test_each_system_has_its_folder(platform: str, environ: dict[str, str], folder: str) -> None:
    assert data_folder(environ, platform) == Path(folder).expanduser()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--port"], 2, "blame-game: error: argument --port: expected one argument"),
        (["--labs"], 2, "blame-game: error: unrecognized arguments: --labs"),
        (["--help"], 0, "--data FOLDER"),
    ],
)
def test_what_cannot_be_meant_is_said_and_so_is_what_can(
    capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, said: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        told(arguments, {}, Path())
    assert ended.value.code == code
    assert said in "".join(capsys.readouterr())


def test_the_program_hears_its_command_line(tmp_path: Path) -> None:
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PORT": "8000"}
    command = [sys.executable, "-m", "app", "--port", "0"]
    ended = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, text=True)
    said = "PORT must be a whole number from 1 to 65535, but is '0'.\n"
    assert (ended.returncode, ended.stderr) == (2, said)
    assert list(tmp_path.iterdir()) == []
