"""Words about a person's own examples: how a table was understood, and what was noted of it."""

from __future__ import annotations

from typing import NamedTuple

from app.datasets.csv_examples import Reading, Used
from app.datasets.dataset import Dataset
from app.datasets.own import NAME
from app.limits import NOTE
from app.notation.language import N_, _, ngettext, tr
from app.notation.numbers import given, grouped
from app.story.sheets import reason
from app.story.wording import counted, listed

NAMED = 6  # columns left out that are named
LISTED = 100  # columns left out that stand in the table of what was understood


SCALED = {  # of the inputs or targets: which of them are scaled
    "inputs": {
        "none": N_("Inputs: {columns}."),
        "one": N_("Inputs: {columns}, scaled to −1 … 1."),
        "all": N_("Inputs: {columns}, each scaled to −1 … 1."),
        "some": N_("Inputs: {columns}, those with a range scaled to −1 … 1."),
    },
    "targets": {
        "none": N_("Target: {columns}."),
        "one": N_("Target: {columns}, scaled to −1 … 1."),
        "all": N_("Target: {columns}, each scaled to −1 … 1."),
        "some": N_("Target: {columns}, those with a range scaled to −1 … 1."),
    },
}


def note_of(reading: Reading) -> str:
    """Say what examples from a table are: the inputs and how they were scaled, what the targets stand for,
    and what was left out."""
    text = " ".join([_("From a table."), named("inputs", reading.columns), aims_named(reading)])
    left = " ".join(["", *left_out(reading)])
    if len(left) > NOTE // 2:
        left = f"{left[: NOTE // 2 - 2]} …"
    return f"{text.removesuffix('.')[: NOTE - len(left) - 1]}.{left}"


def aims_named(reading: Reading) -> str:
    """Say what the targets stand for."""
    columns, classes = listed([spanned(one) for one in reading.aims]), reading.classes
    if len(classes) == 2:
        return _(
            "Target: {columns}, 1 for {one} and 0 for {zero}.",
            columns=columns,
            one=classes[1],
            zero=classes[0],
        )
    if classes:
        return _(
            "Target: {columns}; the outputs stand for {classes}.", columns=columns, classes=listed(classes)
        )
    return named("targets", reading.aims)


def named(role: str, columns: list[Used]) -> str:
    """Name the inputs or targets, and say which of them were scaled: all of them, or those with a range."""
    scaled = [used.units[0].scaled for used in columns]
    which = "some" if not all(scaled) else "all" if len(columns) > 1 else "one"
    return tr(
        SCALED[role][which if any(scaled) else "none"], columns=listed([spanned(one) for one in columns])
    )


def spanned(used: Used) -> str:
    """Name a used column, with the range it was scaled from, or with the words it became inputs of."""
    name, first = heading(used.number, used.name), used.units[0]
    if first.scaled:
        return _("{name} ({low} to {high})", name=name, low=given(first.low), high=given(first.high))
    if first.name in ("", used.name[:NAME]):
        return name
    return (
        first.name if len(used.units) == 1 else _("{name} ({count} words)", name=name, count=len(used.units))
    )


def left_out(reading: Reading) -> list[str]:
    """Say what of a table was left out, a sentence for each kind."""
    found, bad = [], len(reading.bad)
    if bad:
        found.append(ngettext("{n} bad line was left out.", "{n} bad lines were left out.", bad))
    if reading.usable > len(reading.inputs) or reading.lines:
        rows, drawn = grouped(max(reading.usable, reading.lines)), len(reading.inputs)
        found.append(
            _("A sample: {drawn} of {rows} lines, drawn by chance (seed 0).", drawn=drawn, rows=rows)
        )
    if reading.titles:
        found.append(
            ngettext(
                "The line “{first}” above the table was left out.",
                "{n} lines above the table were left out, from “{first}” on.",
                len(reading.titles),
                first=reading.titles[0][:NAME],
            )
        )
    reasons: dict[str, list[str]] = {}
    for one in reading.left:
        reasons.setdefault(one.why, []).append(heading(one.number, one.name)[:NAME])
    return found + [columns_left(why, names) for why, names in reasons.items()]


def columns_left(why: str, names: list[str]) -> str:
    """Say which columns were left out, and why; of many, the first ones."""
    count = len(names)
    if count > NAMED:
        names = [*names[: NAMED - 1], _("{count} more", count=count - NAMED + 1)]
    return ngettext(
        "Left out: {names}, which {reason}.",
        "Left out: {names}, each of which {reason}.",
        count,
        names=listed(names),
        reason=reason(why),
    )


class Became(NamedTuple):
    """A column as it was understood: its heading, what becomes of it, and its cells in the first rows."""

    heading: str
    becomes: str
    cells: list[str]


