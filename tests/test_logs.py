"""What is logged: JSON a line each, levels heard, nobody named: no client, no lab, no value of an error."""

from __future__ import annotations

import json
import logging
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from logging.config import dictConfig
from pathlib import Path

import httpx
import pytest

from app.logs import JsonLines, log_config

ROOT = Path(__file__).parents[1]


@contextmanager
def running(folder: Path, **settings: str) -> Iterator[tuple[int, list[str]]]:
    """Start the program, give its port and the lines it logs, and stop it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PORT": str(port), **settings}
    command, logged = [sys.executable, "-m", "app"], []
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=folder, env=environ, **pipes) as program:
        reader = threading.Thread(target=lambda: logged.extend(program.stderr))
        reader.start()
        try:
            assert "http://" in program.stdout.readline()
            yield port, logged
        finally:
            program.terminate()
            program.wait(timeout=20)
            reader.join()
            logged.extend(program.stdout)


def test_json_logs_name_nobody_and_tell_a_request_by_its_route(tmp_path: Path) -> None:
    with (
        running(tmp_path, LOG_FORMAT="json") as (port, logged),
        httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=30) as client,
    ):
        client.headers["accept"] = "application/json"
        lab = client.post("/labs", json={}).json()["id"]
        assert client.post(f"/labs/{lab}/next?at=0").status_code == 200
        client.get("/wp-login.php?password=secret")
        client.get("/static/keys.js")
    lines = [json.loads(line) for line in logged]
    assert all({"time", "level", "logger", "message"} <= line.keys() for line in lines)
    told = {(line["method"], line["route"], line["status"]) for line in lines if "route" in line}
    assert told == {
        ("POST", "/labs", 201),
        ("POST", "/labs/{id}/next", 200),
        ("GET", "none", 404),
        ("GET", "/static", 200),
    }
    whole = "".join(logged)
    assert not any(word in whole for word in (lab, "127.0.0.1:", "wp-login", "secret", "httpx"))


@pytest.mark.parametrize("style", ["json", "text"])
def test_no_log_tells_who_is_in_a_class_or_what_they_said(style: str, tmp_path: Path) -> None:
    with running(tmp_path, LOG_FORMAT=style) as (port, logged):
        program = {"base_url": f"http://127.0.0.1:{port}", "headers": {"accept": "application/json"}}
        with (
            httpx.Client(**program, trust_env=False) as host,
            httpx.Client(**program, trust_env=False) as one,
        ):
            lab = host.post("/labs", json={}).json()["id"]
            room = host.post("/rooms", json={"lab": lab}).json()
            at = f"/rooms/{room['code']}"
            name = one.post(f"{at}/join").json()["name"]
            assert host.post(f"{at}/rounds", json={"question": "falls"}).status_code == 200
            assert host.post(f"{at}/advance").status_code == 200
            assert one.post(f"{at}/vote", json={"answer": "rises"}).status_code == 200
            assert host.get(f"{at}.csv").status_code == host.get(f"{at}.json").status_code == 200
            cookies = [*one.cookies.values(), *host.cookies.values()]
    whole = "".join(line for line in logged if "running on http" not in line)
    assert "/rooms" in whole
    assert not [word for word in (name, room["host"], *cookies, "rises", "127.0.0.1:") if word in whole]
    assert style == "text" or room["code"] not in whole


@pytest.mark.parametrize("style", ["json", "text"])
@pytest.mark.parametrize(("level", "heard"), [("info", True), ("warning", False)])
def test_levels_are_heard_and_one_alone_tells_of_requests(style: str, level: str, heard: bool) -> None:
    config = log_config(style, level)
    try:
        dictConfig(config)
        names = ("blame-game", "blame-game.requests", "uvicorn.error", "uvicorn.access")
        ours, asked, servers, accesses = (logging.getLogger(name) for name in names)
        assert [one.isEnabledFor(logging.INFO) for one in (ours, servers)] == [heard, heard]
        assert asked.isEnabledFor(logging.INFO) is (heard and style == "json")
        assert bool(accesses.handlers) is (style == "text")
    finally:
        quiet = {name: {"level": "NOTSET", "handlers": [], "propagate": True} for name in config["loggers"]}
        loud = {"version": 1, "disable_existing_loggers": False, "loggers": quiet}
        dictConfig(loud)


def test_an_error_is_told_by_its_kind_and_place_without_its_values() -> None:
    try:
        raise ValueError("the name of a child")
    except ValueError:
        record = logging.getLogger("blame-game").makeRecord(
            "blame-game", logging.ERROR, __file__, 1, "request %s failed: %s", ("ab", "/labs/xy-z_12/next"),
            sys.exc_info(),
        )  # fmt: skip
    line = json.loads(JsonLines().format(record))
    assert (line["level"], line["error"]) == ("error", "ValueError")
    assert line["message"] == "request ab failed: /labs/{id}/next"
    assert "test_logs.py" in line["frames"][0]
    assert "child" not in json.dumps(line)


def test_text_logs_tell_of_the_store_too(tmp_path: Path) -> None:
    with running(tmp_path) as (port, logged):
        assert httpx.get(f"http://127.0.0.1:{port}/readyz", trust_env=False).status_code == 200
        (tmp_path / "data" / "blame-game.sqlite3").rename(tmp_path / "elsewhere")
        assert httpx.get(f"http://127.0.0.1:{port}/labs/nobody", trust_env=False).status_code == 503
        assert httpx.get(f"http://127.0.0.1:{port}/livez", trust_env=False).status_code == 200
    assert [line for line in logged if line.startswith("ERROR:") and "the store fails: " in line]
    assert "GET /labs/nobody" in "".join(logged)
