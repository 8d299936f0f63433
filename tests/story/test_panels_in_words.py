"""What panels, exports, data sets and the glossary say is messages: in a language that marks them no word
stands outside of them, and numbers have that language's mark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace

import pytest

from app.analysis.history import History
from app.datasets.csv_examples import Wishes, read_sheet
from app.datasets.own import own_from
from app.datasets.points import points_from
from app.export.solution import ONLY_ONE, chapters, title_of
from app.lab.dials import Pick, dials_of
from app.lab.lab import Lab
from app.lab.matrices import Way
from app.lab.presets import PRESETS
from app.lab.recipe import Recipe
from app.lab.replay import Replay
from app.limits import Problem
from app.notation.language import tr
from app.page.frame import Frame
from app.page.view import View
from app.story import datasets, matrices, points, race, refusals, sheets
from app.story.formulas.expression import FUNCTIONS
from app.story.glossary import GLOSSARY
from app.story.inspector import inspect, turnings
from app.story.linked_words import FORMS, HUES, forms, with_links
from app.story.tables import tables_of
from app.story.tasks import task_of
from tests.datasets.test_csv_examples import FLOWERS
from tests.pseudo import forgotten, pseudo_language

REPLAY = Replay()
SYMBOLS = {*FUNCTIONS, "max", "cost"}
SETTINGS = {"biases": True, "held": ("b-1-1", "w-1-1-1"), "regulariser": "l1", "decay": 0.1}
RECIPES = {
    "adam": replace(PRESETS["half-adder"], batch=4, optimiser="adam", **SETTINGS),
    "momentum": Recipe(data="circle", hidden=(3, 2), activation="relu", batch=20, optimiser="momentum"),
    "softmax": replace(PRESETS["digits"], hidden=(2,), optimiser="rmsprop", regulariser="l2", decay=0.1),
    "certain": Recipe(data="and", hidden=(2,), parameters=(900.0,) * 9, cost="cross-entropy"),
}


def numbered(recipe: Recipe) -> Iterator[tuple[Lab, int]]:
    """Return the last moment of each phase of a run's first iteration, and of its second."""
    moments = Lab(recipe).moments
    ends = [at for at, one in enumerate(moments) if one[:1] != moments[(at + 1) % len(moments)][:1]]
    for place in (*ends, len(moments) + ends[-1]):
        yield Lab(recipe, place), 0


