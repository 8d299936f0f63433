"""Static files go out as what they are, whatever the system believes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
BELIEVED = """
import mimetypes
for ending in (".js", ".css", ".svg"):
    mimetypes.add_type("text/plain", ending)  # as a registry on Windows may have it
from starlette.responses import FileResponse
from app.web.render import STATIC
for name in ("keys.js", "css/base.css", "icon.svg"):
    print(FileResponse(STATIC / name).media_type)
"""


def test_a_browser_is_told_what_scripts_styles_and_pictures_are() -> None:
    """Else it refuses them: told not to guess, it believes the type."""
    command = [sys.executable, "-c", BELIEVED]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["text/javascript", "text/css", "image/svg+xml"]
