"""The formulas that slips lead to; a slip that a quantity does not know leads nowhere."""

from __future__ import annotations

from dataclasses import replace

from app.engine.parameters import Parameters
from app.lab.dials import Dial
from app.lessons.steps import Step
from app.story.formulas.expression import Formula, Num, Ratio, Row, times, total
from app.story.functions import activations, costs

Ways = list[Formula]
SQUARES = ("quadratic", "squared-error", "mean-squared-error")  # costs that have a ½ or a 2 about them


def multiple(step: Step, factor: float) -> Ways:
    """Return so many times each way to the result."""
    return [times(Num("", factor), one.formula) for one in step.equations]


def slope_forgotten(step: Step) -> Ways:
    """Return δ without f′(z): what was received."""
    q, pick = step.worker, step.pick
    return [] if q.net.coupled(pick.layer) else [q.received(pick.layer, pick.to)]


def z_in_z(step: Step) -> Ways:
    """Return z of what the neurons before were, not of what they said."""
    q, (_, layer, j, _) = step.worker, step.pick
    if layer == 1:
        return []
    return [total(*biased(step), *(times(q.w(layer, j, k), q.z(layer - 1, k)) for k in q.among(layer - 1)))]


def z_as_a(step: Step) -> Ways:
    """Return z where a is asked for."""
    return [step.worker.z(step.pick.layer, step.pick.to)]


def z_in_slope(step: Step) -> Ways:
    """Return the slope's law with z in the place of a."""
    q, pick = step.worker, step.pick
    z, law = q.z(pick.layer, pick.to), activations.told(q.net.activation(pick.layer).key).slope
    return [law(z, z)] if law else []


def z_in_outputs(step: Step) -> Ways:
    """Return the cost, or its slope, with the outputs' z in the place of a."""
    q = step.worker
    law = costs.law_of(q.net.cost, q.net.output)
    if law is None or step.pick.layer not in (0, q.last):
        return []
    outputs = [replace_a(one) for one in q.outputs()]
    if step.quantity == "received":
        return [law.slope(outputs, step.pick.to - 1)]
    return [total(*(term[0] for at in range(len(outputs)) if (term := law.term(outputs, at))))]


def replace_a(output: costs.Output) -> costs.Output:
    """Return an output that says its z."""
    return output._replace(a=output.z)


def z_in_gradient(step: Step) -> Ways:
    """Return a weight's gradient with z of the neuron before it in the place of a."""
    q, (_, layer, j, k) = step.worker, step.pick
    if not k or layer == 1:
        return []
    zs = (q.of(q.n.forward.z, "z_{}", layer - 1, k, m) for m in range(len(q.n.examples)))
    parts = [times(z, q.delta(layer, j, m)) for m, z in enumerate(zs)]
    return [Ratio(total(*parts), Num("", float(len(parts))))]


def a_as_slope(step: Step) -> Ways:
    """Return a where the slope is meant."""
    q, (_, layer, j, _) = step.worker, step.pick
    if step.quantity == "slope":
        return [q.a(layer, j)]
    return [] if q.net.coupled(layer) else [times(q.received(layer, j), q.a(layer, j))]


def turned(step: Step) -> Ways:
    """Return the result with the other sign."""
    return multiple(step, -1.0)


def uphill(step: Step) -> Ways:
    """Return a dial that was moved with its gradient."""
    formula = step.equation.formula
    return [total(*formula.terms)] if isinstance(formula, Row) else []


def target_first(step: Step) -> Ways:
    """Return an output's error by y − ŷ."""
    q, pick = step.worker, step.pick
    if pick.layer != q.last or (step.quantity == "received" and q.net.coupled(pick.layer)):
        return []
    return multiple(step, -1.0)


def rate_forgotten(step: Step) -> Ways:
    """Return a dial that was moved by the whole of its gradient."""
    formula = step.equation.formula
    return [without(formula, "η")] if isinstance(formula, Row) else []


