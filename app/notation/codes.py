"""Codes that people read aloud and type: six signs of which none is taken for another, and no words come of
them."""

from __future__ import annotations

import secrets

SIGNS = "BCDFGHJKMNPQRSTVWXYZ23456789"
LENGTH = 6


def drawn_code() -> str:
    """Draw a code.

    >>> len(drawn_code()), set(drawn_code()) <= set(SIGNS)
    (6, True)
    """
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


def code_from(text: str) -> str:
    """Return the code somebody typed, in whatever case and with whatever spaces and dashes; "" where it is
    none.

    >>> code_from(" kx7 frw "), code_from("KX7-FRW"), code_from("recipe"), code_from("KX7FR")
    ('KX7FRW', 'KX7FRW', '', '')
    """
    code = "".join(sign for sign in text[:40].upper() if not sign.isspace() and sign not in "-–·")
    return code if len(code) == LENGTH and set(code) <= set(SIGNS) else ""


def spaced(code: str) -> str:
    """Write a code as it is read aloud.

    >>> spaced("KX7FRW")
    'KX7 FRW'
    """
    return f"{code[:3]} {code[3:]}"
