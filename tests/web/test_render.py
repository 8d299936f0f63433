"""Whoever works on the program sees every change at once; everybody else gets files that browsers may keep."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.web import render


@pytest.mark.parametrize("dev", [True, False])
def test_a_style_sheet_has_a_new_address_when_it_has_changed_only_while_one_works_on_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, dev: bool
) -> None:
    monkeypatch.setattr(render, "STATIC", tmp_path)
    sheet, environment = tmp_path / "sheet.css", render.environment(dev=dev)
    sheet.write_text("a { color: red }")
    address = environment.globals["static_url"]("sheet.css")
    assert address.startswith("/static/sheet.css?v=")
    sheet.write_text("a { color: blue }")
    assert (environment.globals["static_url"]("sheet.css") != address) is dev


@pytest.mark.parametrize("dev", [True, False])
def test_templates_are_read_anew_only_while_one_works_on_them(dev: bool) -> None:
    assert render.environment(dev=dev).auto_reload is dev
