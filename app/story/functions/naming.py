"""The name of a registry entry of which nothing is said yet."""

from __future__ import annotations


def name_from(key: str) -> str:
    """Make a name of a key.

    >>> name_from("log-cosh")
    'Log-cosh'
    """
    return key[0].upper() + key[1:]
