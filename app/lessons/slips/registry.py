"""The slips that are known. To add one: its entry here, and in wrong_ways.py what it leads to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.lessons.slips import wrong_ways as ways
from app.lessons.steps import Step
from app.notation.language import N_
from app.story.formulas.expression import Formula

Leads = Callable[[Step], list[Formula]]


@dataclass(frozen=True)
class Slip:
    """A slip: its name, what to do instead, and by quantity the formulas it leads to."""

    key: str
    name: str
    sentence: str
    leads: dict[str, Leads]


SLIPS = {
    slip.key: slip
    for slip in (
        Slip(
            "slope",
            N_("Forgot the slope"),
            N_("What the neuron received is δ only after it has been multiplied by the slope f′(z)."),
            {"delta": ways.slope_forgotten},
        ),
        Slip(
            "z-for-a",
            N_("Took z for a"),
            N_("z is what a neuron gathers; what it says, and what is asked for here, is its activation a."),
            {
                "z": ways.z_in_z,
                "a": ways.z_as_a,
                "slope": ways.z_in_slope,
                "cost": ways.z_in_outputs,
                "received": ways.z_in_outputs,
                "nabla": ways.z_in_gradient,
            },
        ),
        Slip(
            "a-for-slope",
            N_("Took a for the slope"),
            N_("The slope is not the activation itself but made from it: of a sigmoid a·(1 − a)."),
            {"slope": ways.a_as_slope, "delta": ways.a_as_slope},
        ),
        Slip(
            "sign",
            N_("Turned a sign"),
            N_("A minus got lost, or is one too many: look at each of them once more."),
            {
                **dict.fromkeys(("z", "a", "cost", "mean"), ways.turned),
                **dict.fromkeys(("received", "slope", "delta", "nabla"), ways.turned),
                "after": ways.uphill,
            },
        ),
        Slip(
            "target-first",
            N_("Took y − ŷ"),
            N_("The error is the answer less the target, ŷ − y: above zero where the answer is too high."),
            dict.fromkeys(("received", "delta"), ways.target_first),
        ),
        Slip(
            "rate",
            N_("Forgot η"),
            N_("A dial moves by the learning rate η times its gradient, not by all of it."),
            {"after": ways.rate_forgotten},
        ),
        Slip(
            "mean",
            N_("Forgot the mean over the batch"),
            N_("Add up what the examples of the batch give, then divide by how many they are."),
            dict.fromkeys(("nabla", "mean"), ways.mean_forgotten),
        ),
        Slip(
            "half",
            N_("Forgot the ½, or doubled it"),
            N_("Look at the law of this cost: the factor before the square, and what the slope makes of it."),
            dict.fromkeys(("cost", "received", "delta"), ways.half_or_double),
        ),
        Slip(
            "new-weight",
            N_("Took the new weight instead of the old one"),
            N_("All of this iteration goes through the weights from before the descent."),
            dict.fromkeys(("z", "received", "after"), ways.with_new),
        ),
        Slip(
            "other-weight",
            N_("Took the weight of another neuron"),
            N_("Follow the wire with your finger: only the weights at this neuron’s own wires count here."),
            dict.fromkeys(("z", "received", "after"), ways.of_another),
        ),
        Slip(
            "transposed",
            N_("Took the transposed matrix"),
            N_(
                "Rows and columns are exchanged: a weight’s first index is where its wire ends, its second "
                "where it begins."
            ),
            dict.fromkeys(("z", "received", "nabla"), ways.transposed),
        ),
    )
}
