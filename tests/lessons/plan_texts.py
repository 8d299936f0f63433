"""Babel's way to the messages in the lessons' plans: title, sentence, and what stands on the cards."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any, BinaryIO

TEXTS = ("title", "sentence", "first", "words", "do", "link_words")


def extract(
    fileobj: BinaryIO, keywords: Any, comment_tags: Any, options: Any
) -> Iterator[tuple[int, str, str, list[str]]]:
    """Yield (line, function, message, comments) for each text of a plan."""
    content = fileobj.read().decode()
    plan = tomllib.loads(content)
    for part in (plan, *plan["steps"]):
        for name in TEXTS:
            if text := part.get(name):
                yield content[: content.index(f'{name} = "{text}"')].count("\n") + 1, "_", text, []
