"""A server to measure: the real program in a process of its own, with an empty database in a folder that goes
again."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30  # seconds a start may take
REQUEST = "GET {path} HTTP/1.1\r\nHost: benchmark\r\nConnection: close\r\n\r\n"


class Server:
    """A running program: its port, and what the system says about its process."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process, self.port, self.started = process, port, time.perf_counter()

    def answers(self, path: str) -> bool:
        """Tell whether it answers 200 at an address."""
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
            connection.sendall(REQUEST.format(path=path).encode())
            return connection.recv(64).startswith(b"HTTP/1.1 200")
        return False

    def healthy(self) -> bool:
        """Tell whether it is ready."""
        return self.answers("/livez")

    def wait(self) -> float:
        """Wait until it is healthy. Return the seconds since its start."""
        while not self.healthy():
            waited = time.perf_counter() - self.started
            if self.process.poll() is not None or waited > PATIENCE:
                raise RuntimeError(f"The server did not start within {waited:.0f} s; does `python -m app`?")
            time.sleep(0.005)
        return time.perf_counter() - self.started

    def memory(self) -> float:
        """Return the resident memory in MB (10⁶ bytes)."""
        status = Path(f"/proc/{self.process.pid}/status")
        if status.exists():
            return int(re.search(r"VmRSS:\s+(\d+) kB", status.read_text())[1]) * 1024 / 1e6
        told = subprocess.run(
            ["ps", "-o", "rss=", "-p", str(self.process.pid)], capture_output=True, check=True
        )
        return int(told.stdout) * 1024 / 1e6

    def spent(self) -> float:
        """Return the seconds of processor time of all its threads and processes so far, to the µs."""
        ids, found = [self.process.pid], 0
        for id in ids:
            for thread in Path(f"/proc/{id}/task").iterdir():
                ids += map(int, (thread / "children").read_text().split())
                found += int((thread / "schedstat").read_text().split()[0])
        return found / 1e9


@contextmanager
def starting(folder: str, **settings: str) -> Iterator[Server]:
    """Start the program with its database in `folder`, or as settings say; do not wait for it, and stop it in
    the end."""
    with socket.create_server(("127.0.0.1", int(settings.get("PORT", 0)))) as free:
        port = free.getsockname()[1]
    own = {"HOST": "127.0.0.1", "PORT": str(port), "DATABASE_URL": f"sqlite:///{folder}/labs.sqlite3"}
    process = subprocess.Popen(
        [sys.executable, "-m", "app"],
        cwd=ROOT,
        env=os.environ | own | settings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield Server(process, port)
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def serving(**settings: str) -> Iterator[Server]:
    """Serve from a new folder, healthy from the first moment on."""
    with TemporaryDirectory() as folder, starting(folder, **settings) as server:
        server.wait()
        yield server
