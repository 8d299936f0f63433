"""A text as a QR code: one path of dark squares, in modules, with its quiet edge."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

EDGE = 4  # modules that must stay light all around
MASK = 2  # the best pattern for our links, or within 5 % of it; weighing all eight takes four times as long


@dataclass(frozen=True)
class Code:
    """A code `size` modules wide and high, its edge included, and the path of what is dark."""

    size: int
    path: str


@lru_cache(maxsize=256)
def code_of(text: str) -> Code | None:
    """Return the smallest code that holds the text, with as much error correction as that size has room for;
    None where the text is too long for any (2,953 bytes).

    >>> code_of("http://labs.test/").size, code_of("x" * 3000)
    (29, None)
    """
    import segno  # for those who share, and not before

    try:
        found = segno.make_qr(text, error="L", mode="byte", boost_error=True, mask=MASK)
    except segno.DataOverflowError:
        return None
    path = "".join(run for y, row in enumerate(found.matrix, EDGE) for run in runs(row, y))
    return Code(len(found.matrix) + 2 * EDGE, path)


def runs(row: bytearray, y: int) -> list[str]:
    """Return each run of dark modules of a row as a closed path.

    >>> runs(bytearray([1, 1, 0, 1]), 9)
    ['M4 9h2v1h-2z', 'M7 9h1v1h-1z']
    """
    found, x = [], EDGE
    for dark, group in groupby(row):
        length = len(list(group))
        found += [f"M{x} {y}h{length}v1h-{length}z"] if dark else []
        x += length
    return found
