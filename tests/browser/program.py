"""The program under test: a real server in a process of its own, on a free port, with a database in a new
folder."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Program:
    """A server that can be stopped and started again at the same address."""

    def __init__(self, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.url, self.database, self.log = (
            f"http://127.0.0.1:{self.port}",
            folder / "labs.sqlite3",
            folder / "log",
        )
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start it and wait until it says where it is."""
        settings = {
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "DATABASE_URL": f"sqlite:///{self.database}",
            "LOG_LEVEL": "warning",
        }
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "app"],
                cwd=ROOT,
                env=os.environ | settings,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        line = self.process.stdout.readline()
        if self.url not in line:
            self.stop()
            raise RuntimeError(f"The program did not start:\n{line}{self.log.read_text()}")

    def kill(self) -> None:
        """Take it away without a word."""
        assert self.process is not None
        self.process.kill()
        self.stop()

    def stop(self) -> None:
        """Stop it by its own handle."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=20)
            self.process.stdout.close()
            self.process = None
