"""What was done, or how things stand, where the picture does not say it by itself."""

from __future__ import annotations

from app.analysis.culprit import Culprit
from app.lab.recipe import Recipe
from app.notation.language import N_, _, ngettext, tr
from app.notation.numbers import figure, grouped
from app.story.refusals import diverged

STALE = N_("This lab had already moved on; here is where it stands.")
RESTARTED = N_("This run stands at its start again.")
RESHAPED = N_("This is a new run: the network has changed.")
MERELY_WATCHING = N_("You are watching: this lab belongs to another browser.")


NOT_YET_SET = N_("Nothing is set yet: look at what was understood.")

TRY = N_("Try a larger η, another seed or more neurons: all are under Network.")
STUCK = {
    "silent": N_(
        "No neuron of a hidden layer reacts to any example, so no blame gets through. Try another "
        "seed or another activation: Network, another recipe."
    ),
    "alike": N_(
        "The neurons of a hidden layer are all alike, get the same blame, and never part. Try other "
        "first dials: Network, another recipe."
    ),
}


def blamed(culprit: Culprit, recipe: Recipe) -> str:
    """Say what makes a run run away."""
    eta, decay = recipe.largest_eta, figure(recipe.decay)
    if culprit.what == "decay" and recipe.regulariser == "l2":
        return _(
            "λ = {decay} is too large: each step multiplies every weight by 1 − η·λ = {factor}.",
            decay=decay,
            factor=figure(1 - eta * recipe.decay),
        )
    if culprit.what == "decay":
        return _("λ = {decay} is too large: it pulls every weight farther than the cost does.", decay=decay)
    if culprit.what == "dials":
        return _("The dials that were given or typed in are to blame: with drawn ones it comes down.")
    if culprit.what == "inputs" and recipe.own is not None:
        return _(
            "The inputs are unscaled, up to {largest}, and so the steps are too long for any one η.",
            largest=figure(float(abs(recipe.own.x).max())),
        )
    return _(
        "The learning rate η = {eta} is too large here: the steps land beyond, and higher.", eta=figure(eta)
    )


REMEDIES = {
    "decay": N_("Begin anew with λ = {decay}"),
    "dials": N_("Begin anew with drawn dials"),
    "inputs": N_("Begin anew with inputs scaled to −1 … 1, η = {eta}"),
    "eta": N_("Begin anew with η = {eta}"),
}


def remedy(culprit: Culprit) -> str:
    """Say what a press would change, "" where nothing was found that helps."""
    better = culprit.remedy
    if better is None:
        return ""
    return tr(REMEDIES[culprit.what], decay=figure(better.decay), eta=figure(better.eta))


def verdict(
    end: str, iteration: int, score: tuple[int, int] | None, why: str, *, missed: str = "", blamed: str = ""
) -> str:
    """Say how far a run came that was to go on until all is learned; `score`: how many are right, of how
    many; `missed`: how far off numbers are, in words; `blamed`: what is, where the cost has risen."""
    right, rows = score or (0, 0)
    count = ngettext("{count} iteration", "{count} iterations", iteration, count=grouped(iteration))
    if end == "learned":
        return _("{iterations}: {right} of {rows} right. Learned!", iterations=count, right=right, rows=rows)
    how = _("{right} of {rows} right", right=right, rows=rows) if score else missed or _("not there yet")
    if end == "done":
        return _("{iterations}, and {how}. Press Run until learned to go on.", iterations=count, how=how)
    if why == "risen":
        risen = _("{iterations}, and the cost is higher than at the start.", iterations=count)
        return f"{risen} {blamed}"
    if score is not None and right != rows:
        stuck = _("{iterations}, and the cost no longer falls: stuck with {how}.", iterations=count, how=how)
        return f"{stuck} {tr(STUCK.get(why, TRY))}"
    if missed:
        nearer = _(
            "{iterations}, and the cost no longer falls: {misses}, and nearer it does not come this way.",
            iterations=count,
            misses=missed,
        )
    else:
        nearer = _(
            "{iterations}, and the cost no longer falls: nearer than this it does not come this way.",
            iterations=count,
        )
    return f"{nearer} {tr(TRY)}"


def run_over(end: str, iteration: int, blamed: str, below: str) -> str:
    """Say why a run ended, where that needs saying; `blamed`: what is, where it ran away."""
    if end == "diverged":
        return " ".join([_("The run stopped by itself."), diverged(iteration, blamed)])
    if end == "already":
        return _(
            "The cost is below {below} already, so nothing was run. Lower the value, or clear it, to go on.",
            below=below,
        )
    if end != "below":
        return ""
    return _(
        "The cost fell below {below} at the start of iteration {iteration}.",
        below=below,
        iteration=iteration + 1,
    )


def working(iteration: int, wanted: int) -> str:
    """Say how far the way to an iteration has been worked out, both from 0."""
    reached, all_of_them = grouped(iteration + 1), grouped(wanted + 1)
    return _("Working out iteration {reached} of {wanted} …", reached=reached, wanted=all_of_them)


def on_the_way(iteration: int) -> str:
    """Say how far a run came that cannot go on by itself."""
    return _("Iteration {iteration} is reached; press Run again to go on.", iteration=grouped(iteration + 1))


def set_anew(what: str, value: str, later: bool) -> str:
    """Say from when a new η or example holds, where the picture does not show it at once."""
    if what == "eta":
        if later:
            return _("η is {value} from the next iteration on.", value=value)
        return _("η is {value} from this iteration on.", value=value)
    if what == "example" and later:
        return _("Example {value} is taken in the next iteration.", value=value)
    return ""


def dials_set(count: int, iteration: int) -> str:
    """Say what a list of dials has set."""
    if not count:
        return _("These are the dials as they stand; nothing was changed.")
    return ngettext(
        "{n} dial changed, from the start of iteration {iteration}.",
        "{n} dials changed, from the start of iteration {iteration}.",
        count,
        iteration=iteration + 1,
    )
