"""Read the panels beside the picture back into numbers, to hold them against what is known."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from app.notation import names
from app.notation.numbers import MINUS, figure
from app.story.fingers import HEARD, LOUD
from tests.story.calculator import last_place
from tests.web.facts import Facts, same
from tests.web.hands import pointed, ranked, tops
from tests.web.tree import Page, having, text_of

WORDS = {"Signal": "signal", "Passed back": "passed", "Tweaked": "tweaked"}
SAID = re.compile(r"(Signal|Passed back|Tweaked): (\S+) ([<>]?\d+ %)\.")


def number(text: str) -> float:
    """Return a printed number, its glyph left out."""
    return float(text.rstrip(" ▲▼").replace(MINUS, "-"))


def share(text: str) -> tuple[float, float]:
    """Return between which two shares, in per cent, a printed one stands for."""
    sign, whole = text.removesuffix(" %").strip("<>"), float(text.removesuffix(" %").strip("<>"))
    if text[0] in "<>":
        return (0.0, whole) if text[0] == "<" else (float(sign), 100.0)
    return whole - 1, whole + 1  # so that all of them add up to 100 %


def alone_in(facts: Facts) -> str:
    """Return how the page says that it looks at one example of several."""
    examples = facts.known.examples
    return f"example {examples[facts.example]} alone" if len(examples) > 1 else ""


def check_fingers(page: Page, facts: Facts, layer: int, j: int) -> int:
    """Check whose fingers are shown, and every bar; return how many."""
    true, rows, alone = pointed(facts, layer, j), 0, alone_in(facts)
    tables = {kind: having(page.root, "finger", kind) for kind in ("signal", "passed", "tweaked")}
    same("fingers", [kind for kind, found in tables.items() if found], list(true))
    if true:
        whose = f"{names.neuron(facts.sizes, layer, j)} points at {alone}".strip()
        same("whose fingers", text_of(page["fingers-title"]), whose)
    for kind, raw in true.items():
        values = ranked(facts, kind, layer, j, raw)
        whole, found = sum(map(abs, values)) or 1.0, tables[kind][0].findall("tbody/tr")
        same(f"{kind}, rows", len(found), len(values))
        shares = []
        for row in found:
            k = check_bar(row, kind, facts, layer, j, raw)
            low, high = share(text_of(row[2]))
            part = 100 * abs(values[k - 1]) / whole
            same(f"{kind}, share of {k}", low - 1e-9 <= part <= high + 1e-9, True)
            shares.append((low, high))
        if any(values):
            same(
                f"{kind}, all shares",
                sum(low for low, _ in shares) <= 100 <= sum(high for _, high in shares),
                True,
            )
            exact = [text_of(row[2]) for row in found]
            if not any(text[0] in "<>" for text in exact):
                same(f"{kind}, sum of the shares", sum(int(text.removesuffix(" %")) for text in exact), 100)
        rows += len(found)
    felt = {kind: ranked(facts, kind, layer, j, values) for kind, values in true.items()}
    check_disagreement(page, facts, layer, {kind: values for kind, values in felt.items() if any(values)})
    return rows


def check_disagreement(page: Page, facts: Facts, layer: int, true: dict[str, list[float]]) -> None:
    """Check that the sentence stands there exactly where nobody is first under every finger, and each share
    in it."""
    first = {kind: tops(values) for kind, values in true.items()}
    agreed = not true or bool(set.intersection(*first.values()))
    same("disagreement", "disagreement" in page.ids, not agreed)
    if not agreed:  # whose wire is tweaked most is the loudest, as all hear one δ
        guilty = "passed" in first and not first["passed"] & first["tweaked"]
        same(
            "the lesson",
            (LOUD in text_of(page["disagreement"]), HEARD in text_of(page["disagreement"])),
            (guilty, not guilty),
        )
    said = [] if agreed else SAID.findall(text_of(page["disagreement"]))
    same("disagreement, fingers", [WORDS[word] for word, *_ in said], [] if agreed else list(true))
    for word, name, text in said:
        values, (low, high) = true[WORDS[word]], share(text)
        k = next(k for k in tops(values) if names.neuron(facts.sizes, layer - 1, k) == name)
        part = 100 * abs(values[k - 1]) / sum(map(abs, values))
        same("disagreement, share", low - 1e-9 <= part <= high + 1e-9, True)


def check_bar(row: Element, kind: str, facts: Facts, layer: int, j: int, values: list[float]) -> int:
    """Check a bar's mark, name, value, glyph, place at the top and what its neuron keeps; return its
    number."""
    link = next(row[0].iter("a"))
    k = int(link.get("data-ref").rpartition("-")[2])
    value, side = values[k - 1], ranked(facts, kind, layer, j, values)[k - 1]
    same("bar, mark", link.get("data-ref"), f"w-{layer}-{j}-{k}")
    same("bar, name", text_of(link), names.neuron(facts.sizes, layer - 1, k))
    glyph = "" if kind == "signal" or not side else " ▼" if side > 0 else " ▲"
    same("bar, value", text_of(row[3]), figure(value) + glyph)
    same("bar, leading", "leading" in row.get("class", ""), k in tops(ranked(facts, kind, layer, j, values)))
    kept = [figure(facts.delta(layer - 1, k))] if kind == "passed" else []
    same("bar, kept", [text_of(cell) for cell in row[4:]], kept)
    return k


def check_score(page: Page, facts: Facts) -> None:
    """Check the running score, by counting anew over everybody who is blamed."""
    counts = {"passed": [0, 0], "tweaked": [0, 0]}
    for layer in range(1, len(facts.sizes)):
        for j in range(1, facts.sizes[layer] + 1):
            active = tops([facts.a(layer - 1, k) or 0.0 for k in range(1, facts.sizes[layer - 1] + 1)])
            for kind, raw in pointed(facts, layer, j).items():
                values = ranked(facts, kind, layer, j, raw)
                if kind in counts and len(active) == len(tops(values)) == 1:
                    counts[kind][1] += 1
                    counts[kind][0] += active == tops(values)
    (blamed, asked), (tweaked, moved) = counts.values()
    said = [f"was passed the most blame {blamed} of {asked} times"] * bool(asked)
    said += [f"had its wire tweaked most {tweaked} of {moved} times"] * bool(moved)
    by = f"by {alone_in(facts)}, " * bool(alone_in(facts))
    true = [f"This iteration so far, {by}the most active neuron {', and '.join(said)}."] if said else []
    same("score", [text_of(page["score"])] if "score" in page.ids else [], true)


def check_stack(page: Page, facts: Facts, kind: str, layer: int, j: int, k: int) -> None:
    """Check each example's part of a dial's gradient."""
    known = facts.known
    examples = range(len(known.examples))
    parts = [
        facts.at(known.backward.delta, layer, j, m)
        * (facts.at(known.forward.a, layer - 1, k, m) if kind == "w" else 1.0)
        for m in examples
        if facts.at(known.backward.delta, layer, j, m) is not None and len(examples) > 1
    ]
    rows = {text_of(row[0]): text_of(row[2]) for row in page["inspector"].findall("table/tbody/tr")}
    said = list(rows.values())
    fitting = (
        digits
        for digits in range(3, 18)
        if [figure(part, digits) for part in parts] == [t.rstrip(" ▲▼") for t in said]
    )
    same("parts", next(fitting, None) is not None, True)
    same("examples", list(rows), [f"example {known.examples[m]}" for m in examples] if parts else [])
    if parts:
        mean = figure(facts.nabla(kind, layer, j, k))
        exact, noise = sum(map(number, said)) / len(said), 1e-12 * max(map(abs, parts))
        half = float(last_place(mean)) / 2 * (1 + 1e-9)  # five behind the last digit may go either way
        same("mean of the parts", abs(exact - number(mean)) <= max(half, noise), True)
        same("mean", f"their mean is {mean}" in text_of(page["inspector"]), True)
