"""What people and programs may send to make a lab, checked in one place, with a sentence for each mistake."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, GetPydanticSchema, Strict, ValidationError

from app import limits
from app.datasets.generated import SOURCES
from app.datasets.own import KEY, Find, nobodys, own_from
from app.engine.activations import ACTIVATIONS
from app.engine.costs import COSTS
from app.engine.initialisers import INITIALISERS
from app.engine.optimisers import OPTIMISERS
from app.engine.regularisers import REGULARISERS
from app.lab import rules
from app.lab.recipe import DRAWN, Change, Recipe
from app.limits import Unusable
from app.notation.language import _, tr
from app.notation.numbers import typed_number
from app.story import refusals as words
from app.story.functions import activations, costs, initialisers, optimisers, regularisers

USUAL = Recipe()
NUMBERS = ("eta", "decay", "noise", "test")  # fields with a decimal mark
REGISTRIES: dict[str, dict[str, Any]] = {
    "data": SOURCES,
    "activation": {key: activations.told(key) for key, entry in ACTIVATIONS.items() if entry.hidden},
    "output": {key: activations.told(key) for key in ACTIVATIONS},
    "cost": {key: costs.told(key) for key in COSTS},
    "optimiser": {key: optimisers.told(key) for key in OPTIMISERS},
    "initialiser": {key: initialisers.told(key) for key in INITIALISERS},
    "regulariser": {key: regularisers.told(key) for key in REGULARISERS},
}
DRAWS = "for clouds and curves only"
Own = Annotated[str, Field(pattern=f"^{KEY.pattern}$")]
Size = Annotated[int, Field(ge=1, le=limits.NEURONS)]
Dial = Annotated[float, Field(ge=-limits.DIAL, le=limits.DIAL)]
Entry = Annotated[tuple[int, str, float], Strict(False)]  # JSON has lists, and no tuples


def key_of(field: str) -> GetPydanticSchema:
    """Return what makes a text one of a registry's keys."""
    keys: Any = Literal[tuple(ACTIVATIONS if field == "activation" else REGISTRIES[field])]
    return GetPydanticSchema(lambda _text, handler: handler(keys))


HiddenKey = Annotated[  # softmax is read too, to be explained
    str, key_of("activation"), Field(json_schema_extra={"enum": [*REGISTRIES["activation"]]})
]


