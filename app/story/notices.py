"""What was done, or how things stand, where the picture does not say it by itself."""

from __future__ import annotations

from app.analysis.culprit import Culprit
from app.lab.recipe import Recipe
from app.notation.numbers import figure
from app.story.refusals import diverged

STALE = "This lab had already moved on; here is where it stands."
RESTARTED = "This run stands at its start again."
RESHAPED = "This is a new run: the network has changed."
MERELY_WATCHING = "You are watching: this lab belongs to another browser."


NOT_YET_SET = "Nothing is set yet: look at what was understood."

TRY = "Try a larger η, another seed or more neurons: all are under Network."
STUCK = {
    "silent": "No neuron of a hidden layer reacts to any example, so no blame gets through. Try another "
    "seed or another activation: Network, another recipe.",
    "alike": "The neurons of a hidden layer are all alike, get the same blame, and never part. Try other "
    "first dials: Network, another recipe.",
}


def blamed(culprit: Culprit, recipe: Recipe) -> str:
    """Say what makes a run run away."""
    eta = recipe.largest_eta
    if culprit.what == "decay" and recipe.regulariser == "l2":
        factor = figure(1 - eta * recipe.decay)
        own = figure(recipe.decay)
        return f"λ = {own} is too large: each step multiplies every weight by 1 − η·λ = {factor}."
    if culprit.what == "decay":
        return f"λ = {figure(recipe.decay)} is too large: it pulls every weight farther than the cost does."
    if culprit.what == "dials":
        return "The dials that were given or typed in are to blame: with drawn ones it comes down."
    if culprit.what == "inputs" and recipe.own is not None:
        largest = figure(float(abs(recipe.own.x).max()))
        return f"The inputs are unscaled, up to {largest}, and so the steps are too long for any one η."
    return f"The learning rate η = {figure(eta)} is too large here: the steps land beyond, and higher."


def remedy(culprit: Culprit) -> str:
    """Say what a press would change, "" where nothing was found that helps."""
    if culprit.remedy is None:
        return ""
    return {
        "decay": f"Begin anew with λ = {figure(culprit.remedy.decay)}",
        "dials": "Begin anew with drawn dials",
        "inputs": f"Begin anew with inputs scaled to −1 … 1, η = {figure(culprit.remedy.eta)}",
        "eta": f"Begin anew with η = {figure(culprit.remedy.eta)}",
    }[culprit.what]


def verdict(
    end: str, iteration: int, score: tuple[int, int] | None, why: str, *, missed: str = "", blamed: str = ""
) -> str:
    """Say how far a run came that was to go on until all is learned; `score`: how many are right, of how
    many; `missed`: how far off numbers are, in words; `blamed`: what is, where the cost has risen."""
    right, rows = score or (0, 0)
    count = f"{iteration:,} iteration{'' if iteration == 1 else 's'}"
    if end == "learned":
        return f"{count}: {right} of {rows} right. Learned!"
    how = f"{right} of {rows} right" if score else missed or "not there yet"
    if end == "done":
        return f"{count}, and {how}. Press Run until learned to go on."
    if why == "risen":
        return f"{count}, and the cost is higher than at the start. {blamed}"
    if score is None or right == rows:
        nearer = f"{missed}, and nearer" if missed else "nearer than this"
        return f"{count}, and the cost no longer falls: {nearer} it does not come this way. {TRY}"
    return f"{count}, and the cost no longer falls: stuck with {how}. {STUCK.get(why, TRY)}"


def run_over(end: str, iteration: int, blamed: str, below: str) -> str:
    """Say why a run ended, where that needs saying; `blamed`: what is, where it ran away."""
    if end == "diverged":
        return f"The run stopped by itself. {diverged(iteration, blamed)}"
    if end == "already":
        return (
            f"The cost is below {below} already, so nothing was run. Lower the value, or clear it, to go on."
        )
    return f"The cost fell below {below} at the start of iteration {iteration + 1}." if end == "below" else ""


def working(iteration: int, wanted: int) -> str:
    """Say how far the way to an iteration has been worked out, both from 0."""
    return f"Working out iteration {iteration + 1:,} of {wanted + 1:,} …"


def on_the_way(iteration: int) -> str:
    """Say how far a run came that cannot go on by itself."""
    return f"Iteration {iteration + 1:,} is reached; press Run again to go on."


def set_anew(what: str, value: str, later: bool) -> str:
    """Say from when a new η or example holds, where the picture does not show it at once."""
    when = "the next iteration" if later else "this iteration"
    if what == "eta":
        return f"η is {value} from {when} on."
    return f"Example {value} is taken in {when}." if what == "example" and later else ""


def dials_set(count: int, iteration: int) -> str:
    """Say what a list of dials has set."""
    if not count:
        return "These are the dials as they stand; nothing was changed."
    return f"{count} dial{'s' if count > 1 else ''} changed, from the start of iteration {iteration + 1}."