def texts_in(found: object) -> Iterator[str]:
    """Return all texts of a tree of lists, tuples and dataclasses but for keys, marks and MathML."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, (list, tuple)) and not isinstance(found, Pick):
        for one in found:
            yield from texts_in(one)
    elif hasattr(found, "remark"):
        yield from (found.remark, found.spoken())
        yield from re.findall(r"<mi>([^<]*)</mi>", found.law())
    elif is_dataclass(found):
        for field in fields(found):
            if field.name not in ("ref", "pick", "picks", "kind", "side"):
                yield from texts_in(getattr(found, field.name))


def told(lab: Lab, example: int) -> list[str]:
    """Return what tables, inspector and worked solution say of a moment."""
    numbers, sizes = REPLAY.numbers(lab), lab.recipe.sizes
    last = len(sizes) - 1
    marks = [f"n-{layer}-1" for layer in range(last + 1)] + ["y-1", "cost"]
    marks += [dial.mark for dial in dials_of(sizes)][:: max(1, len(dials_of(sizes)) // 5)]
    said: list[object] = [tables_of(numbers, example), title_of(lab, "")]
    for mark in marks:
        frame = Frame(id="a", lab=lab, numbers=numbers, view=View(pick=mark), history=History(REPLAY))
        seen = frame.selection
        said.append(inspect(numbers, example, seen.pick, True, seen.pointer, seen.fingers))
    said.append(turnings(numbers, example, 1, 1))
    for whole in (False, True):
        for one in chapters(lab, numbers, example, whole=whole):
            said += [one.title, one.text, one.note, *(step.equations for step in one.steps)]
    return list(texts_in(said))


@pytest.mark.parametrize("key", RECIPES)
def test_no_word_of_tables_inspector_and_solution_stands_outside_of_a_message(key: str) -> None:
    with pseudo_language():
        texts = [text for lab, example in numbered(RECIPES[key]) for text in told(lab, example)]
    assert len(texts) > 300
    assert forgotten(*texts) - SYMBOLS == set()
    assert [text for text in texts if re.search(r"\d\.\d", text)] == []
    assert any(re.search(r"\d,\d", text) for text in texts)


WIDE = "\n".join(",".join(f"{row * at}.5" for at in range(1, 31)) for row in range(1, 4))
TABLES = (  # and what is said of them: classes, scaled numbers, columns left out, words, two ways to read
    (FLOWERS + "1,2,c\n3\n4", Wishes(scale=True, skip=True)),
    (FLOWERS, Wishes()),
    ("Of May\n\nx,s,p,y,z\n1,m,Q,o,2\n3,f,S,n,4\n5,m,C,o,6\n7,m,C,n,7", Wishes(scale=True, target="y")),
    ("x,s,p,y,z\n1,m,Q,1,2\n3,f,S,2,4\n5,m,C,3,6", Wishes(scale=True, target="x,z", inputs="s,p,y")),
    ("x,y\n1,2\n3,4\n5,9", Wishes(scale=True)),
    ("1,234;5\n2,500;6", Wishes()),
    ("\n".join(f"{at},k{at},{at % 3}" for at in range(600)), Wishes(skip=True)),
    (WIDE, Wishes()),
    ("a,b\n1,0\n2,1\n3,0", Wishes()),
)
CELLS = {"kind", "len", "wid", "Of", "May"}  # and what stands in them


@pytest.mark.parametrize("at", range(len(TABLES)))
def test_no_word_about_a_table_stands_outside_of_a_message(at: int) -> None:
    found = read_sheet(*TABLES[at])
    with pseudo_language():
        understood = datasets.understanding(found)
        texts = [datasets.note_of(found), understood.said, *understood.left, *sheets.bad_lines(found.bad)]
        texts += [text for one in understood.columns for text in (one.heading, one.becomes)]
        texts += [text for answers in understood.questions.values() for _, text in answers]
    assert forgotten(*texts) - CELLS == set()


def others() -> list[str]:
    """Return what is said of points, examples, matrices, races and wishes."""
    way, other = Way("rows", "last", "turns"), Way("columns", "first", "after")
    array = {"neurons": "rows", "to": 2, "sources": 3, "layer": 1}
    arrays = {"layers": 2, "arrays": [("", at, 1500, 2) for at in range(1, 11)]}
    kinds = ("eta", "optimiser", "activation", "depth", "seed", "regulariser")
    runs = [Recipe(), Recipe(hidden=(), optimiser="adam"), Recipe(parameters=(0.0,) * 13, regulariser="l2")]
    return [
        *(sheets.sheet_sentence(Problem("file", "file-kind", {"kind": kind})) for kind in sheets.FILES),
        *map(sheets.reason, sheets.WHY),
        sheets.sheet_sentence(Problem("text", "sheet-wide", {"found": 1500, "most": 1000})),
        sheets.sheet_sentence(
            Problem("inputs", "sheet-inputless", {"column": 1, "cell": "1", "reason": "words"})
        ),
        datasets.told(own_from({"inputs": [[1, 2]], "targets": [[3]]})),
        points.too_many(),
        points.count_of(points_from("1_0_0")),
        *(points.at(message, 0.5, 0.25) for message in (*points.ADDED, points.ERASED, points.NONE_NEAR)),
        matrices.which([way, other]).replace(way.key, "").replace(other.key, "").replace("take", ""),
        matrices.way_told(Way("lines"), [way]),
        refusals.sentence(Problem("dials", "dials-blocks", arrays)),
        *(
            refusals.sentence(
                Problem(
                    "dials", "dials-shape-w", {**array, "neurons": one, "array": (name, 1, 2, 2), "layer": 1}
                )
            )
            for one, name in (("rows", ""), ("columns", "1"))
        ),
        *(race.run_name(kind, run, 0) for kind in kinds for run in runs),
        race.diverged_at(1500),
        *(race.verdict(["1"] * best, "0,1", 1500, level=best == 2) for best in range(4)),
        *(text for recipe in PRESETS.values() for text in task_of(recipe.dataset)),
        *task_of(own_from({"inputs": [[1], [2]], "targets": [[3], [4]]})),
        tr(ONLY_ONE, count=2),
    ]


def test_no_word_about_what_somebody_brings_or_races_stands_outside_of_a_message() -> None:
    with pseudo_language():
        texts = others()
    assert forgotten(*texts) == set()
    assert "1.500" in "".join(texts)
    assert "0,25" in "".join(texts)


def test_words_that_lead_to_the_glossary_are_those_of_the_language_that_is_spoken() -> None:
    assert set(FORMS) <= set(GLOSSARY)
    with pseudo_language():
        assert set(forms(hues=False).values()) == set(FORMS)
        assert set(forms(hues=True).values()) == set(HUES)
        assert 'href="/#word-delta"' in with_links("all errors", "/")
        assert with_links("the error", "/") == "the error"  # which is ⟦error there
