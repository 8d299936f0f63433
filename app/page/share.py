"""What the share panel shows of links, a short and a long one: whole addresses, their codes, and whether
other machines can reach them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from app.analysis.run_log import every_of, size_of
from app.page.frame import Frame
from app.picture.qr_code import Code, code_of
from app.story.wording import size_told


@dataclass(frozen=True)
class Share:
    """The link to a moment: as an absolute address, and as a QR code, None where it is too long for one.
    `short` and `short_code`: the same of the short link, "" and None where none was made.

    `here_only`: it leads to the machine it is opened on, whoever opens it. `every`: of how many iterations
    one is in the table of the run.
    """

    address: str
    code: Code | None
    short: str
    short_code: Code | None
    here_only: bool
    every: int
    table_size: str


def build(frame: Frame) -> Share:
    """Show the link to this moment, beginning with how the page itself was reached."""
    address = frame.viewer.origin + frame.links.link
    short = f"{frame.viewer.origin}/s/{frame.short}" if frame.short else ""
    return Share(
        address=address,
        code=code_of(address),
        short=short,
        short_code=code_of(short) if short else None,
        here_only=leads_home(address),
        every=every_of(frame.lab),
        table_size=size_told(size_of(frame.lab)),
    )


def leads_home(address: str) -> bool:
    """Tell whether an address leads to the machine it is opened on, whoever opens it.

    >>> [leads_home(f"http://{host}/at") for host in ("localhost:8000", "[::1]", "10.0.0.7:8000")]
    [True, True, False]
    """
    host = urlsplit(address).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    with suppress(ValueError):  # a name is no number
        return ip_address(host).is_loopback
    return False
