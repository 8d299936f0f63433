"""Every catalogue says all that the source says and no more, with the same places and tags."""

from __future__ import annotations

import re
from functools import cache

import pytest
from babel.messages.catalog import Catalog

from app.notation.language import LANGUAGES, SOURCE
from tests import texts

OTHERS = sorted(LANGUAGES.keys() - {SOURCE})
PLACE, TAG = re.compile(r"\{(\w*)[^}]*\}"), re.compile(r"</?\w+[^>]*>")
messages = cache(texts.messages)


def kept_in(string: str | tuple[str, ...]) -> tuple[set[str], list[str]]:
    """Return the places of a message, and its tags in the order in which they open and close."""
    forms = [string] if isinstance(string, str) else string
    return {place for form in forms for place in PLACE.findall(form)}, sorted(TAG.findall(forms[-1]))


def test_messages_are_found_in_programs_templates_and_plans() -> None:
    found = messages()
    assert {name.partition("/")[0] for one in found for name, _line in one.locations} == {"app", "templates"}
    assert len(found) > 1300
    assert found.get("One iteration, four moves")
    assert found.get("h₁ and h₂") is None


@pytest.mark.parametrize("key", OTHERS)
def test_a_catalogue_is_what_the_source_asks_for(key: str) -> None:
    assert texts.text(key, texts.messages()) == texts.file_of(key).read_text(), "run make texts"


@pytest.mark.parametrize("key", OTHERS)
def test_every_message_is_translated(key: str) -> None:
    catalogue = texts.read(key)
    assert [one.id for one in catalogue if one.id and not texts.said(one.string)] == []
    assert [one.id for one in catalogue if one.fuzzy and one.id] == []


@pytest.mark.parametrize("key", OTHERS)
def test_what_is_put_into_a_message_and_its_tags_are_the_same_in_both(key: str) -> None:
    assert [one.id for one in texts.read(key) if one.id and kept_in(one.id) != kept_in(one.string)] == []


def test_what_is_translated_stays_what_is_new_is_empty_and_what_is_gone_goes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: texts.Path
) -> None:
    monkeypatch.setattr(texts, "CATALOGUES", tmp_path)
    before = texts.HEADER.format(key="de", name="Deutsch", plural="nplurals=2; plural=(n != 1);")
    before += 'msgid "here"\nmsgstr "da"\n\nmsgid "gone"\nmsgstr "fort"\n'
    texts.file_of("de").write_text(before)
    source = Catalog()
    source.add(("one", "{n}"), locations=[("a", 1)])
    source.add("here", locations=[("a", 2)])
    found = texts.text("de", source).partition("\n\n")[2]
    assert found.replace("#, python-brace-format\n", "") == (
        'msgid "one"\nmsgid_plural "{n}"\nmsgstr[0] ""\nmsgstr[1] ""\n\nmsgid "here"\nmsgstr "da"\n\n'
    )
