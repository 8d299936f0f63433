"""Numbers as people type them: a decimal comma, a fraction such as 1/3, a true minus."""

from __future__ import annotations

import math
import re

NUMBER = r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:e[+-]?\d+)?"
TYPED = re.compile(rf"({NUMBER})(?:/({NUMBER}))?", re.ASCII | re.IGNORECASE)


def typed_number(text: str) -> float:
    """Read one number; ValueError where it is none, or not finite.

    >>> typed_number("−1,5"), typed_number(" 1/4 "), typed_number("-0")
    (-1.5, 0.25, 0.0)
    """
    match = TYPED.fullmatch(re.sub(r"\s*/\s*", "/", text.strip().replace("−", "-")))
    if match is None:
        raise ValueError(f"no number: {text!r}")
    above, below = (float(part.replace(",", ".")) for part in (match[1], match[2] or "1"))
    if not below or not math.isfinite(found := above / below):
        raise ValueError(f"not finite: {text!r}")
    return found + 0.0  # there is only one zero
