"""The notebook's file as a notebook has it: fetched from a server that really listens, and imported."""

from __future__ import annotations

import importlib.util
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from urllib.request import urlopen

import uvicorn

from app.main import create_app
from app.settings import Settings


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve the whole application on a free port of this process; give its address."""
    app = create_app(Settings(database_url=f"sqlite:///{folder}/labs.sqlite3"))
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", ws="none"))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join()


def fetched(address: str, folder: Path) -> ModuleType:
    """Fetch the file and import it."""
    file = folder / "blame_game.py"
    with urlopen(f"{address}/blame_game.py") as answer:
        assert answer.headers["content-type"] == "text/x-python; charset=utf-8"
        file.write_bytes(answer.read())
    spec = importlib.util.spec_from_file_location("blame_game", file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
