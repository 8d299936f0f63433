"""What was done, or how things stand, where the picture does not say it by itself."""

from __future__ import annotations

from app.story.refusals import diverged

STALE = "This lab had already moved on; here is where it stands."
MERELY_WATCHING = "You are watching: this lab belongs to another browser."


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
