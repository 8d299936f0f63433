"""Every worked step, redone from its print: it comes out, its numbers are the engine's, and none is ahead of
its time."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from app.engine.costs import COSTS
from app.engine.optimisers import OPTIMISERS
from app.engine.regularisers import REGULARISERS
from app.lab.dials import Dial, dials_of
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.replay import Numbers, Replay
from app.notation.numbers import DIGITS, figure, in_digits
from app.story.formulas.equation import Equation
from app.story.formulas.expression import Num
from app.story.formulas.worked import SHORT, Worker
from tests.story.calculator import Misprint, comes_out, number, redo
from tests.story.formulas.results import AVERAGES, own, priced, results
from tests.story.mathml import refs, seen, whole
from tests.story.symbols import any_recipe, every_equation, marks_of, meanings, quantities
from tests.web.facts import Facts
from tests.web.oracle import Known, known, moments_of, network_of

REPLAY = Replay()
LOOSE = {"old": "old", "new": "new"}  # an optimiser's own terms have names of their own
AT_RANDOM = settings(deadline=None, phases=set(Phase) - {Phase.shrink})


def ends(recipe: Recipe, iteration: int) -> int:
    """Return the place at which an iteration ends."""
    return (iteration + 1) * len(moments_of(network_of(recipe))) - 1


def numbers_at(recipe: Recipe, place: int) -> Numbers:
    return REPLAY.numbers(Lab(recipe, place))


def check(equation: Equation, sizes: tuple[int, ...]) -> None:
    """See that an equation comes out as printed, that it is spoken as it is seen, and that it points at
    marks."""
    said = equation.spoken()
    assert said == whole(equation)
    assert set(refs(equation)) <= marks_of(sizes)
    name, *parts = said.split(" = ")
    assert name == equation.result.label()
    assert parts[-1] == figure(equation.result.value, equation.shown)
    formula = (
        parts[-2] if len(parts) == 3 else parts[-1]
    )  # the law is left out where it would say the same, and so on
    if comes_out(formula, parts[-1]):
        return
    terms = [abs(number(term)) for term in re.findall(r"(?<![\w.])\d[\d.]*(?:e−?\d+)?", formula)]
    lost = parts[-1] == "0" and abs(redo(formula)) <= max(terms) * number(
        "1e−15"
    )  # beyond the last digit of a float64
    noise = max(terms) * number("1e−12")
    if not lost and ("rounding" not in equation.remark or abs(redo(formula) - number(parts[-1])) > noise):
        raise Misprint(f"{formula} is {redo(formula):.20g} and not {parts[-1]}")


@pytest.mark.walk
@settings(AT_RANDOM, max_examples=120)
@given(any_recipe(), st.integers(0, 3), st.integers(0, 3))
def test_every_equation_comes_out_as_printed_and_is_spoken_as_it_is_seen(
    recipe: Recipe, iteration: int, example: int
) -> None:
    place = ends(recipe, iteration)
    assume(known(recipe, place).finite())
    for equations in every_equation(Worker(numbers_at(recipe, place), example % recipe.batch)).values():
        for equation in equations:
            check(equation, recipe.sizes)


@pytest.mark.no_cover  # twice as fast: shorter tests run these lines
@pytest.mark.parametrize("optimiser", OPTIMISERS)
@pytest.mark.parametrize("regulariser", REGULARISERS)
@pytest.mark.parametrize("cost", COSTS)
def test_every_descent_comes_out_with_one_example_and_with_many(
    optimiser: str, regulariser: str, cost: str
) -> None:
    for output, data in (("sigmoid", "half-adder"), ("softmax", "digits")):
        recipe = Recipe(
            data=data,
            hidden=(2,),
            output=output,
            cost=cost,
            optimiser=optimiser,
            regulariser=regulariser,
            decay=0.03,
            batch=3,
        )
        for one in (recipe, replace(recipe, batch=1)):
            for iteration in (0, 2):
                worker = Worker(numbers_at(one, ends(one, iteration)), one.batch - 1)
                for equation in (
                    worker.dial(Dial("w", 1, 2, 1)) + worker.dial(Dial("b", 2, 2)) + worker.cost()
                ):
                    check(equation, one.sizes)
                assert worker.dial(Dial("w", 1, 2, 1))[-1].result.label() == "new"


@settings(AT_RANDOM, max_examples=60)
@given(any_recipe(), st.integers(0, 2), st.integers(0, 3))
def test_every_number_put_in_is_what_its_name_says(recipe: Recipe, iteration: int, example: int) -> None:
    place, example = ends(recipe, iteration), example % recipe.batch
    truth = known(recipe, place)
    assume(truth.finite())
    facts, batch = Facts(truth, example), truth.costs.tolist()
    stands_for = meanings(facts, recipe.decay) | priced(facts, recipe, truth.costs)
    for mark, equations in every_equation(Worker(numbers_at(recipe, place), example)).items():
        for equation in equations:
            said = [equation.result, *quantities(equation.formula)]
            if mark[0] in "wb" and equation is equations[0]:
                said = [said[0], *parts_of_the_mean(said[1:], truth, mark, example)]
            for one in said:
                if one.name in stands_for:
                    assert one.value == pytest.approx(stands_for[one.name], rel=1e-9, abs=0), one
                elif one.name.startswith(("C_", "C⁽")):
                    where = [f"C{raised(number)}" for number in truth.examples]
                    true = sum(batch) / len(batch) if one.name == "C_batch" else batch[where.index(one.name)]
                    assert one.value == pytest.approx(true)
                else:
                    assert one.name.partition("_")[0] in ("", *AVERAGES, "new", *["Σ"] * (mark == "cost")), (
                        one
                    )


def raised(number: int) -> str:
    """Write an example's number as a raised one in brackets."""
    return "⁽" + "".join("⁰¹²³⁴⁵⁶⁷⁸⁹"[int(digit)] for digit in str(number)) + "⁾"


