"""The story held against what is known: every number in it stands in a phrase that says what it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from app.notation import names
from app.notation.numbers import MINUS
from app.story.wording import decimals, told, told_apart
from tests.web.facts import Facts, NotTrue, same
from tests.web.oracle import Known
from tests.web.tree import Page, having, text_of

N = rf"({MINUS}?\d+(?:\.\d+)?(?:e{MINUS}?\d+)?|almost 0)"
LIST = rf"((?:{N[1:-1]})(?:(?:, | and )(?:{N[1:-1]}))*)"
NAME = r"(“[^”]*”|[^\s.,;:]+)"
COUNT = re.compile(r"\d[\d,]*(?:\.\d+)?")
Check = Callable[[Facts, re.Match[str]], Iterator[tuple[str, set[str]]]]


def written(value: float | None) -> set[str]:
    """Return what a story may write for a number; nothing where it has not happened."""
    return set() if value is None else {told(value)}


def alike(one: float, other: float) -> bool:
    """Tell whether nothing but rounding lies between two numbers."""
    return abs(one - other) <= 1e-13 * max(abs(one), abs(other))


def own(facts: Facts, name: str) -> list[tuple[int, int]]:
    """Return the neurons that a name in a story may mean."""
    called, last = facts.known.data.called, len(facts.sizes) - 1
    found = []
    for layer, size in enumerate(facts.sizes):
        for j in range(1, size + 1):
            whose = f"“{called[j - 1]}”" if called and layer == last else names.neuron(facts.sizes, layer, j)
            found += [(layer, j)] * (whose == name)
    return found


def listed(match: re.Match[str]) -> list[str]:
    """Take a list of numbers apart."""
    return re.split(r", | and ", match[1])


def inputs(facts: Facts, match: re.Match[str]) -> Iterator[tuple[str, set[str]]]:
    shown = listed(match)
    same("story, inputs", len(shown), facts.sizes[0])
    return zip(shown, (written(facts.a(0, k)) for k in range(1, len(shown) + 1)), strict=True)


def targets(facts: Facts, match: re.Match[str]) -> Iterator[tuple[str, set[str]]]:
    shown = listed(match)
    same("story, targets", len(shown), len(facts.targets()))
    return zip(shown, map(written, facts.targets()), strict=True)


def says(facts: Facts, match: re.Match[str]) -> Iterator[tuple[str, set[str]]]:
    for layer, j in own(facts, match[1]) or [(0, 0)]:
        yield match[2], written(facts.a(layer, j) if j else None)


def each(facts: Facts, match: re.Match[str]) -> Iterator[tuple[str, set[str]]]:
    alike = set()
    for layer, size in enumerate(facts.sizes):
        said = [written(facts.a(layer, j)) for j in range(1, size + 1) if facts.a(layer, j) is not None]
        alike |= set.intersection(*said) if said and layer else set()
    yield match[1], alike


def miss(facts: Facts, match: re.Match[str]) -> Iterator[tuple[str, set[str]]]:
    last = len(facts.sizes) - 1
    whose = match["whose"]
    (_, j), *_ = own(facts, whose) if whose else [(last, 1)]
    answer, right = facts.a(last, j), facts.targets()[j - 1]
    if answer is None or (whose is None and facts.sizes[-1] > 1):
        raise NotTrue(f"story: nobody has said {match[0]}")
    off = round(answer, decimals()) - round(right, decimals()) or answer - right
    same("story, which way", match["too"], "loud" if off > 0 else "quiet")
    yield match["said"], written(answer)
    yield match["right"], written(right)
    yield match["off"], written(abs(off))


def exactly(facts: Facts, match: re.Match[str]) -> Iterator[tuple[str, set[str]]]:
    whole = [facts.a(len(facts.sizes) - 1, j) for j in range(1, facts.sizes[-1] + 1)]
    hits = [a for a, y in zip(whole, facts.targets(), strict=True) if alike(a, y)]
    yield match[1], {told(a) for a in hits}


def costs(facts: Facts, match: re.Match[str]) -> Iterator[tuple[str, set[str]]]:
    yield match[1], written(facts.cost())


def mean(facts: Facts, match: re.Match[str]) -> Iterator[tuple[str, set[str]]]:
    found = facts.known.costs
    yield match[1], written(None if found is None else float(found.mean()))


def through(facts: Facts, match: re.Match[str]) -> Iterator[tuple[str, set[str]]]:
    for (layer, j), (below, k) in zip(own(facts, match[1]), own(facts, match[2]), strict=True):
        same("story, neighbours", layer, below + 1)
        if facts.delta(layer - 1, k) is None:
            raise NotTrue(f"story: nobody has pointed yet: {match[0]}")
        yield match[3], written(facts.weight(layer, j, k))


def moved(facts: Facts, match: re.Match[str]) -> Iterator[tuple[str, set[str]]]:
    known = facts.known
    if known.after is None:
        raise NotTrue(f"story: no dial has moved: {match[0]}")
    last, alone = len(facts.sizes) - 1, len(known.examples) == 1
    before, after = float(known.costs.mean()), float(known.costs_after.mean())
    verdict = "no better and no worse" if alike(before, after) else "worse" if after > before else "better"
    same("story, verdict", match["verdict"].removeprefix("a little "), verdict)
    if match["whose"]:
        same("story, whose answer", own(facts, match["whose"]), [(last, 1)])
        before, after = facts.a(last, 1), facts.said(last, 1)
    else:
        same("story, whose cost", match["cost"], "the answer costs" if alone else "they cost")
    old, new = told_apart(before, after)  # whose own doctests say how
    yield match["new"], {new}
    same("story, still", bool(match["still"] or match["stay"]), old == new)
    same("story, instead of", match["old"], None if old == new else old)


def part(name: str) -> str:
    """Return the pattern of a number with a name."""
    return f"(?P<{name}>{N[1:]}"


ASKED = (
    rf"Asked the same again, (?:(?P<whose>{NAME[1:]} (?P<still>still )?(?:now )?says |"
    rf"(?P<stay>still )?(?P<cost>the answer costs|they cost) ){part('new')}(?: instead of {part('old')})?: "
    r"(?P<verdict>a little better|better|worse|no better and no worse)\."
)
WRONG = (
    rf"(?:(?:The right one, )?(?P<whose>{NAME[1:]}(?:,| is most wrong: it)|It) said {part('said')} "
    rf"and should say {part('right')}: {part('off')} too (?P<too>loud|quiet)\."
)
PHRASES: tuple[tuple[str, Check], ...] = (  # in this order: whole phrases before those they contain
    (ASKED, moved),
    (rf"inputs?, {LIST}\.", inputs),
    (rf"answers? should be {LIST}\.", targets),
    (WRONG, miss),
    (rf"said {N}, as it should: exactly right", exactly),
    (rf"{NAME} adds up what it hears and says {N}\.", says),
    (rf"each says {N}\.", each),
    (rf"{NAME} is the loudest of \S+, with {N};", says),
    (rf"The loudest output is {NAME}, with {N}\.", says),
    (rf"{NAME} listens to [^.]*? and answers {N}\.", says),
    (rf"{NAME} says {N}", says),
    (rf"That costs {N}\.", costs),
    (rf"asked together cost {N} on average", mean),
    (rf"{NAME} points at {NAME}, through a weight of {N}\.", through),
)


def check_story(text: str, facts: Facts) -> str:
    """Check every phrase that has a number, and return what else is said."""
    for pattern, check in PHRASES:
        for match in re.finditer(pattern, text):
            for shown, true in check(facts, match):
                same(f"story, {match[0]!r}", shown in true, True)
        text = re.sub(pattern, " ", text)
    return text


def check_chapters(page: Page, known: Known, columns: list[int]) -> None:
    """Check what a worked solution tells of each example of the batch, then take it away."""
    ahead, facts = iter(columns), Facts(known, columns[0])
    for chapter in having(page.root, "chapter"):
        title, said = text_of(chapter.find("h2")), chapter.find("p")
        if title == "Input":
            facts = Facts(known, next(ahead))
        if title == "Descent":
            facts = Facts(known, 0)
        of_a_moment = "all-numbers" not in chapter.get("class", "") and title != "The gradient"
        if said is not None and of_a_moment:
            check_counts(check_story(said.text or "", facts), facts)
            said.text = ""


def check_counts(text: str, facts: Facts) -> None:
    """See that a story's other numbers count layers, neurons, examples or dials; names in quotes are free."""
    text = re.sub(r"hidden layer \d|\bL\d\b|“[^”]*”", "", text)
    counts = facts.counts() | {str(size) for size in facts.sizes}
    for number in COUNT.findall(text):
        if number.rstrip(",") not in counts:
            raise NotTrue(f"story: nobody knows {number}: {text}")
