"""Read MathML as a person reads it: one line of text, in the spelling that is spoken."""

from __future__ import annotations

import re
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from app.story.formulas.equation import Equation

INFIX = {"+", "−", "·", "=", "/"}
HOLDERS = {"math", "mrow"}  # a row of what is inside, nothing more


def pieces(text: str) -> list[Element]:
    """Return the <math> elements of a text; raises ParseError where it is no valid XML."""
    root = ElementTree.fromstring(f"<p>{text}</p>")
    assert all(child.tag == "math" and not (child.tail or "").strip() for child in root), text
    assert not (root.text or "").strip(), text
    return list(root)


def seen(text: str) -> str:
    """Return MathML as one line."""
    return " ".join("".join(map(line, pieces(text))).split())


def line(element: Element) -> str:
    """Return one element as text."""
    inside = [line(child) for child in element]
    text = (element.text or "").strip()
    if element.tag in HOLDERS:
        return "".join(inside)
    if element.tag == "msqrt":
        return f"√({''.join(inside)})"
    if element.tag == "mfrac":
        return " / ".join(part if re.fullmatch(r"[^−\s/][^\s/]*", part) else f"({part})" for part in inside)
    if element.tag == "msub":
        return f"{inside[0]}({inside[1]})"
    if element.tag == "msup":
        assert inside[0] == "e"
        return f"exp({inside[1]})"
    assert element.tag in ("mi", "mn", "mo"), element.tag
    assert not inside
    assert text
    assert element.tag != "mn" or text[0] in "−0123456789"
    return f" {text} " if text in INFIX else f"{text} " if text == "," else text


def whole(equation: Equation) -> str:
    """Return all of an equation that is seen: the law, and the same with numbers."""
    return f"{seen(equation.law())} {seen(equation.worked())}".strip()


def refs(equation: Equation) -> list[str]:
    """Return the marks that the numbers point at."""
    found = pieces(equation.law()) + pieces(equation.worked())
    return [
        number.attrib["data-ref"] for one in found for number in one.iter("mn") if "data-ref" in number.attrib
    ]
