"""A strict reader of HTML: what is misnested, left open or doubled is an error, not something to guess
about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SPOKEN = ("aria-label", "title", "alt", "data-tip")
POINTERS = {"for", "aria-labelledby", "aria-describedby", "form"}
SVG = re.compile(r"(<svg.*?</svg>)", re.DOTALL)
TAG = re.compile(r"""<([a-z][\w-]*)(?:[^>"']|"[^"]*"|'[^']*')*>""")
SWITCH = re.compile(r"""="[^"]*"|='[^']*'|(?<=\s)([a-z][\w:-]*)(?=[\s>])""")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # which XML cannot have
NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)[a-zA-Z]\w*;")  # what HTML has names for, and XML has not


class NotValid(AssertionError):
    """Say what is wrong with a document."""


@lru_cache(maxsize=2**16)  # pages say the same again and again, and nothing here takes longer
def as_xml(tag: str, name: str) -> str:
    """Write a tag as XML has it: an empty element closes itself, and every attribute has a value."""
    if tag.endswith("/>"):
        raise NotValid(f"closes itself outside of a picture: {tag}")
    found = SWITCH.sub(lambda one: f'{one[1]}=""' if one[1] else one[0].replace("\n", "&#10;"), tag)
    return found[:-1] + "/>" if name in VOID else found


def tag_as_xml(found: re.Match[str]) -> str:
    """Write what was found as XML has it."""
    return as_xml(found[0], found[1])


def tree_of(xml: str) -> Element:
    """Read XML with colons in names, which are no namespaces."""
    builder, parser = TreeBuilder(), expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = builder.start, builder.end
    parser.CharacterDataHandler = builder.data
    parser.Parse(xml, True)
    return builder.close()


@dataclass(frozen=True)
class Page:
    """A document: its tree, and its elements by their ids."""

    root: Element
    ids: dict[str, Element]

    def __getitem__(self, wanted: str) -> Element:
        """Return the element with this id."""
        if wanted not in self.ids:
            raise NotValid(f"there is no {wanted!r}")
        return self.ids[wanted]


def parsed(html: str) -> Element:
    """Return the tree of a page or a part of one; every picture in it must be XML."""
    pieces = SVG.split(html)
    pieces[::2] = [
        NAMED.sub(lambda found: unescape(found[0]), CONTROL.sub("\ufffd", TAG.sub(tag_as_xml, piece)))
        for piece in pieces[::2]
    ]
    xml = "".join(pieces).removeprefix("<!doctype html>")
    try:
        for picture in pieces[1::2]:
            ElementTree.fromstring(picture)  # as it stands, names with their spaces
    except ElementTree.ParseError as error:
        raise NotValid(f"a picture is not XML: {error}") from None
    try:
        return tree_of(f"<document>{xml}</document>")
    except expat.ExpatError as error:
        raise NotValid(f"misnested, left open, or an attribute twice: {error}") from None


def read(html: str) -> Page:
    """Return a page, in which an id is there once, and what is pointed at is there."""
    root = parsed(html)
    named = [(element.attrib["id"], element) for element in root.iter() if "id" in element.attrib]
    page = Page(root, dict(named))
    if len(page.ids) != len(named) or "" in page.ids:
        raise NotValid(
            f"an id is empty or there twice: {[id for id, element in named if page[id] is not element]}"
        )
    for element in root.iter():
        for name in (
            POINTERS.intersection(element.attrib) if element.tag != "mo" else ()
        ):  # its form is another thing
            for wanted in element.attrib[name].split():
                page[wanted]  # what is pointed at must be there
    return page


@lru_cache(maxsize=2**12)
def words_of(text: str) -> frozenset[str]:
    """Return the words of a list of classes."""
    return frozenset(text.split())


def having(root: Element, *classes: str) -> list[Element]:
    """Return the elements below that have all these classes."""
    wanted = frozenset(classes)
    return [one for one in root.iter() if (given := one.get("class")) and wanted <= words_of(given)]


def kinds(element: Element) -> frozenset[str]:
    """Return an element's classes."""
    return words_of(element.get("class", ""))


def text_of(element: Element) -> str:
    """Return all text inside as one line."""
    return " ".join("".join(element.itertext()).split())


def spoken(root: Element) -> Iterator[str]:
    """Yield every piece of text that somebody can see or hear: content, titles, labels, placeholders."""
    for element in root.iter():
        said, attributes = [element.text, element.tail], element.attrib
        if attributes:
            said += [attributes.get(name) for name in SPOKEN]
        for text in said:
            if text and not text.isspace():
                yield text
