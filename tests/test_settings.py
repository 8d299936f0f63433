"""Settings: nothing set works, everything wrong is said at once in sentences that name the variable."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from pydantic import ValidationError

from app.settings import Settings, WrongSettings, read_settings
from app.store.connection import label as label_of

ROOT = Path(__file__).parents[1]


def problems(**environ: str) -> list[str]:
    with pytest.raises(WrongSettings) as caught:
        read_settings(environ)
    return caught.value.problems


def start(folder: Path, **environ: str) -> subprocess.CompletedProcess:
    """Start the program with settings that must stop it."""
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environ}
    command = [sys.executable, "-m", "app"]
    return subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, timeout=60)


def test_nothing_needs_to_be_set() -> None:
    settings = read_settings({})
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.database_url == "sqlite:///data/blame-game.sqlite3"
    assert (settings.keep_days, settings.workers, settings.log_level) == (30, 1, "info")


def test_an_empty_variable_counts_as_not_set() -> None:
    empty = dict.fromkeys(("HOST", "PORT", "DATABASE_URL", "KEEP_DAYS", "LOG_LEVEL"), "")
    assert read_settings(empty) == read_settings({})


def test_every_variable_is_heard() -> None:
    environ = {"HOST": "::", "PORT": "65535", "KEEP_DAYS": "3650", "LOG_LEVEL": "Debug", "OTHER": "ignored"}
    environ |= {"WORKERS": "3", "ROOM_DAYS": "2"}
    environ |= {"LOG_FORMAT": "JSON", "METRICS_PORT": "9100", "FORWARDED_ALLOW_IPS": "10.0.0.9,10.1.0.0/16"}
    environ["PUBLIC_URL"] = "https://Blame.example:8443/"
    settings = read_settings({**environ, "DATABASE_URL": "sqlite:////data/labs.sqlite3"})
    assert settings.model_dump() == {
        "host": "::",
        "port": 65535,
        "database_url": "sqlite:////data/labs.sqlite3",
        "keep_days": 3650,
        "room_days": 2,
        "workers": 3,
        "log_level": "debug",
        "log_format": "json",
        "metrics_port": 9100,
        "public_url": "https://blame.example:8443",
        "forwarded_allow_ips": "10.0.0.9,10.1.0.0/16",
    }


@pytest.mark.parametrize("origin", ["http://10.0.0.7:8000", "https://[::1]", "http://labs"])
def test_a_public_address_may_end_in_a_slash(origin: str) -> None:
    assert read_settings({"PUBLIC_URL": origin}) == read_settings({"PUBLIC_URL": origin + "/"})
    assert read_settings({"PUBLIC_URL": origin}).public_url == origin


def test_settings_cannot_be_changed_later() -> None:
    with pytest.raises(ValidationError):
        read_settings({}).port = 9000


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_means_the_same(scheme: str) -> None:
    settings = read_settings({"DATABASE_URL": f"{scheme}://ada:p%40ss@server:5433/labs"})
    assert settings.database_url == "postgresql+psycopg://ada:p%40ss@server:5433/labs"


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("HOST", "two words", "must be an address of this machine"),
        ("PORT", "0", "must be a whole number from 1 to 65535, but is '0'"),
        ("PORT", "65536", "from 1 to 65535"),
        ("PORT", "http", "from 1 to 65535"),
        ("KEEP_DAYS", "0", "from 1 to 3650, but is '0'"),
        ("KEEP_DAYS", "1.5", "from 1 to 3650"),
        ("KEEP_DAYS", "nan", "from 1 to 3650"),
        ("LOG_LEVEL", "loud", "must be critical, error, warning, info or debug, but is 'loud'"),
        ("WORKERS", "0", "from 1 to 64, or auto: one for each processor, but is '0'"),
        ("WORKERS", "65", "from 1 to 64"),
        ("WORKERS", "many", "from 1 to 64"),
        ("PUBLIC_URL", "blame.example", "without a path, but is 'blame.example'"),
        ("PUBLIC_URL", "https://blame.example/labs", "without a path"),
        ("PUBLIC_URL", "https://ada@blame.example", "without a path"),
        ("PUBLIC_URL", "https://blame.example:0", "without a path"),
        ("PUBLIC_URL", "http://blame.example:65536", "without a path"),
        ("PUBLIC_URL", "ftp://blame.example", "must be the address others reach it by"),
        ("DATABASE_URL", "mysql://server/labs", "but begins with mysql:"),
        ("DATABASE_URL", "labs.sqlite3", "cannot be read as an address"),
        ("DATABASE_URL", "postgresql://server:port/labs", "cannot be read as an address"),
        ("DATABASE_URL", "sqlite://", "names no file"),
        ("DATABASE_URL", "sqlite:///:memory:", "names no file"),
        ("DATABASE_URL", "sqlite://data/labs.sqlite3", "names no file"),
    ],
)
def test_a_wrong_value_gets_one_sentence_that_names_its_variable(name: str, value: str, reason: str) -> None:
    (sentence,) = problems(**{name: value})
    assert sentence.startswith(f"{name} must be ")
    assert reason in sentence
    assert sentence.endswith(".")


def test_all_problems_are_told_at_once() -> None:
    assert len(problems(PORT="x", KEEP_DAYS="x", LOG_LEVEL="x", DATABASE_URL="x")) == 4


def test_no_message_and_no_printed_settings_show_a_password() -> None:
    (sentence,) = problems(DATABASE_URL="mysql://ada:secret@server/labs")
    assert "secret" not in sentence
    assert "secret" not in repr(Settings(database_url="postgresql://ada:secret@server/labs"))


@pytest.mark.parametrize(
    "rest", ["sec@ret@server", "sec@r/et@server", "sec:r@et@server:5432", "@secret@server"]
)
def test_an_at_sign_in_a_password_is_asked_to_be_escaped_and_nothing_of_it_is_shown(rest: str) -> None:
    (sentence,) = problems(DATABASE_URL=f"postgresql://ada:{rest}/labs")
    assert sentence.endswith(", but has more than one @: write %40 for one in a password.")
    assert "ret" not in sentence
    assert "ret" not in label_of("postgresql://ada@server/labs?password=sec%40ret&user=ada")
    assert "cret" not in label_of("postgresql://ada:se%40cret@server/labs")


def test_there_are_as_many_workers_as_processors_where_that_is_asked_for() -> None:
    assert read_settings({"WORKERS": "auto"}).workers == min(64, os.cpu_count())


def test_wrong_settings_end_the_program_with_code_2_and_no_traceback(tmp_path: Path) -> None:
    ended = start(tmp_path, PORT="x", KEEP_DAYS="x")
    assert ended.returncode == 2
    assert [line.split()[0] for line in ended.stderr.splitlines()] == ["PORT", "KEEP_DAYS"]
    assert list(tmp_path.iterdir()) == []


def test_a_port_that_is_taken_is_told_in_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = str(listener.getsockname()[1])
        ended = start(tmp_path, PORT=port)
    assert ended.returncode == 2
    taken = f"Port {port} on 127.0.0.1 is taken by another program; choose another one with --port or PORT.\n"
    assert ended.stderr == taken


def test_a_data_folder_that_cannot_be_made_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    ended = start(tmp_path, PORT=port)
    assert ended.returncode == 2
    assert ended.stderr == "The database data/blame-game.sqlite3 cannot be used: File exists.\n"


def test_a_host_nobody_has_is_told_in_a_sentence(tmp_path: Path) -> None:
    ended = start(tmp_path, HOST="no.such.host.invalid")
    assert ended.returncode == 2
    assert ended.stderr == "HOST is no.such.host.invalid, and no machine has that name.\n"


def test_the_program_says_where_it_is_answers_there_and_stops_when_told(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PORT": str(port), "LOG_LEVEL": "warning"}
    command = [sys.executable, "-m", "app"]
    with subprocess.Popen(command, cwd=tmp_path, env=environ, stdout=subprocess.PIPE, text=True) as program:
        try:
            where = f"http://127.0.0.1:{port}"
            assert program.stdout.readline() == f"Blame Game is at {where} (Ctrl+C stops it)\n"
            assert httpx.get(f"{where}/livez", trust_env=False).status_code == 200
            program.send_signal(signal.SIGINT)
            assert program.wait(timeout=20) == 0
        finally:
            program.kill()
    assert (tmp_path / "data" / "blame-game.sqlite3").exists()


def test_a_missing_driver_is_told_with_the_way_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    (sentence,) = problems(DATABASE_URL="postgresql://ada:secret@server/labs")
    assert 'not installed: pip install "psycopg[binary]"' in sentence
    assert "secret" not in sentence
