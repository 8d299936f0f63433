"""Hold a rendered lab against what is known: every number where it stands, and nothing that has not
happened."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

import numpy as np

from app.notation.numbers import MINUS, fewer, figure
from tests.web.discs import check_disc
from tests.web.facts import Facts, NotTrue, same
from tests.web.hands import check_hands, check_shrunk
from tests.web.model import check_model
from tests.web.oracle import Known
from tests.web.predictions import score
from tests.web.rail import check_rail
from tests.web.sayable import Sayable
from tests.web.told import check_counts, check_story
from tests.web.tree import Page, having, kinds, spoken, text_of
from tests.web.wires import check_wires

NUMBER = rf"{MINUS}?\d+(?:,\d{{3}})*(?:\.\d+)?(?:e{MINUS}?\d+)?"
OTHERS = r"hidden layer \d|\bL\d\b|“[^”]*”"  # numbers that are names
VERDICT = re.compile(
    r"(?P<count>[\d,]+) iteration(?P<many>s?)(?:: |, and )(?:.*?(?P<score>\d+ of \d+ right))?"
)
FORMULAS = {"0", "1", "2", "4"}  # max(0, z), 1 − a, 4·σ(2z)·σ(−2z)


def check_page(
    page: Page, known: Known, *, lens: str, example: int = 0, voice: str = "", pick: str = ""
) -> None:
    """Check picture, rail, tables and story, and that no other number is to be found anywhere."""
    facts = Facts(known, example)
    check_picture(page, facts, lens, pick)
    check_rail(page, facts)
    if "table-1" in page.ids:
        check_tables(page, facts)
    if "model" in page.ids:
        check_model(page, facts)
    check_where(page, facts)
    check_verdict(page, facts)
    sayable = Sayable(known)
    check_narration(page["narration"], facts, sayable, voice)
    if "inspector" in page.ids:
        check_curve(page["inspector"], facts)
    for trial in having(
        page.root, "nudge"
    ):  # a trial is none of the moment's numbers: it has a test of its own
        trial.clear()
    for text in spoken(page.root):
        if sayable.unknown(text):
            raise NotTrue(f"nobody knows {sayable.unknown(text)}: {text}")


def check_picture(page: Page, facts: Facts, lens: str, pick: str = "") -> None:
    """Check all marks of the picture; texts that may be shorter than elsewhere are taken away."""
    for layer, size in enumerate(facts.sizes):
        for j in range(1, size + 1):
            check_disc(page[f"n-{layer}-{j}"], facts, layer, j, lens)
    for layer in range(1, len(facts.sizes)):
        check_wires(page, facts, layer, lens, pick)
    check_hands(page, facts, lens, pick)
    check_shrunk(page, facts, lens)
    check_ends(page, facts)


def check_curve(inspector: Element, facts: Facts) -> None:
    """Check what stands at the ends of an activation curve's axes, and take it out: it is the function's."""
    for group in [group for curve in having(inspector, "curve") for group in having(curve, "ends")]:
        left, across, right, low, up, high = map(text_of, group)
        same("curve, axes", (across, up), ("z", "a"))
        same("curve, left and right", left, MINUS + right)
        functions = {facts.known.network.activation(layer) for layer in range(1, len(facts.sizes))}
        line = float(right) * np.linspace(-1, 1, 481)
        true = [one.value(line) for one in functions if not one.couples]
        spans = [(figure(float(a.min())), figure(float(a.max()))) for a in true]
        same("curve, bottom and top", (low, high) in spans, True)
        group.clear()


def check_ends(page: Page, facts: Facts) -> None:
    """Check the targets and the cost box."""
    values, last = [figure(y) for y in facts.targets()], len(facts.sizes) - 1
    same("targets", [text_of(group.find("text")) for group in page["targets"]], values)
    owners = [f"target of {facts.name(last, j)}: {value}" for j, value in enumerate(values, 1)]
    same("targets' names", [text_of(group.find("title")) for group in page["targets"]], owners)
    box, cost = page["cost"], facts.cost_said()
    text = "cost ?" if cost is None else f"cost {figure(cost)}"
    same("cost, name", text_of(box.find("title")), "cost, not known yet" if cost is None else text)
    fitting = {text} if cost is None else {f"cost {figure(cost, digits)}" for digits in fewer()}
    same("cost box", text_of(value := having(box, "value")[0]) in fitting, True)
    value.clear()  # it may have fewer digits than all else
    same("cost box, quiet", "unknown" in kinds(box), cost is None)


def check_tables(page: Page, facts: Facts) -> None:
    """Check every cell of the tables."""
    for number, true in enumerate((facts.neuron_rows(), facts.goal_rows(), facts.dial_rows()), 1):
        rows = page[f"table-{number}"].findall("tbody/tr")
        same(f"table {number}", [[text_of(cell) for cell in row] for row in rows], true)


def check_where(page: Page, facts: Facts) -> None:
    """Check the count of iterations and the example's number."""
    known = facts.known
    number, example = f"{known.iteration + 1:,}", known.examples[facts.example]
    true = f"iteration {number} · example {example} of {known.rows}"
    same("where", [text_of(line) for line in having(page.root, "where")], [true])


def check_verdict(page: Page, facts: Facts) -> None:
    """Check what is said at the end of a run: how many iterations it took, how many examples are right."""
    said = VERDICT.search(text_of(page["notice"]))
    if said:
        same("verdict, iterations", said["count"], f"{facts.known.iteration:,}")
        same("verdict, one or many", said["many"], "s" * (facts.known.iteration != 1))
        right = score(facts.known)
        same("verdict, score", said["score"], f"{right[0]} of {right[1]} right" if right else None)


def check_narration(told: Element, facts: Facts, sayable: Sayable, voice: str) -> None:
    """Check that each number stands in a phrase that is right, in maths that somebody can know it; then take
    the words away: a story has fewer digits than all else."""
    text = check_story(text_of(told), facts)
    if voice == "maths":  # whose equations have a test of their own
        counts = facts.counts() | FORMULAS
        for number in re.findall(NUMBER, re.sub(OTHERS, "", text)):
            said = number.strip(MINUS)
            if said not in sayable and said not in counts:
                raise NotTrue(f"narration: nobody knows {number}: {text}")
    else:
        check_counts(text, facts)
    for element in told.iter():
        element.text = element.tail = ""
