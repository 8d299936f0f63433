"""What may be said after `blame-game` or `python -m app`: some settings, where labs are kept, and --open."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

FILE = "blame-game.sqlite3"


def parser() -> ArgumentParser:
    """Return what reads the command line."""
    found = ArgumentParser(
        prog="blame-game",
        description="Step through backpropagation in the browser, one moment at a time.",
        epilog="Settings may also come from the environment: README.md lists them.",
    )
    found.add_argument("--host", help="an address of this machine, or 0.0.0.0 for all of them [127.0.0.1]")
    found.add_argument("--port", help="a whole number from 1 to 65535 [8000]")
    found.add_argument("--data", metavar="FOLDER", help="where labs are kept [a folder of yours for data]")
    found.add_argument("--open", action="store_true", help="open the page in the browser")
    return found


def told(arguments: Sequence[str], environ: Mapping[str, str], default: Path) -> tuple[dict[str, str], bool]:
    """Return the variables that the command line sets, and whether the browser is opened. What it says goes
    before the environment; labs are kept in the folder `default` where neither says anything of it.

    >>> told(["--port", "8001", "--open"], {"DATABASE_URL": "sqlite:///labs.sqlite3"}, Path())
    ({'PORT': '8001'}, True)
    """
    found = parser().parse_args(arguments)
    said = {"HOST": found.host, "PORT": found.port}
    if found.data is not None or not environ.get("DATABASE_URL"):
        folder = default if found.data is None else Path(found.data).expanduser()
        said["DATABASE_URL"] = f"sqlite:///{quote((folder / FILE).as_posix())}"
    return {name: value for name, value in said.items() if value is not None}, found.open


def data_folder(environ: Mapping[str, str], platform: str = sys.platform) -> Path:
    """Return the folder in which a system wants the data of its user's programs.

    >>> data_folder({"XDG_DATA_HOME": "/home/ada/data"}, "linux").as_posix()
    '/home/ada/data/blame-game'
    """
    home = Path.home()
    if platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "blame-game"
    if platform == "darwin":
        return home / "Library" / "Application Support" / "blame-game"
    return Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "blame-game"
