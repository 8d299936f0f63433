"""Names for people in a class, drawn from two lists and never typed. To add a word, write it into its list;
in German every animal is a masculine noun, so that every first word fits."""

from __future__ import annotations

import secrets
from collections.abc import Collection

from app.notation.language import N_, tr

FIRST = (
    N_("Brave"),
    N_("Bright"),
    N_("Busy"),
    N_("Calm"),
    N_("Careful"),
    N_("Cheerful"),
    N_("Clever"),
    N_("Cool"),
    N_("Curious"),
    N_("Dreamy"),
    N_("Eager"),
    N_("Early"),
    N_("Fair"),
    N_("Fearless"),
    N_("Friendly"),
    N_("Gentle"),
    N_("Golden"),
    N_("Green"),
    N_("Happy"),
    N_("Honest"),
    N_("Jolly"),
    N_("Kind"),
    N_("Lively"),
    N_("Lucky"),
    N_("Merry"),
    N_("Mighty"),
    N_("Nimble"),
    N_("Patient"),
    N_("Playful"),
    N_("Polite"),
    N_("Proud"),
    N_("Purple"),
    N_("Quick"),
    N_("Quiet"),
    N_("Red"),
    N_("Silver"),
    N_("Steady"),
    N_("Swift"),
    N_("Thoughtful"),
    N_("Wise"),
)
SECOND = (
    N_("Badger"),
    N_("Bear"),
    N_("Beaver"),
    N_("Bison"),
    N_("Bullfinch"),
    N_("Condor"),
    N_("Coyote"),
    N_("Crane"),
    N_("Dolphin"),
    N_("Elephant"),
    N_("Elk"),
    N_("Falcon"),
    N_("Flamingo"),
    N_("Fox"),
    N_("Frog"),
    N_("Gecko"),
    N_("Hamster"),
    N_("Hare"),
    N_("Hedgehog"),
    N_("Heron"),
    N_("Hummingbird"),
    N_("Husky"),
    N_("Jaguar"),
    N_("Koala"),
    N_("Kingfisher"),
    N_("Lemur"),
    N_("Leopard"),
    N_("Lynx"),
    N_("Marten"),
    N_("Octopus"),
    N_("Otter"),
    N_("Panda"),
    N_("Parrot"),
    N_("Pelican"),
    N_("Penguin"),
    N_("Raccoon"),
    N_("Raven"),
    N_("Salmon"),
    N_("Stork"),
    N_("Swan"),
    N_("Tiger"),
    N_("Toucan"),
    N_("Whale"),
    N_("Woodpecker"),
    N_("Wren"),
)
TRIES = 50  # drawings at random before all free names are listed


def drawn_name(taken: Collection[str]) -> str:
    """Draw a name that nobody has; one with a number where all are taken.

    >>> drawn_name({f"{first} {second}" for first in FIRST for second in SECOND} - {"Wise Wren"})
    'Wise Wren'
    >>> drawn_name({f"{first} {second}" for first in FIRST for second in SECOND})[-2:]
    ' 2'
    """
    for _ in range(TRIES):
        name = f"{secrets.choice(FIRST)} {secrets.choice(SECOND)}"
        if name not in taken:
            return name
    free = [f"{first} {second}" for first in FIRST for second in SECOND]
    number = 1
    while not (left := [name for name in free if name not in taken]):
        number += 1
        free = [f"{first} {second} {number}" for first in FIRST for second in SECOND]
    return secrets.choice(left)


def in_words(name: str) -> str:
    """Say a drawn name in the language that is spoken."""
    first, second, *more = name.split(" ")
    return " ".join([tr(first), tr(second), *more])


def is_drawn(name: str) -> bool:
    """Tell whether a name is one that could have been drawn.

    >>> is_drawn("Wise Wren"), is_drawn("Wise Wren 2"), is_drawn("Wise Teacher"), is_drawn("Wise Wren x")
    (True, True, False, False)
    """
    first, _, rest = name.partition(" ")
    second, _, more = rest.partition(" ")
    return first in FIRST and second in SECOND and (not more or (more.isdecimal() and more.isascii()))
