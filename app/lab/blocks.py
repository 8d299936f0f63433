"""Text into blocks of numbers: arrays as NumPy, MATLAB, LaTeX, JSON, PyTorch, Keras and people write them,
each with its name."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from typing import NamedTuple

from app.limits import DIAL, Unusable
from app.notation.numbers import NUMBER, typed_number

Rows = tuple[tuple[float, ...], ...]

QUOTES = "'\""
DEEP = 12  # brackets within each other
DASHES = str.maketrans("−–‘’“”", "--''\"\"")
LEFT_OUT = re.compile(r"…|\.\.\.")
ASIDE = re.compile(  # remarks, and what programs say of an array beside its numbers
    r"[#%].*|\b(?:In|Out) ?\[\d*\]:|\b(?:torch\.)?Size\(\[[\d, ]*\]\)|"
    r"\b(?:dtype|device|requires_grad|grad_fn|shape|size)\s*=\s*"
    r"(?:'[^'\n]*'|\"[^\"\n]*\"|<[^<>\n]*>|\([^()\n]*\)|[\w.]+)"
)
SCALAR = re.compile(r"\b(?:np|numpy)\.float\d\d\(([^()]*)\)")  # in a list of NumPy's numbers
LATEX = {
    r"\\begin\{\w*(?:matrix|array)\}(?:\{[^}\n]*\})?": "[",
    r"\\end\{\w*(?:matrix|array)\}": "]",
    r"(?<=\])\s*\^\{?(?:T|\\top|\\mathsf\{T\})\}?": "'",
    r"\\\\": ";",
    r"\\(?:mathbf|boldsymbol|bm|vec)\s*\{?(\w)\}?": r"\1",
    r"[&$]|\\(?:left|right|quad|[,; ])\W?": " ",
}
POINT = NUMBER.replace("[.,]", "[.]")
VALUE = rf"{POINT}(?:\s*/\s*{POINT})?(?![\w.])"
ALONE = re.compile(rf"([:=]\s*)({VALUE})(?=\s*(?:[;,)}}\n]|$))", re.IGNORECASE)  # b = 0.5, without brackets
LINE = re.compile(rf"((?:[^\[({{\])}}:=]*[:=])?)(\s*{VALUE}(?:[\s,|]+{VALUE})*[\s,|;]*)", re.IGNORECASE)
TOKEN = re.compile(
    r"(?P<line>\n)|(?P<turn>(?<=[\])])(?:'|\.T\b))|(?P<text>'[^'\n]*'|\"[^\"\n]*\")"
    rf"|(?P<number>{VALUE}(?!\s*:))|(?P<word>\w[\w.^/]*(?:\[\d+\](?=\s*[:=]))?)"
    r"|(?P<open>[\[({])|(?P<close>[\])}])|(?P<row>;)|(?P<sign>[+*@-])|(?P<is>[=:])|(?P<over>[/^])",
    re.IGNORECASE,
)
WRAPPER = re.compile(
    r"(?:\w+\.)?(?:array|tensor|matrix|asarray|variable|ordereddict|numpy|value|ans)", re.IGNORECASE
)

KEPT = ("word", "text", "number", "sign")  # behind a = or a : what follows is still said of it


class Block(NamedTuple):
    """An array as it was written: its name, "" where it has none; its rows; whether they were one plain list;
    and the line it begins in."""

    name: str
    rows: Rows
    flat: bool
    line: int

    @property
    def shape(self) -> tuple[int, int]:
        """Return how many rows and columns it has."""
        return len(self.rows), len(self.rows[0])

    @property
    def turned(self) -> Block:
        """Return the same with its rows as columns."""
        return self._replace(rows=tuple(zip(*self.rows, strict=True)), flat=False)


class Node(NamedTuple):
    """A pair of brackets: what is said before it, whether as in array(…), its numbers row by row, and the
    pairs inside."""

    name: str
    called: bool
    line: int
    rows: list[list[float]]
    inner: list[Node]
    turns: list[str]  # ' or .T behind it

    @property
    def plain(self) -> bool:
        """Tell whether it is a list of numbers that has no name and no array(…) of its own."""
        own = self.name or self.called or self.inner or self.turns
        return not own and len(self.rows) == 1 and bool(self.rows[0])

    @property
    def filled(self) -> bool:
        """Tell whether there are numbers in it."""
        return any(self.rows) or any(one.filled for one in self.inner)


class Sums:
    """What is heard of the tokens around arrays, to tell a calculation with them from a dash."""

    def __init__(self) -> None:
        self.given, self.asked, self.kind, self.end = False, "", "", 0

    def hears(self, token: re.Match[str], *, inside: bool, array: bool) -> str:
        """Take the next token, `inside` of brackets or not; where it comes behind others, whether these hold
        an `array`. Return what asks for a calculation, "" where nothing does.

        >>> sums = Sums()
        >>> [sums.hears(token, inside=False, array=False) for token in TOKEN.finditer("W = -[")]
        ['', '', '', '-']
        """
        kind, found = str(token.lastgroup), token[0]
        last, between = self.kind, token.string[self.end : token.start()]
        behind, wrapped = array and last in ("close", "turn"), kind == "word" and WRAPPER.fullmatch(found)
        self.kind, self.end = kind, token.end()
        if kind in ("sign", "over") and (found in "*@" or (kind == "over" and behind)):
            return found
        if kind == "number" and behind and found[0] in "+-":
            return found
        meant = kind == "open" or wrapped or (kind == "number" and last == "sign" and not inside)
        if meant and self.asked and not between.strip() and (self.given or not between):
            return self.asked
        factor = kind == "number" and self.given and not inside
        self.asked = found if kind == "sign" or factor else ""
        self.given = kind == "is" or (behind and kind == "sign") or (self.given and kind in KEPT)
        return ""


def blocks_of(text: str) -> tuple[Block, ...]:
    """Return the arrays in the order of the text; raises Unusable.

    >>> blocks_of("W1 = [1 2; 3 4]")
    (Block(name='W1', rows=((1.0, 2.0), (3.0, 4.0)), flat=False, line=1),)
    """
    if found := LEFT_OUT.search(text):
        raise Unusable("dials", "dials-left-out", line=text.count("\n", 0, found.start()) + 1)
    return tuple(found for node in tree(bracketed(tidy(text))) for found in gathered(node, ""))


def tidy(text: str) -> str:
    """Return a text with plain digits, signs and quotes, with decimal points, and without remarks."""
    text = unicodedata.normalize("NFKC", text).translate(DASHES).replace("\r\n", "\n").replace("\r", "\n")
    text = ASIDE.sub(" ", SCALAR.sub(r"\1", text))
    for pattern, plain in LATEX.items():
        text = re.sub(pattern, plain, text)
    text = re.sub(r"(?<=\w)[\^_]*[({]{1,2}(\d+)[)}]{1,2}(?=\s*[:=])", r"_\1", text)  # W^(1) =, W{1} =
    spaced = re.search(r"\d[ \t]+[+-]?[\d,]", text) or not re.search(r"[\[({]", text)
    if spaced and not re.search(r"\d\.\d|(?<!\d)\.\d|,\d+,|,(?!\d)", text):
        text = text.replace(",", ".")  # nothing but decimal commas
    if not re.search(r"[\[(]\s*\[", text):  # MATLAB's rows, each on its line
        text = re.sub(r"(?<=[\d.])[ \t]*\n(?=[ \t]*[-+.\d])", ";\n", text)
    return text


def bracketed(text: str) -> str:
    """Put brackets around numbers that stand in none: one behind a name, and rows on lines of their own."""
    found, depth, begun = [], 0, False
    for line in text.split("\n"):
        row = None if depth else LINE.fullmatch(line)
        if begun and (row is None or row[1]):
            begun, line = False, "]" + line
        if row is None:
            line = ALONE.sub(r"\1[\2]", line)
        elif begun:
            line = f";{row[2].rstrip('; ')}"
        else:
            before, begun = line[: line.startswith("]")], True
            line = f"{before}{row[1]}[{row[2].rstrip('; ')}"
        depth = 0 if row else max(0, depth + sum(line.count(c) for c in "[({") - sum(map(line.count, "])}")))
        found.append(line)
    return "\n".join(found) + ("]" if begun else "")


def tree(text: str) -> list[Node]:
    """Return a text's brackets with the words before them and the numbers in them; raises Unusable."""
    stack, words, line, before = [Node("", False, 1, [[]], [], [])], [""], 1, ("", 0)
    sums = Sums()
    for token in TOKEN.finditer(text):
        kind, found, node, inside = str(token.lastgroup), token[0], stack[-1], len(stack) > 1
        array = bool(node.inner) and node.inner[-1].filled
        if (asked := sums.hears(token, inside=inside, array=array)) or (
            kind == "sign" and inside and not words[-1]
        ):
            raise Unusable("dials", "dials-sign", line=line, text=asked or found)
        stray = inside and (words[-1] if kind in ("number", "close") else "")
        if stray and not node.inner and (kind == "number" or found == "]"):
            raise Unusable("dials", "dials-number", line=line, text=stray[:20])
        if kind == "line":
            line += 1
        elif kind == "number" and inside:
            node.rows[-1].append(number(found, line))
        elif kind in ("word", "text", "number"):
            if inside and any(node.rows):
                raise Unusable("dials", "dials-number", line=line, text=found[:20])
            if not WRAPPER.fullmatch(found):
                words[-1] = f"{words[-1]} {found.strip(QUOTES)}".strip()
        elif kind == "open":
            if len(stack) > DEEP:
                raise Unusable("dials", "dials-number", line=line, text=found * DEEP)
            called = found == "(" and before == ("word", token.start())
            stack.append(Node(words[-1], called, line, [[]], [], []))
            words[-1:] = ["", ""]
        elif kind == "close" and inside:
            stack[-2].inner.append(stack.pop())
            words.pop()
        elif kind == "turn" and node.inner:
            node.inner[-1].turns.append(found)
        elif kind == "row":
            node.rows.append([])
        before = kind, token.end()
    while len(stack) > 1:  # what was not closed ends with the text
        stack[-2].inner.append(stack.pop())
    return stack[0].inner


def number(text: str, line: int) -> float:
    """Read a number; raises Unusable."""
    with suppress(ValueError):
        if abs(found := typed_number(text)) <= DIAL:
            return found
    raise Unusable("dials", "dials-number", line=line, text=text[:20])


def gathered(node: Node, path: str) -> list[Block]:
    """Return the arrays in a pair of brackets: lists of one length in a list are rows of one array; raises
    Unusable."""
    name, rows = f"{path} {node.name}".strip(), [tuple(row) for row in node.rows if row]
    lists = [] if node.called or rows else [tuple(one.rows[0]) for one in node.inner if one.plain]
    array = len(lists) == len(node.inner) > 0 and len(set(map(len, lists))) == 1
    found = [Block(name, tuple(rows or lists), len(rows) == 1, node.line)] if rows or array else []
    if len(set(map(len, rows))) > 1:
        raise Unusable("dials", "dials-ragged", line=node.line)
    if not array:
        found += [block for one in node.inner for block in gathered(one, name)]
    return [block.turned for block in found] if len(node.turns) % 2 else found