def without(row: Row, name: str) -> Row:
    """Return a sum whose products have lost a factor."""
    terms = (
        times(*(factor for factor in term.terms if not (isinstance(factor, Num) and factor.name == name)))
        if isinstance(term, Row)
        else term
        for term in row.terms
    )
    return replace(row, terms=tuple(terms))


def mean_forgotten(step: Step) -> Ways:
    """Return the sum over the batch where the mean is asked for."""
    many = len(step.worker.n.examples)
    return multiple(step, float(many)) if many > 1 else []


def half_or_double(step: Step) -> Ways:
    """Return twice and half the result, where squares are the cost."""
    q = step.worker
    if q.net.cost.key not in SQUARES or step.pick.layer not in (0, q.last):
        return []
    return multiple(step, 2.0) + multiple(step, 0.5)


def with_new(step: Step) -> Ways:
    """Return the result by the weights after the descent."""
    q, pick = step.worker, step.pick
    if q.n.after is None or (step.quantity == "received" and pick.layer == q.last):
        return []
    if step.quantity != "after":
        return [heard(step, q.n.after, pick.to, pick.to)]
    formula, new = step.equation.formula, step.equation.result
    return [replace(formula, terms=(new, *formula.terms[1:]))] if isinstance(formula, Row) else []


def of_another(step: Step) -> Ways:
    """Return the result by the weights of a neighbour."""
    q, pick = step.worker, step.pick
    if step.quantity == "after":
        return moved_others(step)
    if step.quantity == "received" and pick.layer == q.last:
        return []
    return [heard(step, q.n.parameters, i, pick.to) for i in q.among(pick.layer) if i != pick.to]


def moved_others(step: Step) -> Ways:
    """Return a weight's move from where its neighbours stand."""
    q, (_, layer, j, k) = step.worker, step.pick
    formula = step.equation.formula
    if not k or not isinstance(formula, Row):
        return []
    others = [q.w(layer, i, k) for i in q.among(layer) if i != j]
    others += [q.w(layer, j, i) for i in q.among(layer - 1) if i != k]
    return [replace(formula, terms=(one, *formula.terms[1:])) for one in others]


def biased(step: Step) -> Ways:
    """Return a neuron's bias, nothing in a network without."""
    q, pick = step.worker, step.pick
    return [q.b(pick.layer, pick.to)] if q.n.recipe.biases else []


def heard(step: Step, dials: Parameters, row: int, own: int, *, flipped: bool = False) -> Formula:
    """Return z, or what was received, by the weights of neuron `row` in such dials; `flipped`: by those
    across, of the transposed matrix."""
    q, layer = step.worker, step.pick.layer
    above = step.quantity == "received"
    into = layer + 1 if above else layer
    parts = []
    for i in q.among(layer + 1 if above else layer - 1):
        to, source = (i, row) if above is not flipped else (row, i)
        weight = Num("", Dial("w", into, to, source).of(dials))
        parts.append(times(weight, q.delta(into, i) if above else q.a(layer - 1, i)))
    return total(*([] if above else [Num("", Dial("b", layer, own).of(dials))]), *parts)


def transposed(step: Step) -> Ways:
    """Return the result by the transposed matrix, as far as that has the numbers."""
    q, (_, layer, j, k) = step.worker, step.pick
    if step.quantity == "nabla":
        if not k or k == j or j > q.sizes[layer - 1] or k > q.sizes[layer]:
            return []
        both = range(len(q.n.examples))
        parts: Ways = [times(q.a(layer - 1, j, m), q.delta(layer, k, m)) for m in both]
        return (
            [Ratio(total(*parts), Num("", float(len(parts))))] if q.has(q.n.backward.delta, layer, k) else []
        )
    into = layer + 1 if step.quantity == "received" else layer
    if into > q.last or q.sizes[into] != q.sizes[into - 1]:
        return []
    return [heard(step, q.n.parameters, j, j, flipped=True)]