def parts_of_the_mean(said: list[Num], truth: Known, mark: str, drawn: int) -> list[Num]:
    """See that a gradient's terms are a·δ of one example after the other, never of two, and take them out.

    Among several each names its example, and only the drawn one's lead to the picture, whose numbers they
    are.
    """
    _, layer, j, *rest = mark.split("-")
    layer, j, examples = int(layer), int(j), len(truth.examples)
    deltas = truth.backward.delta[layer][j - 1].tolist()
    heard = truth.forward.a[layer - 1][int(rest[0]) - 1].tolist() if rest else None
    for m in range(examples):
        for values in (heard, deltas) if heard else (deltas,):
            one = said.pop(0)
            assert one.value == values[m]
            assert ("⁽" in one.name) == (examples > 1)
            assert examples == 1 or raised(truth.examples[m]) in one.name
            assert bool(one.ref) == (m == drawn)
        if examples > 1:
            assert said.pop(0) == Num("", float(examples))
    assert said == []
    return said


@pytest.mark.walk
@settings(AT_RANDOM, max_examples=40)
@given(any_recipe(), st.integers(0, 2), st.integers(0, 3))
def test_an_equation_is_there_exactly_when_it_has_happened(
    recipe: Recipe, iteration: int, example: int
) -> None:
    last, example = ends(recipe, iteration), example % recipe.batch
    assume(known(recipe, last).finite())
    for place in range(last - len(moments_of(network_of(recipe))) + 1, last + 1):
        truth = known(recipe, place)
        found = every_equation(Worker(numbers_at(recipe, place), example))
        shown = {
            mark: [(one.result.name, one.result.value) for one in equations if own(one)]
            for mark, equations in found.items()
        }
        assert shown == results(Facts(truth, example), recipe)
        if truth.after is None:
            assert all(own(one) or one.note == SHORT for equations in found.values() for one in equations)


@pytest.mark.parametrize("mark", ["n-1-2", "n-2-1", "w-2-1-3", "cost"])
def test_a_doctored_number_does_not_come_out(mark: str) -> None:
    recipe = Recipe(data="article", cost="quadratic", activation="sigmoid")
    for equation in every_equation(Worker(numbers_at(recipe, ends(recipe, 1)), 0))[mark]:
        *_, formula, result = equation.spoken().split(" = ")
        assert comes_out(formula, result)
        assert not comes_out(formula, f"{result[:-1]}{(int(result[-1]) + 1) % 10}")
        for found in re.finditer(r"\d\.\d+", formula):
            wrong = f"{formula[: found.start()]}7{found[0]}{formula[found.end() :]}"
            assert not comes_out(wrong, result), wrong


@pytest.mark.parametrize("digits", DIGITS)
@pytest.mark.parametrize("eta", [0.3, 1e-3, 1e-6])
def test_a_new_dial_looks_different_from_the_old_one_however_little_it_moved(eta: float, digits: int) -> None:
    recipe = Recipe(eta=eta)
    numbers = numbers_at(recipe, ends(recipe, 1))
    with in_digits(digits):
        for dial in dials_of(numbers.network.sizes):
            *_, equation = Worker(numbers, 0).dial(dial)
            law, worked, new = equation.spoken().split(" = ")[1:]
            old = worked.split(" − ")[0]
            assert law.startswith(dial.name(numbers.network.sizes))
            moved = dial.of(numbers.after) != dial.of(numbers.parameters)
            assert (number(old) != number(new)) == moved, equation.spoken()


def test_what_is_drawn_wrongly_is_noticed() -> None:
    equation = Worker(numbers_at(Recipe(), 3), 0).neuron(1, 1)[0]
    other = replace(equation, result=Num("z_h₁", equation.result.value * 1.01))
    assert seen(other.worked()) != seen(equation.worked())
    with pytest.raises(Misprint):
        check(other, (2, 3, 1))
