"""The files tables come in: text in any encoding and spreadsheets are read, everything else is called by its
name."""

from __future__ import annotations

import gzip
import io
import json
import pickle
import zipfile
from datetime import timedelta

import numpy as np
import pytest

from app.datasets import spreadsheet, table_files
from app.datasets.spreadsheet import cell_text
from app.datasets.table_files import table_text
from app.limits import TABLE_BYTES, Unusable
from app.story.sheets import FILES

SPREAD = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACK = "http://schemas.openxmlformats.org/package/2006"


def packed(files: dict[str, str]) -> bytes:
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return found.getvalue()


def workbook(*sheets: list[list[object]]) -> bytes:
    """Return an .xlsx of some sheets: numbers, texts, and None for an empty cell."""

    def cell(value: object, at: str) -> str:
        if value is None:
            return ""
        kind, tag = ("", "v") if isinstance(value, (int, float)) else (' t="inlineStr"', "is")
        return f'<c r="{at}"{kind}><{tag}>{value if tag == "v" else f"<t>{value}</t>"}</{tag}></c>'

    files = {
        "[Content_Types].xml": f'<Types xmlns="{PACK}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACK}/relationships"><Relationship Id="r" '
        f'Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{SPREAD}" xmlns:r="{LINKS}"><sheets>'
        + "".join(f'<sheet name="s{at}" sheetId="{at}" r:id="r{at}"/>' for at in range(1, len(sheets) + 1))
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACK}/relationships">'
        + "".join(
            f'<Relationship Id="r{at}" Type="{LINKS}/worksheet" Target="worksheets/sheet{at}.xml"/>'
            for at in range(1, len(sheets) + 1)
        )
        + "</Relationships>",
    }
    for number, rows in enumerate(sheets, 1):
        lines = [
            f'<row r="{at}">{"".join(cell(one, f"{chr(65 + to)}{at}") for to, one in enumerate(row))}</row>'
            for at, row in enumerate(rows, 1)
        ]
        files[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{SPREAD}"><sheetData>{"".join(lines)}</sheetData></worksheet>'
        )
    return packed(files)


def refused(content: bytes) -> tuple[str, str]:
    with pytest.raises(Unusable) as caught:
        table_text(content)
    assert caught.value.problem.field == "file"
    return caught.value.problem.why, str(caught.value.problem.facts.get("kind", ""))


def test_the_first_sheet_that_is_not_empty_is_read() -> None:
    rows: list[list[object]] = [["a, b", "c"], [1, 0.1], [2.5, None], [1e6, 1234.5]]
    assert table_text(workbook([], rows, [["x", "y"]])) == "a, b\tc\n1\t0.1\n2.5\t\n1000000\t1234.5\n"
    assert refused(workbook([], [])) == ("file-blank", "")


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_text_is_read_in_any_encoding(coding: str) -> None:
    text = "name,länge\nMöve,1\n" * 9
    assert table_text(text.encode(coding)) == text


def npz() -> bytes:
    found = io.BytesIO()
    np.savez(found, a=np.zeros(3))
    return found.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (pickle.dumps({"a": 1}), "pickle"),
        (pickle.dumps([1, 2], protocol=2), "pickle"),
        (b"\x93NUMPY\x01\x00v\x00{'descr'", "numpy"),
        (npz(), "numpy"),
        (packed({"iris.csv": "1,2"}), "packed"),
        (gzip.compress(b"1,2"), "packed"),
        (b"BZh91AY", "packed"),
        (gzip.compress(b"RDX3\nX\n"), "r"),
        (gzip.compress(b"X\n\x00\x00\x00\x03"), "r"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "picture"),
        (b"%PDF-1.7\n", "pdf"),
        (b"SQLite format 3\x00\x10", "database"),
        (b"PAR1\x15\x04", "parquet"),
        (json.dumps([{"a": 1}]).encode(), "json"),
        (b'  {"a": 1}', "json"),
        (b"<!DOCTYPE html><p>", "page"),
        (b"<table><tr><td>1", "page"),
        (b"q\x00\x00\x00\x01\x02\x03z\x00\x00k", "binary"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_what_is_no_table_is_called_by_its_name(content: bytes, kind: str) -> None:
    assert refused(content) == ("file-kind", kind)
    assert FILES[kind]


def test_every_kind_of_file_has_its_words() -> None:
    assert {*table_files.KINDS.values(), "numpy", "packed", "page", "json", "binary"} == {*FILES}


def test_what_only_looks_like_json_or_a_zip_is_looked_at_again() -> None:
    assert table_text(b"[1,2\n[3,4") == "[1,2\n[3,4"
    assert table_text(b"[" * 200_000).startswith("[[")
    assert refused(b"PK\x03\x04 no zip at all") == ("file-broken", "")
    assert refused(b"\xd0\xcf\x11\xe0 no workbook") == ("file-broken", "")
    assert refused(packed({"xl/workbook.xml": "<nothing"})) == ("file-broken", "")


def test_what_is_too_large_packed_or_unpacked_is_refused() -> None:
    assert refused(b"1" * (TABLE_BYTES + 1)) == ("sheet-large", "")
    assert refused(packed({"xl/workbook.xml": " " * (table_files.UNPACKED + 1)})) == ("sheet-large", "")
    long = "x" * (TABLE_BYTES // 2)
    assert refused(workbook([[long, long], [1, 2]])) == ("sheet-large", "")


def test_a_value_far_out_ends_a_process_of_its_own_only(monkeypatch: pytest.MonkeyPatch) -> None:
    far = workbook([["a", "b"], [1, 2]])
    with zipfile.ZipFile(io.BytesIO(far)) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    files[sheet] = files[sheet].replace('"A2"', '"XFD1048576"').replace('r="2"', 'r="1048576"')
    assert refused(packed(files)) == ("file-far", "")
    monkeypatch.setattr(spreadsheet, "SECONDS", 0)
    assert refused(workbook([["a", "b"], [1, 2]])) == ("file-far", "")


def test_a_sheet_is_read_from_one_stream_and_written_to_another(monkeypatch: pytest.MonkeyPatch) -> None:
    book, said = io.BytesIO(workbook([["a", "b"], [1, 2]])), io.BytesIO()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(book))
    monkeypatch.setattr("sys.stdout", out := io.TextIOWrapper(said))
    spreadsheet.main()
    out.flush()
    assert said.getvalue() == b"a\tb\n1\t2\n"


def test_what_is_not_there_or_takes_time_is_written_too() -> None:
    assert [cell_text(one) for one in ("", timedelta(hours=1))] == ["", "1:00:00"]
