"""A throw-away PostgreSQL server on a loopback port, for the tests that need one."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

MISSING = "No PostgreSQL server found to test with. On Debian and Ubuntu: apt-get install postgresql"
INITDB = ("-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
SETTINGS = ("fsync=off", "full_page_writes=off", "listen_addresses=127.0.0.1", "unix_socket_directories=")


def programs() -> Path | None:
    """Return the folder of initdb and postgres: that of PATH, else the newest that Debian has."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    folders += sorted(debian, key=lambda folder: float(folder.parent.name), reverse=True)
    return next((folder for folder in folders if (folder / "postgres").exists()), None)


def user() -> dict[str, object]:
    """Return whom to run the server as: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    entry = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


@contextmanager
def server(bin: Path) -> Iterator[str]:
    """Start a server in a new folder and give its address; take both away at the end."""
    folder, who = Path(tempfile.mkdtemp(prefix="blame-game-postgres-")), user()
    if who:
        os.chown(folder, who["user"], who["group"])
    try:
        initdb = [bin / "initdb", "-D", folder / "data", *INITDB]
        subprocess.run(initdb, cwd=folder, check=True, stdout=subprocess.DEVNULL, **who)
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        options = [part for setting in SETTINGS for part in ("-c", setting)]
        command = [bin / "postgres", "-D", folder / "data", "-p", str(port), *options]
        with (
            open(folder / "log", "wb") as log,
            subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, **who) as process,
        ):
            try:
                url = f"postgresql://tester@127.0.0.1:{port}/postgres"
                _wait_for(url, process, folder / "log")
                yield url
            finally:
                process.send_signal(signal.SIGINT)  # whoever is still connected is not waited for
                process.wait(timeout=20)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(url: str, process: subprocess.Popen, log: Path) -> None:
    end = time.monotonic() + 30
    while True:
        try:
            return psycopg.connect(url, connect_timeout=5).close()
        except psycopg.OperationalError as error:
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}") from error
            time.sleep(0.02)


@contextmanager
def database(server_url: str, name: str) -> Iterator[str]:
    """Create an empty database and give its address in the program's own spelling; drop it at the end."""
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        yield server_url.replace("postgresql:", "postgresql+psycopg:").removesuffix("postgres") + name
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
