"""Why something cannot be done, in a sentence that helps."""

from __future__ import annotations

from typing import Any

from app import limits
from app.lab.lab import OutOfTurn
from app.limits import Problem
from app.notation.language import N_, _, tr
from app.notation.numbers import figure, grouped
from app.story import matrices
from app.story.functions import activations
from app.story.problems import LIMITS, SENTENCES


def said(why: str, **facts: Any) -> str:
    """Return a sentence of SENTENCES with facts in its places."""
    known = {name: grouped(number) for name, number in LIMITS.get(why, {}).items()}
    return tr(SENTENCES[why], **{**known, **facts})


def sentence(problem: Problem) -> str:
    """Return a problem's sentence."""
    facts = dict(problem.facts)
    if problem.why.startswith(("dials-blocks", "dials-shape")):
        facts = matrices.told(facts)
    if "output" in facts:  # a problem knows keys; how they are called is said here
        facts["output"] = tr(activations.told(facts["output"]).name)
    if "data" in facts:
        facts["data"] = tr(facts["data"])
    return said(problem.why, **facts)


WANTED = {
    "next": N_("a new example"),
    "forward": N_("a forward step"),
    "backward": N_("a backward step"),
    "descent": N_("the descent"),
}


def out_of_turn(problem: OutOfTurn) -> str:
    """Say what cannot happen now, and what can."""
    if problem.asked == "back":
        return _("This is the very start; there is nothing to go back to.")
    if problem.asked == "go":
        return _("There is no such place in this run.")
    if problem.expected is None:
        most = grouped(limits.ITERATIONS)
        return _("The run ends here, after {count} iterations. Go back, or start again.", count=most)
    return _(
        "Not yet: {wanted} comes next, so {asked} has to wait.",
        wanted=tr(WANTED[problem.expected]),
        asked=tr(WANTED[problem.asked]),
    )


def diverged(iteration: int, blamed: str) -> str:
    """Say that the numbers ran away, and what is to blame."""
    ran_away = _(
        "In iteration {iteration} the numbers grow beyond what a computer can write down.",
        iteration=iteration + 1,
    )
    return f"{ran_away} {blamed}"


RANGES = {  # by field: what its number must be, and a limit that stands in there
    "": (N_("This must be a number."), 0),
    "below": (N_("This must be a number above 0."), 0),
    "dial": (
        N_(
            "This must be a number from −1,000,000 to 1,000,000; a decimal comma or a fraction such as 1/3 "
            "will do."
        ),
        0,
    ),
    "eta": (N_("This must be a number above 0, up to {limit}."), limits.ETA),
    "decay": (N_("This must be a number from 0 to {limit}."), limits.DECAY),
    "noise": (N_("This must be a number from 0 to {limit}."), limits.NOISE),
    "test": (N_("This must be a number from 0 to {limit}."), limits.TEST),
    "seed": (N_("This must be a whole number from 0 to {limit}."), limits.SEED),
    "data_seed": (N_("This must be a whole number from 0 to {limit}."), limits.SEED),
    "batch": (N_("This must be a whole number from 1 to {limit}."), limits.ROWS),
    "size": (N_("This must be a whole number from {least} to {limit}."), limits.ROWS),
}


def out_of_range(field: str) -> str:
    """Say what the number in a field must be.

    >>> out_of_range("test"), out_of_range("eta")
    ('This must be a number from 0 to 0.5.', 'This must be a number above 0, up to 100.')
    """
    message, limit = RANGES[field]
    text = grouped(limit) if isinstance(limit, int) else figure(limit)
    return tr(message, limit=text, least=limits.DRAWN_ROWS)


def mistake(field: str, error: dict[str, Any], registries: dict[str, dict[str, Any]]) -> str:
    """Say what is wrong with one field; `error` is pydantic's, its `type` the name of it and its `ctx` the
    bound."""
    kind, facts = error["type"], error.get("ctx", {})
    if field in ("parameters", "changes"):  # whatever is wrong inside
        return said(field)
    if kind == "extra_forbidden":
        return said("unknown-field")
    if kind == "missing":
        return said("missing")
    if field in registries:
        return said("key", choices=", ".join(registries[field]))
    if field in RANGES:
        return out_of_range(field)
    if kind in BOUNDS and field not in SENTENCES:
        word, bound = BOUNDS[kind]
        return said(word, bound=grouped(facts[bound]))
    return said(field if field in SENTENCES else "other")


