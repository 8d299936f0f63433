"""The program as it is started: several processes on one port, held bodies, and its end."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.wire.program import ROOT, Program, answered, program, wait_for

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="processes are looked at as Linux tells of them"
)
JSON = "Accept: application/json"
BODY = 4 * 1024 * 1024 - 1000


def server_of(here: Program, line: socket.socket) -> int:
    """Return the process that serves a connection."""
    mine = line.getsockname()[1]
    rows = [row.split() for row in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    inodes = {row[9] for row in rows if int(row[1][-4:], 16) == here.port and int(row[2][-4:], 16) == mine}
    for worker in here.workers():
        for one in Path(f"/proc/{worker}/fd").iterdir():
            if one.is_symlink() and os.readlink(one) in {f"socket:[{inode}]" for inode in inodes}:
                return worker
    return 0


def lines_to_all(here: Program, count: int) -> dict[int, socket.socket]:
    """Open connections until each of `count` processes serves one."""
    found: dict[int, socket.socket] = {}
    end = time.monotonic() + 60
    while len(found) < count:
        assert time.monotonic() < end, "one process takes all connections"
        lines = [here.call() for _ in range(8)]
        for line in lines:
            assert answered(line, "GET /livez HTTP/1.1").endswith(b'{"status":"ok"}')
            served = server_of(here, line)
            if served and served not in found:
                found[served] = line
            else:
                line.close()
    return found


@pytest.mark.parametrize(("database", "how"), [("sqlite", signal.SIGINT), ("postgresql", signal.SIGKILL)])
def test_two_processes_share_a_port_and_every_lab_and_end_with_the_one_that_started_them(
    tmp_path: Path, request: pytest.FixtureRequest, database: str, how: signal.Signals
) -> None:
    more = {"DATABASE_URL": request.getfixturevalue("database_url")} if database == "postgresql" else {}
    with program(tmp_path, WORKERS="2", **more) as here:
        lines = lines_to_all(here, 2)
        first, second = lines.values()
        made = answered(first, f"POST /labs HTTP/1.1\n{JSON}")
        lab = json.loads(made.partition(b"\r\n\r\n")[2])["id"]
        mine = made.decode().partition("set-cookie: ")[2].partition(";")[0]
        for at, line in ((0, first), (3, second), (4, first)):
            step = f"POST /labs/{lab}/next?at={at} HTTP/1.1\n{JSON}\nCookie: {mine}"
            assert json.loads(answered(line, step).partition(b"\r\n\r\n")[2])["place"] > at
        seen = [
            answered(line, f"GET /labs/{lab}.json HTTP/1.1").partition(b"\r\n\r\n")[2]
            for line in lines.values()
        ]
        assert seen[0] == seen[1]
        dead = next(iter(lines))
        os.kill(dead, signal.SIGKILL)
        wait_for(lambda: dead not in here.workers() and len(here.workers()) == 2)
        assert answered(second, "GET /livez HTTP/1.1")
        wait_for(lambda: here.log.count("startup complete") == 3)
        both = here.workers()
        assert set(lines_to_all(here, 2)) == set(both)
        assert here.end(how) == (0 if how is signal.SIGINT else -how)
        wait_for(lambda: not any(Path(f"/proc/{worker}").exists() for worker in both))
        assert here.said.count("Blame Game is at") == 1
        assert "Traceback" not in here.said or how is signal.SIGKILL


def test_200_large_bodies_that_are_held_keep_the_program_small_and_everybody_else_served(
    tmp_path: Path,
) -> None:
    body = memoryview(b" " * BODY)
    head = f"POST /labs/load HTTP/1.1\r\nHost: x\r\nContent-Length: {BODY}\r\n\r\n"
    with program(tmp_path) as here:
        lines = {here.call(): 0 for _ in range(200)}
        for line in lines:
            line.sendall(head.encode())
            line.setblocking(False)
        moved, quiet = 0, 0
        while quiet < 20:  # until nothing more is taken; the last byte of each is kept back
            moved = 0
            for line, sent in lines.items():
                try:
                    lines[line] += (now := line.send(body[sent : min(BODY - 1, sent + 65536)]))
                    moved += now
                except BlockingIOError:
                    pass
            quiet = 0 if moved else quiet + 1
            time.sleep(0.02 if not moved else 0)
        assert sum(lines.values()) > 64 * 1024 * 1024
        with here.call() as other:
            assert answered(other, f"POST /labs HTTP/1.1\n{JSON}").startswith(b"HTTP/1.1 201")
        assert here.memory() < 300
        for line in lines:
            line.close()
        with here.call() as late:
            kept = json.dumps({"recipe": {}}).encode() + b" " * 100_000
            request = f"POST /labs/load HTTP/1.1\n{JSON}\nContent-Type: application/json"
            assert answered(late, request, kept).startswith(b"HTTP/1.1 201")


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_the_end_is_quiet_whatever_is_on_its_way(tmp_path: Path, how: signal.Signals) -> None:
    with program(tmp_path) as here, here.call() as half, here.call() as slow, here.call() as idle:
        answered(idle, "GET /livez HTTP/1.1")
        half.sendall(b"POST /labs HTTP/1.1\r\nHost: x\r\nContent-Length: 20\r\n\r\nhidden=")
        made = answered(idle, f"POST /labs HTTP/1.1\n{JSON}", b"")
        lab = json.loads(made.partition(b"\r\n\r\n")[2])["id"]
        mine = made.decode().partition("set-cookie: ")[2].partition(";")[0]
        answered(idle, f"POST /labs/{lab}/go?at=0&to=30000 HTTP/1.1\n{JSON}\nCookie: {mine}")
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        slow.sendall(f"GET /labs/{lab}/export/csv HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        wait_for(lambda: "export/csv" in here.said)
        begun = time.monotonic()
        assert here.end(how) in (0, -how)
        assert time.monotonic() - begun < 20
        assert "Traceback" not in here.said
        assert "ERROR" not in here.said


def test_a_process_may_have_as_many_connections_as_it_takes() -> None:
    text = """if True:
        import resource
        from app.__main__ import CONNECTIONS, allow_connections
        hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard))
        allow_connections()
        allow_connections()
        assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] > CONNECTIONS
        resource.setrlimit(resource.RLIMIT_NOFILE, (256, 300))
        allow_connections()
        assert resource.getrlimit(resource.RLIMIT_NOFILE) == (300, 300)
    """
    subprocess.run([sys.executable, "-c", text], cwd=ROOT, check=True)
