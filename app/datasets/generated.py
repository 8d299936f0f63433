"""Examples drawn by chance, always the same ones from the same seed. To add some: write what draws them, and
an entry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.random import RandomState

from app.datasets.dataset import Dataset, held_back, parted
from app.datasets.tables import DATASETS
from app.engine.parameters import Array
from app.notation.language import N_

LIVELY = 0.3  # the first example's inputs are at least as large where any are
Draw = Callable[[RandomState, int, float], tuple[Array, Array]]


@dataclass(frozen=True)
class Generator:
    """Draw examples: from a source of chance, their number and the noise to inputs (n_0, N) and targets (n_L,
    N).

    kind: "cloud" (two inputs, targets 0 and 1) or "curve" (one input, one target of any size). Noise is the
    standard deviation of what is added: to both inputs of a cloud, to the target of a curve.
    """

    key: str
    name: str
    sentence: str
    kind: str
    draw: Draw


def cloud(place: Callable[[RandomState, Array], tuple[Array, Array]]) -> Draw:
    """Return what draws points of two classes by turns, each placed by its class and blurred by the noise."""

    def draw(chance: RandomState, size: int, noise: float) -> tuple[Array, Array]:
        y: Array = (np.arange(size) % 2).astype(float)
        x = np.array(place(chance, y))
        return x + noise * chance.standard_normal(x.shape), y[None]

    return draw


def curve(value: Callable[[Array], Array]) -> Draw:
    """Return what draws points anywhere on a curve over −1 … 1, each moved up or down by the noise."""

    def draw(chance: RandomState, size: int, noise: float) -> tuple[Array, Array]:
        x = chance.uniform(-1, 1, (1, size))
        return x, value(x) + noise * chance.standard_normal(x.shape)

    return draw


def circle(chance: RandomState, y: Array) -> tuple[Array, Array]:
    far, angle = chance.uniform(0, 1, y.size), chance.uniform(0, 2 * np.pi, y.size)
    radius = np.where(y == 1, 0.5 * np.sqrt(far), 0.75 + 0.25 * far)
    return radius * np.cos(angle), radius * np.sin(angle)


def blobs(chance: RandomState, y: Array) -> tuple[Array, Array]:
    across, up = chance.standard_normal((2, y.size)) * 0.15
    return across + y - 0.5, up + y - 0.5


def xor_clouds(chance: RandomState, y: Array) -> tuple[Array, Array]:
    across, up = chance.uniform(0.15, 0.85, (2, y.size))
    side = np.where(chance.uniform(0, 1, y.size) < 0.5, 1, -1)
    return side * across, side * up * (1 - 2 * y)


def spiral(chance: RandomState, y: Array) -> tuple[Array, Array]:
    along = chance.uniform(0.1, 1, y.size)
    angle = 3 * np.pi * along + np.pi * y
    return along * np.cos(angle), along * np.sin(angle)


def moons(chance: RandomState, y: Array) -> tuple[Array, Array]:
    angle = chance.uniform(0, np.pi, y.size)
    across = np.where(y == 1, 1 - np.cos(angle), np.cos(angle))
    up = np.where(y == 1, 0.5 - np.sin(angle), np.sin(angle))
    return (across - 0.5) / 1.5, up - 0.25


GENERATED: dict[str, Generator] = {
    entry.key: entry
    for entry in (
        Generator(
            "circle",
            N_("Circle"),
            N_("A cloud inside another: 1 near the middle, 0 in the ring around it."),
            "cloud",
            cloud(circle),
        ),
        Generator(
            "blobs",
            N_("Two blobs"),
            N_("Two clouds side by side, which one straight line can tell apart."),
            "cloud",
            cloud(blobs),
        ),
        Generator(
            "xor-clouds",
            N_("XOR clouds"),
            N_("Four clouds: 1 where the inputs have different signs, 0 where they agree."),
            "cloud",
            cloud(xor_clouds),
        ),
        Generator(
            "spiral",
            N_("Spiral"),
            N_("Two arms wound around each other, hard for a small network."),
            "cloud",
            cloud(spiral),
        ),
        Generator(
            "moons",
            N_("Two moons"),
            N_("Two half moons, each with a horn in the bend of the other."),
            "cloud",
            cloud(moons),
        ),
        Generator(
            "sine",
            N_("Sine"),
            N_("One swing of a wave to be drawn: down, up and down again."),
            "curve",
            curve(lambda x: np.sin(np.pi * x)),
        ),
        Generator(
            "step",
            N_("Step"),
            N_("Low on the left and high on the right, with nothing in between."),
            "curve",
            curve(lambda x: np.where(x > 0, 0.5, -0.5)),
        ),
        Generator(
            "bump",
            N_("Bump"),
            N_("Flat but for one hill in the middle."),
            "curve",
            curve(lambda x: np.exp(-((x / 0.3) ** 2))),
        ),
        Generator(
            "line",
            N_("Noisy line"),
            N_("A straight line, blurred by noise that is not worth learning."),
            "curve",
            curve(lambda x: 0.8 * x),
        ),
    )
}
SOURCES: dict[str, Dataset | Generator] = {**DATASETS, **GENERATED}


@lru_cache(maxsize=256)
def generated(key: str, size: int, noise: float, seed: int, test: float) -> Dataset:
    """Return `size` examples, a share `test` of them held back; neither part is empty unless the share is
    0."""
    source, chance = GENERATED[key], RandomState(seed)
    x, y = source.draw(chance, size, noise)
    order = chance.permutation(size)
    kept = size - held_back(size, test)
    train = order[:kept]
    first = int((abs(x[:, train]).min(axis=0) >= LIVELY).argmax())
    train = np.roll(train, -first)
    return parted(Dataset(key, source.name, source.sentence, x, y, kind=source.kind), train, order[kept:])