BOUNDS = {"greater_than_equal": ("at-least", "ge"), "less_than_equal": ("at-most", "le")}

OWN_GONE = N_(
    "There are no examples of this name here. They stay on the server they were brought to, and "
    "only as long as used."
)
NOT_JSON = N_("The body is not valid JSON.")
HALF_A_LETTER = N_("The body holds half of a letter (\\ud800 to \\udfff alone), which no text can have.")


NOT_YOURS = N_("You are watching somebody else’s lab. Make your own copy to step through it.")
GONE = N_("There is no lab at this address. It may have been swept away after a long rest.")

FOREIGN = N_("This request came from another site, so nothing was changed. Reload the page and try again.")
TOO_LARGE = {  # by what it is
    "body": (N_("That is too much at once: up to {limit} KB are taken."), limits.BODY_BYTES // 1024),
    "table": (
        N_(
            "That is too much at once: up to {limit} MB are taken. "
            "Go back in your browser: the form and what you typed into it are there."
        ),
        limits.TABLE_BYTES // 1024 // 1024,
    ),
    "file": (N_("That file is too large: up to {limit} MB are taken."), limits.FILE_BYTES // 1024 // 1024),
}


def too_large(what: str) -> str:
    """Say that a key of TOO_LARGE is, and how large it may be."""
    message, limit = TOO_LARGE[what]
    return tr(message, limit=limit)


ADDRESS_TOO_LONG = N_("This address is longer than any that is used here.")
TOO_MANY_FIELDS = N_("There are too many fields: up to {limit} are taken.")
BUSY = N_("Too many large files are on their way just now; nothing was changed. Try again in a moment.")
ON_THE_WIRE = {  # said before a request is known
    400: "This is not a request that can be read; nothing was changed.\n",
    408: "The request did not arrive in time; nothing was changed.\n",
    413: "The body is too large; nothing was changed.\n",
    414: ADDRESS_TOO_LONG + "\n",
    431: f"The headers are too long: up to {limits.HEAD_BYTES // 1024} KB are taken.\n",
    503: "Too many people are connected just now. Try again in a moment.\n",
}
FAILED = N_(
    "Something went wrong on our side; nothing was lost. Reload the page. If it happens again, "
    "quote number {number}."
)
PANEL_FAILED = N_(
    "Something went wrong on our side with what was to stand beside the picture; the lab is as it was. "
    "If it happens again, quote number {number}."
)
TOO_MANY_LABS = N_("That many labs at once are more than one person needs. Go on in {seconds} s.")
TOO_MANY_LINKS = N_("That many links at once are more than one person needs. Go on in {seconds} s.")
UNAVAILABLE = N_(
    "The place where labs are kept does not answer just now; nothing was changed. Try again in a moment."
)
DAMAGED = N_(
    "What was kept of this lab is damaged, so it cannot be shown. All other labs are untouched; begin a new "
    "one."
)
NO_LINK = N_(
    "There is no short link with this code. Compare it sign by sign; a link that nobody uses for a long time "
    "is forgotten."
)
NO_PAGE = N_("There is no page at this address.")
NOT_ALLOWED = N_("This address cannot be used that way.")
TOO_MANY_CHANGES = N_("A run takes up to {limit} changes. Start a new one to go on changing.")
NO_FILE = N_("Choose a file, or paste its text.")
NOT_A_FILE = N_(
    "This is not a moment kept by Blame Game, which is a JSON text that names a recipe and a place."
)
NEWER_FILE = N_("This file was kept by a newer version of Blame Game; open it with that one.")
WRONG_PLACE = N_("The place in this file must be a whole number, 0 or more.")
WRONG_EPSILON = N_(
    "ε must be a number from 1e-15 to 1000 in size, above or below zero; 1e-4 is a good start."
)
NEWER = N_("This lab was kept by a newer version of Blame Game; open it with that one.")
