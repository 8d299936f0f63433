"""The strict reader is strict: what a browser would silently mend is an error here."""

from __future__ import annotations

import pytest

from tests.web.tree import NotValid, read, spoken, text_of

BROKEN = [
    "<p><b>misnested</p></b>",
    "<p>left open",
    "<p>closed</p></p>",
    '<p id="a"></p><p id="a"></p>',
    '<p id=""></p>',
    '<p class="a" class="b"></p>',
    "<div/>",
    "<svg><path></svg>",
    '<svg><g id="a"/><g id="a"/></svg>',
    "<svg><text>a & b</text></svg>",
    "<svg><text>a&nbsp;b</text></svg>",
    "<svg><text>a\x01b</text></svg>",
    '<svg><a xlink:href="#b"/></svg>',
    '<svg id="a"><g id="b"/></svg><p id="b"></p>',
    '<label for="nobody"></label>',
    '<p aria-describedby="a nobody" id="a"></p>',
]


@pytest.mark.parametrize("html", BROKEN)
def test_a_broken_document_is_refused(html: str) -> None:
    with pytest.raises(NotValid):
        read(html)


def test_text_is_read_in_its_order_with_pictures_in_their_places() -> None:
    page = read('<p id="p">a<br>b<svg><title>c</title></svg>d &amp; <i title="e">f</i>g</p>')
    assert text_of(page["p"]) == "abcd & fg"
    assert "".join(sorted(spoken(page.root))) == "abcd & efg"
