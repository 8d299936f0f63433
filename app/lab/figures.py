"""How a number is written: three significant digits, a true minus, and never "0" for what is not zero."""

from __future__ import annotations

from functools import lru_cache

MINUS = "−"
SIGNIFICANT = 3


@lru_cache(maxsize=65536)
def figure(value: float) -> str:
    """Write a number for a person: short numbers as they are, others to three significant digits.

    >>> figure(0.0), figure(1.0), figure(0.3), figure(-0.14693), figure(1234.5), figure(0.000012345)
    ('0', '1', '0.3', '−0.147', '1230', '1.23e−5')
    """
    if value == 0:
        return "0"
    text = _short(value) or _rounded(value)
    return text.replace("-", MINUS)


def _short(value: float) -> str | None:
    """Return the exact text where it needs no more than three significant digits."""
    text = f"{value:.{SIGNIFICANT}g}"
    if float(text) != value or not 1e-3 <= abs(value) < 1e5:
        return None
    return f"{value:.10f}".rstrip("0").rstrip(".") if "." in f"{value:.10f}" else text


def _rounded(value: float) -> str:
    """Return three significant digits, trailing zeros kept; powers of ten below 0.001 and from 100,000 on."""
    mantissa, exponent = f"{value:.{SIGNIFICANT - 1}e}".split("e")
    power = int(exponent)
    if -3 <= power < 5:
        rounded = float(f"{mantissa}e{power}")
        return f"{rounded:.{max(0, SIGNIFICANT - 1 - power)}f}"
    return f"{mantissa}e{power}"


def percent(share: float) -> str:
    """Write a share of 1 as whole per cent; a small one is never "0 %".

    >>> percent(0.5412), percent(0.002), percent(0.0)
    ('54 %', '<1 %', '0 %')
    """
    whole = f"{100 * share:.0f}"
    if whole == "0" and share > 0:
        return "<1 %"
    return ">99 %" if whole == "100" and share < 1 else f"{whole} %"