class Understanding(NamedTuple):
    """A table as it was understood: in a sentence, column by column, what was left out, and by the field what
    could be meant otherwise, each answer's key with its words, the guess first."""

    said: str
    columns: list[Became]
    left: list[str]
    questions: dict[str, list[tuple[str, str]]]


def understanding(reading: Reading) -> Understanding:
    """Say how a table was understood."""
    told = {
        one.number: (one.name, _("left out: {reason}", reason=reason(one.why)))
        for one in reading.left[:LISTED]
    }
    told |= {used.number: (used.name, becoming(INPUT, used)) for used in reading.columns}
    told |= {used.number: (used.name, aiming(used, reading.classes)) for used in reading.aims}
    columns = [
        Became(heading(number, name), text, [row[number - 1] for row in reading.first])
        for number, (name, text) in sorted(told.items())
    ]
    asked = {"numbers": readers_told(reading), "kind": kinds_told(reading)}
    questions = {name: answers for name, answers in asked.items() if answers}
    return Understanding(summed_up(reading), columns, left_out(reading), questions)


def aiming(used: Used, classes: list[str]) -> str:
    """Say what a target becomes."""
    if len(classes) == 2:
        return _("target: 1 for {one}, 0 for {zero}", one=classes[1], zero=classes[0])
    if classes:
        return _("target, an output for each class: {classes}", classes=listed(classes))
    return becoming(TARGET, used)


class Role(NamedTuple):
    """What a column becomes: as it is, scaled, or 1 for a word."""

    plain: str
    scaled: str
    word: str


INPUT = Role(N_("input"), N_("input: {low} to {high} scaled to −1 … 1"), N_("input: 1 for {word}, else 0"))
TARGET = Role(
    N_("target"), N_("target: {low} to {high} scaled to −1 … 1"), N_("target: 1 for {word}, else 0")
)


def becoming(role: Role, used: Used) -> str:
    """Say what a used column becomes."""
    first, count = used.units[0], len(used.units)
    if count > 1:
        names = ", ".join(unit.name for unit in used.units)
        return _("{count} inputs, each 0 or 1: {names}", count=count, names=names)
    if first.scaled:
        return tr(role.scaled, low=given(first.low), high=given(first.high))
    return tr(role.plain) if first.name in ("", used.name[:NAME]) else tr(role.word, word=first.name)


def summed_up(reading: Reading) -> str:
    """Say in a sentence how many examples there are, and what the network is to say."""
    classes, aims, inputs = len(reading.classes), len(reading.aims), len(reading.inputs[0])
    shape = ngettext(
        "{examples} with one input",
        "{examples} with {count} inputs",
        inputs,
        examples=ngettext("{n} example", "{n} examples", len(reading.inputs)),
        count=counted(inputs),
    )
    if not classes and {tuple(row) for row in reading.targets} == {(0.0,), (1.0,)}:
        return _("{examples}; the network is to say 0 or 1.", examples=shape)
    if classes:
        return _(
            "{examples}; the network is to say which of {count} classes it is.",
            examples=shape,
            count=counted(classes),
        )
    return ngettext(
        "{examples}; the network is to say one number.",
        "{examples}; the network is to say {count} numbers.",
        aims,
        examples=shape,
        count=counted(aims),
    )


def readers_told(reading: Reading) -> list[tuple[str, str]]:
    """Return the ways to read a table's numbers, each with what it makes of some cells."""
    return [
        (
            reader.key,
            ", ".join(
                _("“{cell}” is {value}", cell=cell, value=given(value)) for cell, value in reader.samples
            ),
        )
        for reader in reading.readers
    ]


def kinds_told(reading: Reading) -> list[tuple[str, str]]:
    """Return what a target of a few whole numbers may be; none where that is no question."""
    whole = reading.whole
    if not whole:
        return []
    classes = ("classes", _("a class: {names} are only names", names=listed(whole)))
    numbers = ("numbers", _("a number: {most} is more than {least}", most=whole[-1], least=whole[0]))
    return [classes, numbers] if reading.classes else [numbers, classes]


def heading(number: int, name: str) -> str:
    """Name a column."""
    return name or _("column {number}", number=number)


def told(data: Dataset) -> str:
    """Tell of somebody's own examples: how many there are, of what shape, and what was noted about them."""
    shape = _(
        "{examples} with {inputs} and {targets}.",
        examples=ngettext("{n} example", "{n} examples", data.rows),
        inputs=ngettext("{n} input", "{n} inputs", len(data.x)),
        targets=ngettext("{n} target", "{n} targets", len(data.y)),
    )
    return f"{shape} {data.note}".strip()
