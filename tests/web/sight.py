"""What of a page is in sight before anybody opens anything: its words and its controls."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

CONTROLS = {"a", "button", "input", "select", "summary", "textarea"}
NO_SIGHT = {"defs", "head", "script", "title"}
UNSEEN = {"unseen", "skip", "on-paper"}  # for ears, for the tab key, for paper
WORD = re.compile(r"\S*[^\W\d_]\S*")  # whatever has a letter


def parts(element: Element) -> Iterator[Element]:
    """Yield what of an element is in sight: of a closed menu its summary, of popovers and the hidden
    nothing."""
    closed = element.tag == "details" and "open" not in element.attrib
    for part in element:
        hidden = UNSEEN & set(part.get("class", "").split()) or {"hidden", "popover"} & set(part.attrib)
        if not hidden and name(part) not in NO_SIGHT and (not closed or part.tag == "summary"):
            yield part


def name(element: Element) -> str:
    """Return an element's tag, in a picture too."""
    return element.tag.rpartition("}")[2]


def controls(element: Element) -> list[Element]:
    """Return what can be pressed or filled in; of a group that the arrow keys walk through, where the tab key
    stops."""
    own = name(element) in CONTROLS and element.get("type") != "hidden" and element.get("tabindex") != "-1"
    return [element] * own + [one for part in parts(element) for one in controls(part)]


def words(element: Element) -> list[str]:
    """Return the words that can be read."""
    return [word for text in texts(element) for word in WORD.findall(text)]


def texts(element: Element) -> Iterator[str]:
    """Yield the texts in sight; what follows an unseen part is seen again."""
    yield element.text or ""
    seen = list(parts(element))
    for part in element:
        if part in seen:
            yield from texts(part)
        if element.tag != "details":
            yield part.tail or ""
