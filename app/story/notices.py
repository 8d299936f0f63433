"""What was done, or how things stand, where the picture does not say it by itself."""

from __future__ import annotations

from app.story.refusals import diverged

STALE = "This lab had already moved on; here is where it stands."
RESTARTED = "This run stands at its start again."
RESHAPED = "This is a new run: the network has changed."
MERELY_WATCHING = "You are watching: this lab belongs to another browser."


TRY = "Try a larger η, another seed or more neurons: all are under Network."
STUCK = {
    "silent": "No neuron of a hidden layer reacts to any example, so no blame gets through. Try another "
    "seed or another activation: Network, another recipe.",
    "alike": "The neurons of a hidden layer are all alike, get the same blame, and never part. Try other "
    "first dials: Network, another recipe.",
    "risen": "The steps are too long: they land beyond, and higher. Try a smaller η, under Network.",
}


def verdict(end: str, iteration: int, score: tuple[int, int] | None, why: str, missed: str = "") -> str:
    """Say how far a run came that was to go on until all is learned; `score`: how many are right, of how
    many; `missed`: how far off numbers are, in words."""
    right, rows = score or (0, 0)
    count = f"{iteration:,} iteration{'' if iteration == 1 else 's'}"
    if end == "learned":
        return f"{count}: {right} of {rows} right. Learned!"
    how = f"{right} of {rows} right" if score else missed or "not there yet"
    if end == "done":
        return f"{count}, and {how}. Press Run until learned to go on."
    if why == "risen":
        return f"{count}, and the cost is higher than at the start. {STUCK[why]}"
    if score is None or right == rows:
        nearer = f"{missed}, and nearer" if missed else "nearer than this"
        return f"{count}, and the cost no longer falls: {nearer} it does not come this way. {TRY}"
    return f"{count}, and the cost no longer falls: stuck with {how}. {STUCK.get(why, TRY)}"


def run_over(end: str, iteration: int, eta: str, below: str) -> str:
    """Say why a run ended, where that needs saying."""
    if end == "diverged":
        return f"The run stopped by itself. {diverged(iteration, eta)}"
    if end == "already":
        return (
            f"The cost is below {below} already, so nothing was run. Lower the value, or clear it, to go on."
        )
    return f"The cost fell below {below} at the start of iteration {iteration + 1}." if end == "below" else ""


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
