"""Who looks at a lab, and how they came to it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Viewer:
    """Somebody before a page: whether they may move the lab, the theme they chose, the beginning of the
    address by which others reach it, such as "http://10.0.0.7:8000", and the language they read."""

    may: bool = True
    theme: str = "auto"
    origin: str = ""
    language: str = "en"
