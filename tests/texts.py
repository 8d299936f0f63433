"""The catalogues, made from the messages in the source. `python -m tests.texts` writes them anew: what was
translated stays, what is no more goes, what is new is empty."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from app.notation.language import CATALOGUES, LANGUAGES, SOURCE

ROOT = Path(__file__).parents[1]
WAYS = {  # to the messages of a kind of file
    "app/**/*.py": "python",
    "templates/**/*.html": "jinja2.ext:babel_extract",
    "app/lessons/plans/*.toml": "tests.lessons.plan_texts:extract",
}
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
WIDTH = 110
HEADER = """# {name}. `make texts` keeps what is translated here, adds what is new and drops what is no more.
msgid ""
msgstr ""
"Language: {key}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural}\\n"

"""


def messages() -> Catalog:
    """Return every message of the source, with the files and lines where it stands."""
    found = Catalog()
    for pattern, way in WAYS.items():
        for path in sorted(ROOT.glob(pattern)):
            name = path.relative_to(ROOT).as_posix()
            for line, message, _comments, _context in extract_from_file(way, path, keywords=KEYWORDS):
                found.add(message, locations=[(name, line)])
    for one in found:
        one.flags.discard("python-format")  # a per cent sign is one here
    return found


def file_of(key: str) -> Path:
    """Return where a language's catalogue is."""
    return CATALOGUES / f"{key}.po"


def read(key: str) -> Catalog:
    """Return a catalogue as it is."""
    with file_of(key).open("rb") as file:
        return read_po(file, locale=key)


def text(key: str, source: Catalog) -> str:
    """Return what a language's catalogue is to be, by the messages of the source."""
    kept, to_be = read(key), BytesIO()
    for one in source:
        before = kept.get(one.id)
        if one.id and before:
            one.string = before.string
        elif one.id:
            one.string = ("",) * kept.num_plurals if one.pluralizable else ""
    write_po(
        to_be,
        source,
        width=WIDTH,
        no_location=True,
        omit_header=True,
        sort_by_file=True,
        ignore_obsolete=True,
    )
    head = HEADER.format(key=key, name=LANGUAGES[key].name, plural=kept.plural_forms)
    return head + to_be.getvalue().decode().lstrip("\n")


def main() -> None:
    """Write every catalogue anew and say what is missing."""
    for key in LANGUAGES.keys() - {SOURCE}:
        found = text(key, messages())
        file_of(key).write_text(found, encoding="utf-8")
        print(
            f"{LANGUAGES[key].name}: {sum(not said(one.string) for one in read(key) if one.id)} to translate"
        )


def said(string: str | tuple[str, ...]) -> bool:
    """Tell whether all that a message needs is translated."""
    return bool(string) and (isinstance(string, str) or all(string))


if __name__ == "__main__":
    main()
