"""Which browser to test with, and how it is started: the machine's own Chromium, never one that is
downloaded."""

from __future__ import annotations

import os
import shutil
from typing import Any

SHELL = "chromium-headless-shell"  # a browser without windows of its own: twice as fast
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = f"No Chromium found to test with. On Debian: apt-get install {SHELL}; elsewhere: chromium"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP labs.test 127.0.0.1",  # another machine, as far as a browser knows
)
# HEADED=1 shows the browser, slowly enough to watch: ms between two of its moves.
LAUNCH: dict[str, Any] = {"headless": False, "slow_mo": 300} if os.environ.get("HEADED") == "1" else {}


def chromium() -> str | None:
    """Return the browser of PATH, None where there is none."""
    names = NAMES if LAUNCH else (SHELL, *NAMES)
    return next((found for name in names if (found := shutil.which(name))), None)
