"""Who opens the first page waits for nothing that it does not need."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
OPENED = """
import asyncio, json, sys
import app.__main__
from app.main import create_app
from app.settings import Settings

async def opened():
    program = create_app(Settings(database_url=f"sqlite:///{sys.argv[1]}/labs.sqlite3"))
    scope = {"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET"}
    scope |= {"scheme": "http", "path": "/", "raw_path": b"/", "root_path": "", "query_string": b""}
    scope |= {"headers": [(b"host", b"labs")], "server": ("labs", 80), "client": ("127.0.0.1", 1)}
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    async with program.router.lifespan_context(program):
        await program(scope, receive, send)
    return sent[0]["status"]

print(json.dumps([asyncio.run(opened()), [*sys.modules]]))
"""
LATER = {  # wanted by others: German, a shared link, a spreadsheet, another database, somebody at work on it
    "babel",
    "segno",
    "python_calamine",
    "psycopg",
    "sqlalchemy.dialects.postgresql",
    "sqlalchemy.dialects.mysql",
    "sqlalchemy.orm",
    "watchfiles",
    "uvloop",
    "websockets",
    "h11",
    "httpx",
    "hypothesis",
    "pytest",
    "numpy.testing",
    "numpy.polynomial",
    "numpy.fft",
    "unittest",
    "xml",
}


def test_nothing_is_imported_that_the_first_page_does_not_need(tmp_path: Path) -> None:
    command = [sys.executable, "-c", OPENED, str(tmp_path)]
    found = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    status, modules = json.loads(found.stdout)
    assert status == 200
    assert {"app.__main__", "jinja2", "sqlalchemy.dialects.sqlite"} <= set(modules)
    early = [name for name in modules if any(f"{name}.".startswith(f"{late}.") for late in LATER)]
    assert early == []
