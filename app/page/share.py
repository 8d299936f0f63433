"""What the share panel shows of a link: its whole address, its code, and whether other machines can reach
it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from ipaddress import ip_address
from urllib.parse import urlsplit

from app.picture.qr_code import Code, code_of


@dataclass(frozen=True)
class Share:
    """A link, as an absolute address."""

    address: str

    @cached_property
    def code(self) -> Code | None:
        """Return the address as a QR code, None where it is too long for one."""
        return code_of(self.address)

    @property
    def here_only(self) -> bool:
        """Tell whether the address leads to the machine it is opened on, whoever opens it.

        >>> [Share(f"http://{host}/at").here_only for host in ("localhost:8000", "[::1]", "10.0.0.7:8000")]
        [True, True, False]
        """
        host = urlsplit(self.address).hostname or ""
        if host == "localhost" or host.endswith(".localhost"):
            return True
        with suppress(ValueError):  # a name is no number
            return ip_address(host).is_loopback
        return False


def share_of(origin: str, link: str) -> Share:
    """Return what to show of a link that begins with a slash; `origin` is how the page itself was reached."""
    return Share(origin + link)
