"""Ask every question of random training states: `python -m tests.lessons.measure 2000 0` prints the table."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field
from random import Random

import numpy as np

from app.lab.dials import dials_of
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.replay import Diverged, Numbers, Replay
from app.lessons.question import Posed, Question
from app.lessons.questions import QUESTIONS
from tests.lessons.grader import Case, Net, grade

TABLES = ("and", "or", "xor", "half-adder", "digits", "circle", "moons", "blobs", "sine", "bump", "line")
INSIDE = ("sigmoid", "sigmoid", "tanh", "tanh", "relu", "leaky-relu", "softplus")
FARTHEST = 300  # iterations


@dataclass
class Tally:
    """What came of one question: how often its moment was at hand and it was posed, each answer, and the
    states on which the graders disagree."""

    at_hand: int = 0
    posed: int = 0
    answers: Counter[str] = field(default_factory=Counter)
    disagreed: list[str] = field(default_factory=list)


def recipe_drawn(random: Random) -> Recipe:
    """Return a recipe of varied shape, functions, examples and rate, as a person might choose it."""
    data = random.choice(TABLES)
    one = Recipe(data=data, size=random.randrange(10, 40), seed=random.randrange(10**6)).dataset
    hidden = tuple(random.randrange(2, 6) for _ in range(random.choice((1, 1, 1, 2, 2, 3))))
    pairs = (
        [("sigmoid", "cross-entropy"), ("sigmoid", "quadratic")] if one.classes else [("linear", "quadratic")]
    )
    output, cost = random.choice(pairs + [("softmax", "cross-entropy")] * one.one_hot)
    return Recipe(
        data=data,
        hidden=hidden,
        activation=random.choice(INSIDE),
        output=output,
        cost=cost,
        eta=random.choice((0.1, 0.3, 0.5, 1.0) if one.classes else (0.03, 0.1)),
        seed=random.randrange(10**6),
        batch=random.choice((1, 1, 1, 2, 4)),
        size=random.randrange(10, 40),
    )


def lists(block: np.ndarray) -> list:
    return block.T.tolist()


def case_of(numbers: Numbers, example: int, posed: Posed) -> Case:
    """Return a state and what is asked of it as the plain grader takes it: numbers in lists."""
    recipe, dials = numbers.recipe, numbers.parameters
    layers = sorted(dials.w)
    net = Net(
        [dials.w[l].tolist() for l in layers],
        [dials.b[l][:, 0].tolist() for l in layers],
        [*recipe.activations, recipe.output],
        recipe.cost,
    )
    weights = {
        one.name(recipe.sizes): (one.layer - 1, one.to - 1, one.source - 1)
        for one in dials_of(recipe.sizes)
        if one.kind == "w"
    }
    data, names = recipe.dataset, {choice.key: choice.name for choice in posed.choices}
    examples = numbers.examples
    return Case(net, examples, example, lists(data.x), lists(data.y), numbers.eta, posed.text, names, weights)


def ask(question: Question, numbers: Numbers, example: int, tally: Tally) -> None:
    """Ask one question of one state, and have the answer graded twice."""
    tally.at_hand += 1
    posed = question.pose(numbers, example)
    if posed is None:
        return
    tally.posed += 1
    tally.answers[f"{posed.value:.2g}" if posed.value is not None else min(posed.right)] += 1
    other = grade(question.key, case_of(numbers, example, posed))
    agreed = posed.is_right(repr(other) if isinstance(other, float) else other)
    if not agreed:
        tally.disagreed.append(f"{numbers.recipe.as_fields()} at {numbers.place}: {posed.text} {other}")


def measure(states: int, seed: int) -> dict[str, Tally]:
    """Ask all questions of so many random training states."""
    random, found = Random(seed), {key: Tally() for key in QUESTIONS}
    while states:
        recipe, replay = recipe_drawn(random), Replay()
        lab, iteration = Lab(recipe), random.randrange(FARTHEST)
        try:
            numbers = replay.numbers(lab.go((iteration + 1) * len(lab.moments) - 1))
        except Diverged:
            continue
        states -= 1
        example = random.randrange(len(numbers.examples))
        for key, question in QUESTIONS.items():
            if question.known(numbers, lab.moments):
                ask(question, numbers, example, found[key])
    return found


def main() -> None:
    """Print the table."""
    states, seed = (int(text) for text in sys.argv[1:3])
    print(f"{'question':10} {'at hand':>8} {'posed':>7} {'most frequent answer':>22} {'disagree':>9}")
    for key, tally in measure(states, seed).items():
        answer, count = tally.answers.most_common(1)[0]
        share = f"{answer} {100 * count / tally.posed:.1f} %"
        posed = f"{100 * tally.posed / tally.at_hand:.1f} %"
        print(f"{key:10} {tally.at_hand:8} {posed:>7} {share:>22} {len(tally.disagreed):9}")
        for line in tally.disagreed[:2]:
            print("   ", line)


if __name__ == "__main__":
    main()
