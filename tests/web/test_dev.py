"""With DEV=1 whoever works on the program sees what was edited at the next request; all others get what is
kept."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parents[2]
EDIT = """
import pathlib, sys
from app.web import render
render.STATIC = pathlib.Path(sys.argv[1])
addresses = []
for text in ("a { }", "b { }"):
    render.STATIC.joinpath("sheet.css").write_text(text)
    addresses.append(render.static_url("sheet.css"))
print(render.ENVIRONMENT.auto_reload, addresses[0] != addresses[1])
"""


@pytest.mark.parametrize(("dev", "seen"), [("1", "True True"), ("", "False False"), ("0", "False False")])
def test_an_edited_file_is_read_again_only_while_one_works(tmp_path: Path, dev: str, seen: str) -> None:
    environ = os.environ | {"DEV": dev}
    edit = subprocess.run(
        [sys.executable, "-c", EDIT, str(tmp_path)],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        check=True,
    )
    assert edit.stdout.strip() == seen


def test_the_program_one_works_on_says_where_it_is_and_stops_when_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        where = f"http://127.0.0.1:{free.getsockname()[1]}"
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LOG_LEVEL": "critical"}
    environ |= {"DEV": "1", "PORT": where.rpartition(":")[2]}
    command = [sys.executable, "-m", "app"]
    with subprocess.Popen(command, cwd=tmp_path, env=environ, stdout=subprocess.PIPE, text=True) as program:
        try:
            assert program.stdout.readline() == f"Blame Game is at {where} (Ctrl+C stops it)\n"
            assert httpx.get(f"{where}/livez", trust_env=False, timeout=60).status_code == 200
            program.send_signal(signal.SIGINT)
            assert program.wait(timeout=60) == 0
        finally:
            program.kill()
