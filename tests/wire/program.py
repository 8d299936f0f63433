"""The whole program in processes of its own, started as people start it."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0  # seconds


class Program:
    """A running program: its port, its processes and what it said."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, folder: Path) -> None:
        self.process, self.port, self.folder = process, port, folder
        self.lines: list[socket.socket] = []

    @property
    def said(self) -> str:
        """Return all that was written to the standard output and to the log."""
        return (self.folder / "said").read_text() + self.log

    @property
    def log(self) -> str:
        """Return the log alone."""
        return (self.folder / "log").read_text()

    def call(self) -> socket.socket:
        """Open a connection."""
        self.lines.append(socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE))
        return self.lines[-1]

    def workers(self) -> list[int]:
        """Return the processes that hold the port, but for the one that was started."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                parent = int(re.search(r"PPid:\s+(\d+)", (folder / "status").read_text())[1])
                named = (folder / "cmdline").read_bytes()
            except OSError:
                continue
            if parent == self.process.pid and b"spawn_main" in named:
                found.append(int(folder.name))
        return sorted(found)

    def memory(self) -> float:
        """Return the most memory its process has ever had, in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024

    def end(self, signal: int) -> int:
        """Send a signal and wait for the end. Return the exit code."""
        self.process.send_signal(signal)
        return self.process.wait(timeout=PATIENCE)


def wait_for(true: Callable[[], object]) -> None:
    """Wait until something is true."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.02)


def answered(line: socket.socket, request: str, body: bytes = b"") -> bytes:
    """Send a request on an open connection and return the whole answer, "" from a line that was cut."""
    lines = [*request.strip().splitlines(), "Host: x", f"Content-Length: {len(body)}", "", ""]
    try:
        line.sendall("\r\n".join(lines).encode() + body)
        found = b""
        while b"\r\n\r\n" not in found or len(found) < whole(found):
            piece = line.recv(65536)
            if not piece:
                return b""
            found += piece
    except ConnectionError:
        return b""
    return found


def whole(answer: bytes) -> int:
    """Return how long an answer will be."""
    head, _, _ = answer.partition(b"\r\n\r\n")
    return len(head) + 4 + int(re.search(rb"content-length: (\d+)", head)[1])


@contextmanager
def program(folder: Path, **environ: str) -> Iterator[Program]:
    """Start the program with its database in a folder, and end it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(environ.get("PORT", free.getsockname()[1]))
    own = {"HOST": "127.0.0.1", "PORT": str(port), "DATABASE_URL": f"sqlite:///{folder}/labs.sqlite3"}
    command = [sys.executable, "-m", "app"]
    with open(folder / "said", "wb") as said, open(folder / "log", "wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=os.environ | own | environ, stdout=said, stderr=log)
    here = Program(process, port, folder)
    try:
        wait_for(lambda: here.log.count("startup complete") >= int(environ.get("WORKERS", "1")))
        yield here
    finally:
        for line in here.lines:
            line.close()
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(timeout=PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
