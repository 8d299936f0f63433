"""How a wheel is built: the program as the package `blame_game`, with templates and static files inside."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = "blame_game"
CLIENT = "templates/exports/blame_game.py"


def renamed(text: str, parts: list[str]) -> str:
    """Return a module's text in which the package has its public name, in imports and in strings.

    >>> renamed('from app import limits; app.mount("app.main:x", app.lab)', ["main"])
    'from blame_game import limits; app.mount("blame_game.main:x", app.lab)'
    """
    return re.sub(rf"\b(?<!\.)app(?=\.(?:{'|'.join(parts)})\b| import )", PACKAGE, text)


class Wheel(BuildHookInterface):
    """Hand over what goes into the wheel: nothing of it lies in this folder under the name it has there."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the renamed modules into a folder of their own and name all files."""
        root = Path(self.root)
        if version == "editable":
            raise SystemExit("Blame Game runs from its folder as it is: make run")
        if not (root / "static/vendor/htmx.min.js").exists():
            raise SystemExit("static/vendor has no htmx: make wheel fetches it before it builds")
        self.folder = TemporaryDirectory()
        files = build_data["force_include"]
        parts = [path.stem for path in (root / "app").iterdir()]
        for path in sorted((root / "app").rglob("*.py")):
            module = Path(self.folder.name, path.relative_to(root / "app"))
            module.parent.mkdir(parents=True, exist_ok=True)
            source = root / CLIENT if path == root / "app/__init__.py" else path
            module.write_text(renamed(source.read_text(encoding="utf-8"), parts), encoding="utf-8")
            files[str(module)] = f"{PACKAGE}/{module.relative_to(self.folder.name).as_posix()}"
        others = [(root, path) for folder in ("static", "templates") for path in (root / folder).rglob("*")]
        others += [(root / "app", path) for path in (root / "app").rglob("*") if path.suffix != ".py"]
        files |= {
            str(path): f"{PACKAGE}/{path.relative_to(beside).as_posix()}"
            for beside, path in sorted(others)
            if path.is_file() and "__pycache__" not in path.parts
        }

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the folder."""
        self.folder.cleanup()
