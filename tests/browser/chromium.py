"""Which browser to test with, and how it is started: the machine's own Chromium, never one that is
downloaded."""

from __future__ import annotations

import os
import shutil
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = "No Chromium found to test with. On Debian and Ubuntu: apt-get install chromium"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# HEADED=1 shows the browser, slowly enough to watch: ms between two of its moves.
LAUNCH: dict[str, Any] = {"headless": False, "slow_mo": 300} if os.environ.get("HEADED") == "1" else {}


def chromium() -> str | None:
    """Return the browser of PATH, None where there is none."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)
