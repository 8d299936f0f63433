"""Nothing in any page needs a hole in the policy: no inline script, style or event handler, no address of
strangers."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from httpx import AsyncClient

from app.page.panels import PANELS
from app.picture.scene import LENSES
from tests.web.visitor import make, page_of, press

pytestmark = pytest.mark.anyio
ROOT = Path(__file__).parents[2]
FORBIDDEN = re.compile(r"\sstyle=|\son[a-z]+=|hx-on|javascript:|\bjs:|hx-vals=.js|<style|srcdoc")
TRIGGER_FILTER = re.compile(r'hx-trigger="[^"]*\[')


def check_element(element: Element) -> None:
    for name, value in element.attrib.items():
        assert not name.startswith(("on", "hx-on", "style")), f"<{element.tag} {name}>"
        assert not value.lstrip().lower().startswith(("javascript:", "js:", "data:")), f"{name}={value!r}"
        if name in ("href", "src", "action", "formaction") or name.startswith("hx-p") or name == "hx-get":
            assert value.startswith(("/", "#")) or value in ("true", "false"), f"{name}={value!r} leads away"
            assert not value.startswith("//")
    assert element.tag not in ("style", "iframe", "object", "embed", "base")
    if element.tag == "script":
        assert element.get("src", "").startswith("/static/")
        assert not (element.text or "").strip()


@pytest.mark.walk
async def test_no_page_has_anything_inline_at_any_moment_lens_or_panel(browser: AsyncClient) -> None:
    lab, at = await make(browser, batch=2, optimiser="adam"), 0
    pages = ["/", "/recipe", "/recipe?eta=x", "/nowhere", *(f"/labs/{lab}?lens={lens}" for lens in LENSES)]
    pages += [f"/labs/{lab}?panel={panel}&play=1" for panel in PANELS]
    for place in (0, 4, 5, 9, 10):
        await press(browser, lab, "go", at, to=place)
        at = place
        for path in pages:
            for element in page_of(await browser.get(path)).root.iter():
                check_element(element)


@pytest.mark.parametrize("path", sorted((ROOT / "templates").rglob("*.html")), ids=lambda path: path.name)
def test_no_template_has_anything_inline(path: Path) -> None:
    text = path.read_text()
    assert not FORBIDDEN.search(text)
    assert not TRIGGER_FILTER.search(text)
