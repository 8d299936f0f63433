"""The files that tables come in: text in any encoding, a spreadsheet's first sheet, and what is no table."""

from __future__ import annotations

import io
import json
from zipfile import BadZipFile, ZipFile
from zlib import decompressobj
from zlib import error as ZlibError

from app.datasets.spreadsheet import Unreadable, sheet_text
from app.limits import TABLE_BYTES, Unusable

KINDS = {  # how files begin that are no text, and the key of the story's word for each
    b"\x93NUMPY": "numpy",
    b"\x89PNG": "picture",
    b"\xff\xd8\xff": "picture",
    b"GIF8": "picture",
    b"%PDF": "pdf",
    b"SQLite format 3": "database",
    b"PAR1": "parquet",
    b"ARROW1": "parquet",
    b"FEA1": "parquet",
    b"\x89HDF": "hdf",
    b"\x1f\x8b": "packed",
    b"BZh": "packed",
    b"\xfd7zXZ": "packed",
    b"7z\xbc\xaf": "packed",
    b"RDX": "r",
    b"RDA": "r",
    b"<stata_dta": "stata",
    b"$FL2": "spss",
    b"MATLAB ": "matlab",
    **{
        b"\x80" + bytes([protocol]) + mark: "pickle"
        for protocol in (2, 3, 4, 5)
        for mark in (b"}", b"]", b"c", b"(", b"\x95", b"X")
    },
}
SHEETS = {b"PK\x03\x04": "zip", b"\xd0\xcf\x11\xe0": "xls"}  # a zip may be an xlsx, an ods or something else
UNPACKED = 12 * TABLE_BYTES  # bytes of a spreadsheet, which is a zip of XML
HEAD = 4096  # bytes in which an encoding shows


def table_text(content: bytes) -> str:
    """Return the table in a file as text: UTF-8, UTF-16 or what else table programs write, or the first sheet
    of a spreadsheet. Raises Unusable with what the file is instead."""
    if len(content) > TABLE_BYTES:
        raise Unusable("file", "sheet-large")
    for start in SHEETS:
        if content.startswith(start):
            return workbook_text(content, SHEETS[start])
    for start, kind in KINDS.items():
        if content.startswith(start):
            raise Unusable("file", "file-kind", kind="r" if kind == "packed" and is_r(content) else kind)
    text = decoded(content)
    if "\x00" in text:
        raise Unusable("file", "file-kind", kind="binary")
    first = text.lstrip()[:20].casefold()
    if first.startswith(("<!doctype", "<html", "<?xml", "<table")):
        raise Unusable("file", "file-kind", kind="page")
    if first.startswith(("{", "[")) and is_json(text):
        raise Unusable("file", "file-kind", kind="json")
    return text


def decoded(content: bytes) -> str:
    """Return a file's text, in UTF-8, UTF-16 with or without a mark, or what else table programs write."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    head = content[: HEAD & ~1]
    zeros = [head[at::2].count(0) for at in (0, 1)]
    if 3 * max(zeros) > len(head) and not min(zeros):
        return content.decode("utf-16-be" if zeros[0] else "utf-16-le", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def is_r(content: bytes) -> bool:
    """Tell whether a packed file holds data of R, which R packs by itself."""
    try:
        return decompressobj(31).decompress(content, 8).startswith((b"RDX", b"RDA", b"X\n", b"A\n"))
    except ZlibError:
        return False


def is_json(text: str) -> bool:
    """Tell whether a text is JSON."""
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def workbook_text(content: bytes, kind: str) -> str:
    """Return the first sheet of a spreadsheet that is not empty as text; raises Unusable."""
    if kind == "zip":
        check_zip(content)
    try:
        found = sheet_text(content)
    except Unreadable as error:
        raise Unusable("file", f"file-{error}") from None
    if not found:
        raise Unusable("file", "file-blank")
    if len(found) > TABLE_BYTES:
        raise Unusable("file", "sheet-large")
    return found


def check_zip(content: bytes) -> None:
    """Raise Unusable where a zip is no spreadsheet, or becomes far larger than it is."""
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            names, size = archive.namelist(), sum(entry.file_size for entry in archive.infolist())
    except (BadZipFile, OSError, ValueError, NotImplementedError):
        raise Unusable("file", "file-broken") from None
    if any(name.endswith(".npy") for name in names):
        raise Unusable("file", "file-kind", kind="numpy")
    if not {"xl/workbook.xml", "xl/workbook.bin", "content.xml"} & set(names):
        raise Unusable("file", "file-kind", kind="packed")
    if size > UNPACKED:
        raise Unusable("file", "sheet-large")
