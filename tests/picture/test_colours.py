"""The colours of every theme: who is to fire less or more can be told apart by all eyes, and everything can
be read."""

from __future__ import annotations

import re
from colorsys import rgb_to_hls
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

TOKENS = (Path(__file__).parents[2] / "static/css/tokens.css").read_text()
BLOCK = re.compile(r"([^{};]+)\{([^{}]*)\}")
COLOUR = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6})")

# What is left of linear red, green and blue for eyes without one kind of cone (Machado, Oliveira and
# Fernandes 2009).
EYES = {
    "all cones": np.eye(3),
    "no red cones": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "no green cones": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]]
    ),
    "no blue cones": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]]
    ),
}
XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175], [0.0193339, 0.119192, 0.9503041]]
)

READ = [  # letters, and what they stand on
    *(
        (ink, ground)
        for ink in ("text", "quiet", "less-text", "more-text", "wrong")
        for ground in ("ground", "card")
    ),
    *((ink, "card") for ink in ("backward", "descent", "ink")),
    ("on-phase", "backward"),
    ("on-phase", "descent"),
    ("on-ink", "ink"),
    ("text", "paper"),
    ("text", "done"),
    ("quiet", "done"),
    ("quiet", "ahead"),
    ("card", "focus"),
    ("card", "wrong"),
    ("code-ink", "code-ground"),
]
SEEN = [
    (mark, ground)
    for mark in ("ink", "less", "more", "wire", "edge", "focus", "descent")
    for ground in ("card", "paper")
]
MEANINGS = ("less", "more", "backward", "descent", "focus", "wrong")


def themes() -> dict[str, dict[str, str]]:
    """Return each theme's colours; a later block of a theme goes over an earlier one."""
    found: dict[str, dict[str, str]] = {"light": {}}
    for selector, body in BLOCK.findall(TOKENS):
        colours = dict(COLOUR.findall(body))
        if not colours:
            continue
        names = re.findall(r'data-theme="(\w+)"', selector) or ["light"]
        for name in names:
            found.setdefault(name, dict(found["light"])).update(colours)
    return found


THEMES = themes()


def linear(colour: str) -> np.ndarray:
    """Return the light of a colour: red, green and blue, 0 … 1."""
    parts = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG defines it, 1 … 21."""
    low, high = sorted(float(XYZ[1] @ linear(colour)) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def place(colour: str, eyes: np.ndarray) -> np.ndarray:
    """Return where these eyes see a colour in CIELAB."""
    seen = XYZ @ np.clip(eyes @ linear(colour), 0, 1) / XYZ.sum(axis=1)
    x, y, z = np.where(seen > 216 / 24389, np.cbrt(seen), (24389 / 27 * seen + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def apart(one: str, other: str, eyes: np.ndarray) -> float:
    """Return how different two colours look to these eyes; 2 is just to be noticed."""
    return float(np.linalg.norm(place(one, eyes) - place(other, eyes)))


def test_the_measures_are_the_known_ones() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert apart("#000000", "#ffffff", EYES["all cones"]) == pytest.approx(100)
    red_and_green = [apart("#c00000", "#6a6a00", eyes) for eyes in EYES.values()]
    assert red_and_green[2] < red_and_green[0] / 3
    for eyes in EYES.values():
        assert eyes.sum(axis=1) == pytest.approx(np.ones(3), abs=1e-3)  # white stays white


def test_every_theme_is_found_with_all_its_colours() -> None:
    assert set(THEMES) == {"light", "dark", "projector", "auto"}
    assert THEMES["auto"] == THEMES["dark"]
    assert THEMES["projector"] == THEMES["dark"] | {"ground": "#000000"}
    unchanged = {name for name, colour in THEMES["dark"].items() if THEMES["light"][name] == colour}
    assert unchanged == {"code-ink", "code-ground", "answer"}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("eyes", EYES)
def test_fire_less_and_fire_more_look_different_to_all_eyes_and_stand_out(theme: str, eyes: str) -> None:
    colours = THEMES[theme]
    assert apart(colours["less"], colours["more"], EYES[eyes]) > 80
    assert apart(colours["less-text"], colours["more-text"], EYES[eyes]) > 80
    for side in ("less", "more"):
        for other in ("ground", "card", "paper", "wire", "ink"):
            assert apart(colours[side], colours[other], EYES[eyes]) > 30, (side, other)


@pytest.mark.parametrize("theme", THEMES)
def test_letters_can_be_read_and_marks_be_seen(theme: str) -> None:
    colours = THEMES[theme]
    letters = {pair: round(contrast(*map(colours.get, pair)), 2) for pair in READ}
    assert {pair: value for pair, value in letters.items() if value < 4.5} == {}
    marks = {pair: round(contrast(*map(colours.get, pair)), 2) for pair in SEEN}
    assert {pair: value for pair, value in marks.items() if value < 3} == {}


@pytest.mark.parametrize("theme", THEMES)
def test_two_meanings_never_share_a_hue_and_signal_has_none(theme: str) -> None:
    colours = THEMES[theme]
    hues = {name: 360 * rgb_to_hls(*linear(colours[name]) ** (1 / 2.2))[0] for name in MEANINGS}
    for one, other in combinations(MEANINGS, 2):
        turn = abs(hues[one] - hues[other]) % 360
        assert min(turn, 360 - turn) > 18, (one, other)
    for name in ("ink", "paper", "card"):
        assert np.ptp(place(colours[name], EYES["all cones"])[1:]) < 6, name


def test_colours_stand_in_the_tokens_and_nowhere_else() -> None:
    root = Path(__file__).parents[2]
    named = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(")
    for path in [*(root / "static/css").glob("*.css"), *(root / "templates").rglob("*.html")]:
        if path.name != "tokens.css":
            text = re.sub(r'(?:href|url)\S*#[\w-]+|"#[\w-]+"|&#\d+;', "", path.read_text())
            assert not named.findall(text), path