class ParametersForm(BaseModel):
    """Exact first dials, keyed by layer number as text, counted from "1"."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)
    w: dict[str, list[list[Dial]]] = Field(
        description='w["l"][j][k]: to neuron j of layer l from k; n_l rows of n_{l−1}'
    )
    b: dict[str, list[list[Dial]] | list[Dial]] = Field(
        description='b["l"][j]: n_l numbers, or n_l rows of one'
    )


class RecipeForm(BaseModel):
    """Every choice that decides the numbers; what is left out takes its default."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)
    data: Annotated[str, key_of("data")] | Own = Field(
        USUAL.data, description="what there is to learn: a name, or examples of your own"
    )
    hidden: list[Size] = Field(
        list(USUAL.hidden), max_length=limits.HIDDEN_LAYERS, description="sizes of the hidden layers"
    )
    activation: HiddenKey | list[HiddenKey] = Field(
        USUAL.activation, description="activation of every hidden layer, or a list with one for each"
    )
    output: Annotated[str, key_of("output")] | None = Field(
        None, description="activation of the output layer; fits the data if left out"
    )
    cost: Annotated[str, key_of("cost")] | None = Field(
        None, description="cost function; fits the data if left out"
    )
    optimiser: Annotated[str, key_of("optimiser")] = Field(USUAL.optimiser, description="rule of the descent")
    eta: float = Field(USUAL.eta, gt=0, le=limits.ETA, description="learning rate η")
    initialiser: Annotated[str, key_of("initialiser")] = Field(
        USUAL.initialiser, description="how the first weights are drawn"
    )
    seed: int = Field(USUAL.seed, ge=0, le=limits.SEED, description="seed of the first weights")
    batch: int = Field(USUAL.batch, ge=1, le=limits.ROWS, description="examples per iteration")
    regulariser: Annotated[str, key_of("regulariser")] = Field(
        USUAL.regulariser, description="pull towards small weights"
    )
    decay: float = Field(USUAL.decay, ge=0, le=limits.DECAY, description="strength λ of that pull")
    size: int = Field(
        USUAL.size, ge=limits.DRAWN_ROWS, le=limits.ROWS, description="how many examples are drawn; " + DRAWS
    )
    noise: float = Field(
        USUAL.noise, ge=0, le=limits.NOISE, description="standard deviation of what blurs them; " + DRAWS
    )
    data_seed: int = Field(
        USUAL.data_seed, ge=0, le=limits.SEED, description="seed of the examples, or of which are held back"
    )
    test: float | None = Field(
        None,
        ge=0,
        le=limits.TEST,
        description=f"share held back for the test; left out {USUAL.test}, 0 with examples of your own",
    )
    parameters: ParametersForm | None = Field(None, description="exact first dials instead of drawn ones")
    biases: bool = Field(USUAL.biases, description="without them all are 0 and stay so")
    held: list[Annotated[str, Field(max_length=11)]] = Field(
        [], max_length=limits.HELD, description="dials that keep their value, such as w-1-2-1 or b-1-2"
    )
    changes: list[Entry] = Field(
        [], max_length=limits.CHANGES, description="what was set in mid-run: [iteration, what, value]"
    )

    def recipe(self, find: Find) -> Recipe:
        """Return the recipe; raises Mistakes where choices do not go together."""
        own = None if self.data in SOURCES else find(self.data)
        if own is None and self.data not in SOURCES:
            raise Mistakes({"data": tr(words.OWN_GONE)})
        values = self.model_dump(exclude={"parameters", "changes", "hidden", "output", "cost"})
        values["activation"] = one_or_each(self.activation)
        values["held"] = tuple(dict.fromkeys(self.held))
        entries = (
            Change(iteration, what, value + 0.0) for iteration, what, value in self.changes
        )  # one zero
        changes = tuple(sorted(entries, key=lambda change: change.iteration))
        values["test"] = (0.0 if own else USUAL.test) if self.test is None else self.test
        recipe = Recipe(**values, hidden=tuple(self.hidden), changes=changes, own=own)
        usual = {name: getattr(USUAL, name) for name in DRAWN if name not in recipe.deciding}
        output, cost = rules.fitting(recipe.dataset)
        recipe = replace(recipe, **usual, output=self.output or output, cost=self.cost or cost)
        flat, wrong = flattened(self.parameters, recipe) if self.parameters else (None, "")
        recipe = recipe if wrong else replace(recipe, parameters=flat)
        found = {problem.field: words.sentence(problem) for problem in rules.problems(recipe)}
        found |= {"parameters": wrong} if wrong else {}
        if found:
            raise Mistakes(found)
        return recipe


def one_or_each(keys: str | list[str]) -> str:
    """Return the activations of hidden layers as a recipe has them.

    >>> one_or_each("tanh"), one_or_each(["relu", "relu"]), one_or_each(["tanh", "relu"]), one_or_each([])
    ('tanh', 'relu', 'tanh,relu', 'tanh')
    """
    named = [keys] if isinstance(keys, str) else keys or [USUAL.activation]
    return named[0] if len(set(named)) == 1 else ",".join(named)


class Mistakes(Exception):
    """Carry one sentence per field, and where only one field was sent, the text `typed` into it."""

    def __init__(self, fields: dict[str, str], typed: str = "") -> None:
        super().__init__(" ".join(f"{field}: {text}" for field, text in fields.items()))
        self.fields, self.typed = fields, typed


