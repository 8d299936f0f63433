"""All that is said of the first values of the dials: a name and a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from app.notation.language import N_
from app.story.functions.naming import name_from


@dataclass(frozen=True)
class ToldInitialiser:
    """All that is said of one initialiser."""

    key: str
    name: str
    sentence: str = ""


def told(key: str) -> ToldInitialiser:
    """Return what is said of an initialiser; of one that nobody has prepared, no more than a name."""
    return INITIALISERS.get(key) or ToldInitialiser(key, name_from(key))


INITIALISERS: dict[str, ToldInitialiser] = {
    entry.key: entry
    for entry in (
        ToldInitialiser(
            "xavier",
            "Xavier",
            N_(
                "Normal with variance 2 / (n_in + n_out): signal and blame keep their size; for sigmoid and "
                "tanh."
            ),
        ),
        ToldInitialiser(
            "he", "He", N_("Normal with variance 2 / n_in: makes up for the half that a ReLU silences.")
        ),
        ToldInitialiser(
            "normal",
            N_("Small normal"),
            N_("Normal with standard deviation 0.1: everybody starts close to undecided."),
        ),
        ToldInitialiser(
            "equal",
            N_("All equal"),
            N_("Every weight 0.5: twins get the same blame and never part; shows why chance is needed."),
        ),
    )
}
