"""By how much an output is off, told as a story."""

from __future__ import annotations

from app.analysis.rounding import same
from app.notation.language import N_, tr
from app.story.speaker import Speaker
from app.story.wording import decimals, told

MISSES = {  # of the only output, of the one that is right, and of the one that is most wrong
    "only": {
        "right": N_("It said {value}, as it should: exactly right."),
        "loud": N_("It said {value} and should say {right}: {off} too loud."),
        "quiet": N_("It said {value} and should say {right}: {off} too quiet."),
    },
    "right": {
        "right": N_("The right one, {name}, said {value}, as it should: exactly right."),
        "loud": N_("The right one, {name}, said {value} and should say {right}: {off} too loud."),
        "quiet": N_("The right one, {name}, said {value} and should say {right}: {off} too quiet."),
    },
    "worst": {
        "right": N_("{name} is most wrong: it said {value}, as it should: exactly right."),
        "loud": N_("{name} is most wrong: it said {value} and should say {right}: {off} too loud."),
        "quiet": N_("{name} is most wrong: it said {value} and should say {right}: {off} too quiet."),
    },
}


def miss(speaker: Speaker, j: int, which: str) -> str:
    """Tell what an output said, what it should have said, and by how much it is off; `which` is a key of
    MISSES."""
    value, right = speaker.answers[j - 1], speaker.targets[j - 1]
    off = round(value, decimals()) - round(right, decimals()) or value - right
    how = "right" if same(value, right) else "loud" if off > 0 else "quiet"
    return tr(
        MISSES[which][how],
        name=speaker.name(speaker.last, j),
        value=told(value),
        right=told(right),
        off=told(abs(off)),
    )