def flattened(form: ParametersForm, recipe: Recipe) -> tuple[tuple[float, ...], str]:
    """Return the dials as one tuple in the order of the dials, or the sentence that says what does not
    fit."""
    sizes, flat = recipe.sizes, []
    network = "-".join(map(str, sizes))
    for layer in range(1, len(sizes)):
        given = ("w", form.w.get(str(layer), []), sizes[layer - 1]), ("b", form.b.get(str(layer), []), 1)
        for kind, found, columns in given:
            rows, block = sizes[layer], [row if isinstance(row, list) else [row] for row in found]
            if len(block) != rows or any(len(row) != columns for row in block):
                facts = {"network": network, "block": f"{kind}[{layer}]", "shape": f"{rows} × {columns}"}
                return (), words.said("parameters-shape", **facts)
            flat += [
                number + 0.0 for row in block for number in row
            ]  # one zero: -0.0 would be another recipe
    extra = sorted((set(form.w) | set(form.b)) - {str(layer) for layer in range(1, len(sizes))})
    if extra:
        facts = {"network": network, "block": _("layer {number}", number=extra[0]), "shape": "0 × 0"}
        return (), words.said("parameters-shape", **facts)
    return tuple(flat), ""


def from_json(body: bytes, find: Find = nobodys) -> Recipe:
    """Read a JSON body, examples of its own in `data` too; raises Mistakes."""
    try:
        raw = json.loads(body or b"{}")
        json.dumps(raw, ensure_ascii=False).encode()
        if isinstance(raw, dict) and isinstance(raw.get("data"), dict):
            own = own_from(raw["data"])
            raw["data"], find = own.key, {own.key: own}.get
        return checked(lambda: RecipeForm.model_validate_json(json.dumps(raw)), find)
    except Unusable as error:
        raise Mistakes({"data": words.sentence(error.problem)}) from None
    except (ValueError, RecursionError) as error:
        half = isinstance(error, UnicodeEncodeError)
        raise Mistakes({"body": tr(words.HALF_A_LETTER if half else words.NOT_JSON)}) from None


def from_fields(fields: dict[str, list[str]], find: Find = nobodys) -> Recipe:
    """Read form fields or a query string; raises Mistakes. Sizes may be separated by anything but digits."""
    raw: dict[str, Any] = {name: values[-1].strip() for name, values in fields.items()}
    if "hidden" in raw:
        raw["hidden"] = [part for part in re.split(r"[\s,;→×]+", " ".join(fields["hidden"])) if part]
    if "activation" in raw:
        named = [part for part in re.split(r"[\s,;]+", " ".join(fields["activation"])) if part]
        raw["activation"] = named[: max(1, len(raw.get("hidden", named)))]  # with its layer it goes too
    if "held" in raw:
        raw["held"] = [part for part in re.split(r"[\s,;]+", raw["held"]) if part]
    for name in NUMBERS:
        with suppress(ValueError):  # pydantic says what is wrong
            raw[name] = typed_number(raw.get(name, ""))
    for name in ("output", "cost", "biases", "held"):  # what is left open fits the data, or is as usual
        if raw.get(name) in ("", []):
            del raw[name]
    for name in ("parameters", "changes"):
        if not raw.get(name):
            raw.pop(name, None)
            continue
        try:
            raw[name] = json.loads(raw[name], parse_float=str, parse_int=str)
        except (ValueError, RecursionError):
            raise Mistakes({name: words.said(name)}) from None
    return checked(lambda: RecipeForm.model_validate(raw, strict=False), find)


def checked(validate: Callable[[], RecipeForm], find: Find) -> Recipe:
    """Return the recipe of a form, turning pydantic's errors into sentences."""
    try:
        return validate().recipe(find)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        unknown = [e for e in found if e["type"] == "extra_forbidden"]
        told = [e for e in found if e["type"] != "extra_forbidden"] + unknown[: limits.UNKNOWN_FIELDS]
        raise Mistakes({field_of(e): words.mistake(field_of(e), dict(e), REGISTRIES) for e in told}) from None


def field_of(error: Any) -> str:
    """Return the name of the field an error is about."""
    return str(error["loc"][0]) if error["loc"] else "body"
