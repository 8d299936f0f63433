"""Show a network of your own in Blame Game, from a notebook or a script. Python 3.10 is enough.

    import blame_game

    lab = blame_game.show(model, x, y)      # opens the browser; in a notebook there is a link
    lab.numbers("backward")["nabla"]        # the gradient of this iteration, as arrays

`model` is PyTorch's nn.Sequential, scikit-learn's MLPClassifier or MLPRegressor, Keras's Sequential, or a
list of (weights, biases), one pair per layer, a row of weights for each neuron. `x` and `y` have a row per
example.

The page opens a copy of its own, standing where yours stands, so that both can be stepped and neither minds
the other. Yours moves by `step`, `back` and `numbers`; whoever opens `lab.address` may watch it.
"""

from __future__ import annotations

import json
import webbrowser
from collections.abc import Callable, Iterable
from html import escape
from http.cookiejar import CookieJar
from time import sleep
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, Request, build_opener

SERVER = "http://127.0.0.1:8000"  # where this file was fetched from
PATIENCE = 60  # seconds that a server may ask to wait, all in all

ACTIVATIONS = {
    **dict.fromkeys(("sigmoid", "logistic"), "sigmoid"),
    **dict.fromkeys(("linear", "identity"), "linear"),
    **dict.fromkeys(("softmax", "logsoftmax", "log_softmax"), "softmax"),
    **dict.fromkeys(("leakyrelu", "leaky_relu"), "leaky-relu"),
    **{key: key for key in ("tanh", "relu", "leaky-relu", "softplus")},
    **dict.fromkeys(("sin", "sine"), "sine"),
}
SKIPPED = ("flatten", "inputlayer")
SUPPORTED = (
    "Linear or Dense layers with sigmoid, tanh, ReLU, leaky ReLU (0.01), softplus or no activation, "
    "softmax at the end"
)
KNOWN: dict[str, Callable[[dict[str, Any]], bool]] = {  # what a moment holds when a phase is over
    "forward": lambda m: None not in m["a"].get(str(len(m["network"]["sizes"]) - 1), [[None]])[-1],
    "cost": lambda m: m["cost"] is not None,
    "backward": lambda m: None not in m["nabla"]["w"].get("1", [[None]])[-1],
    "descent": lambda m: m["after"] is not None,
}
Layer = tuple[list[list[float]], list[float] | None, str]  # weights, a row per neuron; biases; activation


class CannotShow(ValueError):
    """Say why a network cannot be shown."""


def show(model: Any, x: Any, y: Any, *, browser: bool = True, server: str = SERVER, **recipe: Any) -> Lab:
    """Make a lab with exactly these dials, standing at the input, and open it in the browser.

    recipe: what `recipe_of` takes, and other fields of a recipe, such as optimiser="adam".
    """
    lab = Lab(server, recipe_of(model, x, y, **recipe))
    if browser:
        webbrowser.open(lab.url)
    return lab


def recipe_of(
    model: Any,
    x: Any,
    y: Any,
    *,
    cost: str = "",
    eta: float = 0.3,
    activation: str = "sigmoid",
    output: str = "",
    **more: Any,
) -> dict[str, Any]:
    """Return a network and its examples as a program posts them.

    cost: "cross-entropy", "mean-squared-error" as PyTorch's MSELoss, "squared-error", or "quadratic", half
    the squared distance of an example; left out, the first for
    softmax and sigmoid outputs and the second for others. With cost="cross-entropy" and no activation at the
    end, as PyTorch's CrossEntropyLoss takes it, softmax is added to several outputs and sigmoid to one.
    activation is for a list of (weights, biases) alone; output replaces the last activation. A batch is all
    examples unless another size is told, so that gradients are those of the mean over all.
    """
    layers = layers_of(model, named(activation))
    last = named(output or layers[-1][2])
    if cost == "cross-entropy" and last == "linear" and not output:
        last = "softmax" if len(layers[-1][0]) > 1 else "sigmoid"
    inputs, targets = rows(x), targets_of(y, len(layers[-1][0]), getattr(model, "classes_", None))
    bare = [biases is None for _, biases, _ in layers]
    still = [at for at, none in enumerate(bare, 1) if none and not all(bare)]
    held = ["-".join(("b", str(at), str(j + 1))) for at in still for j in range(len(layers[at - 1][0]))]
    check(layers, len(inputs[0]) if inputs else 0)
    hidden = [name for *_, name in layers[:-1]]
    b = [[0.0] * len(weights) if biases is None else biases for weights, biases, _ in layers]
    return {
        "data": {"inputs": inputs, "targets": targets},
        "hidden": [len(weights) for weights, _, _ in layers[:-1]],
        "output": last,
        "cost": cost or ("cross-entropy" if last in ("softmax", "sigmoid") else "quadratic"),
        "eta": eta,
        "batch": len(inputs),
        "parameters": {"w": by_layer([weights for weights, *_ in layers]), "b": by_layer(b)},
        **({"activation": hidden[0] if len(set(hidden)) == 1 else hidden} if hidden else {}),
        **({"biases": False} if all(bare) else {"held": held} if held else {}),
        **more,
    }


def by_layer(blocks: list[Any]) -> dict[str, Any]:
    """Return blocks by the number of their layer, from "1"."""
    return {str(layer): block for layer, block in enumerate(blocks, 1)}


def check(layers: list[Layer], into: int) -> None:
    """Find as many weights in each neuron as numbers reach it, or raise CannotShow."""
    for at, (weights, biases, _) in enumerate(layers, 1):
        if any(len(row) != into for row in weights) or len(biases or weights) != len(weights):
            shape = f"{len(weights)} × {len(weights[0])} weights and {len(biases or [])} biases"
            raise CannotShow(f"Layer {at} has {shape}, and {into} numbers reach it. A row is a neuron.")
        into = len(weights)


def layers_of(model: Any, activation: str) -> list[Layer]:
    """Return a model's layers, whoever made it."""
    if hasattr(model, "coefs_"):  # scikit-learn keeps a column per neuron
        names = [model.activation] * (len(model.coefs_) - 1) + [model.out_activation_]
        blocks = zip(model.coefs_, model.intercepts_, names, strict=True)
        return [(turned(rows(w)), plain(b), named(name)) for w, b, name in blocks]
    if hasattr(model, "hidden_layer_sizes"):
        raise CannotShow("This network has no weights before it is fitted: call fit or partial_fit first.")
    if isinstance(model, (list, tuple)) and model and all(isinstance(one, (list, tuple)) for one in model):
        names = [activation] * (len(model) - 1) + ["linear"]
        return [(rows(w), plain(b), name) for (w, b), name in zip(model, names, strict=True)]
    found: list[Layer] = []
    for module in modules(model):
        add(found, module)
    if not found:
        raise CannotShow(f"There is no layer with weights here. What can be shown: {SUPPORTED}.")
    return found


def modules(model: Any) -> Iterable[Any]:
    """Yield a sequence's layers one after another, those of sequences inside it too."""
    if hasattr(model, "layers"):
        inside = model.layers
    elif type(model).__name__ in ("Linear", "Dense"):
        inside = [model]
    elif type(model).__name__ == "Sequential":
        inside = list(model)
    else:
        kind = type(model).__name__
        raise CannotShow(f"{kind} cannot be shown here. Give a Sequential, or a list of (weights, biases).")
    for one in inside:
        yield from modules(one) if type(one).__name__ == "Sequential" else [one]


def add(found: list[Layer], module: Any) -> None:
    """Add a layer, or an activation to the layer before it."""
    kind = type(module).__name__
    if kind == "Linear":
        found.append((rows(module.weight), None if module.bias is None else plain(module.bias), "linear"))
    elif kind == "Dense":  # Keras keeps a column per neuron
        kernel, *bias = module.get_weights()
        found.append((turned(rows(kernel)), plain(bias[0]) if bias else None, named(module.activation)))
    elif found and found[-1][2] == "linear" and (kind == "Activation" or kind.lower() in ACTIVATIONS):
        found[-1] = (*found[-1][:2], named(module.activation if kind == "Activation" else module))
    elif kind.lower() not in SKIPPED:
        raise CannotShow(f"{kind} cannot be shown here. What can: {SUPPORTED}.")


def named(activation: Any) -> str:
    """Return the key of an activation, given by name, as a function or as a layer."""
    name = activation if isinstance(activation, str) else type(activation).__name__
    name = getattr(activation, "__name__", name)
    leak = getattr(activation, "negative_slope", 0.2 if name == "leaky_relu" else 0.01)
    if name.lower() not in ACTIVATIONS or leak != 0.01:
        raise CannotShow(f"{name} cannot be shown here. What can: {SUPPORTED}.")
    return ACTIVATIONS[name.lower()]


def plain(array: Any) -> list[Any]:
    """Return a tensor, an array, a frame or a list as a list."""
    for name in ("detach", "cpu", "to_numpy", "tolist"):
        array = getattr(array, name)() if hasattr(array, name) else array
    return list(array)


def rows(array: Any) -> list[list[float]]:
    """Return rows of floats; a flat list has one number in each."""
    found = [
        plain(one) if hasattr(one, "__len__") or hasattr(one, "tolist") else [one] for one in plain(array)
    ]
    return [[float(number) for number in row] for row in found]


def turned(table: list[list[float]]) -> list[list[float]]:
    """Return rows as columns."""
    return [list(column) for column in zip(*table, strict=True)]


def targets_of(y: Any, outputs: int, classes: Any) -> list[list[float]]:
    """Return a row of targets per example: 1 for its class and 0 for all others, where classes are given."""
    found = plain(y)
    single = all(not hasattr(one, "__len__") or isinstance(one, str) for one in found)
    if not single or (outputs == 1 and classes is None):
        return rows(y)
    known = list(range(outputs)) if classes is None else plain(classes)
    at = [known.index(one) if one in known else -1 for one in found]
    if -1 in at:
        raise CannotShow(f"y has {found[at.index(-1)]!r}, which is none of the {len(known)} classes.")
    return [[float(one)] if outputs == 1 else [float(one == k) for k in range(outputs)] for one in at]


class Lab:
    """A lab on the server that this script moves. `url` opens a copy of it for whoever looks."""

    def __init__(self, server: str, recipe: dict[str, Any]) -> None:
        self.server = server.rstrip("/")
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))
        self.moment = self.ask("/labs", recipe)
        self.address = f"{self.server}/labs/{self.moment['id']}"
        self.url = f"{self.address}/copy"

    def ask(self, path: str, body: Any = None, waited: int = 0) -> dict[str, Any]:
        """Post something and return the moment that is answered, a while later where the server says so."""
        headers = {"Accept": "application/json", "Content-Type": "application/json"}
        request = Request(self.server + path, json.dumps(body).encode(), headers)
        try:
            with self.opener.open(request, timeout=60) as answer:
                return dict(json.load(answer))
        except HTTPError as error:
            wait = error.headers.get("Retry-After", "")
            if not wait.isdecimal() or waited >= PATIENCE:
                fewer = " Show fewer examples, or round them." if error.code == 413 else ""
                raise CannotShow(json.load(error)["detail"] + fewer) from None
        except OSError as error:
            start = 'Start Blame Game, or say where it is: show(…, server="http://…").'
            said = f"Nobody answers at {self.server} ({getattr(error, 'reason', error)}). {start}"
            raise CannotShow(said) from None
        sleep(int(wait))
        return self.ask(path, body, waited + max(1, int(wait)))

    def step(self, stride: str = "layer") -> Lab:
        """Go on by a "neuron", a "layer", a "phase" or an "iteration"."""
        self.moment = self.ask(f"/labs/{self.moment['id']}/next?at={self.moment['place']}&stride={stride}")
        return self

    def back(self, pace: str = "layer") -> Lab:
        """Go back by as much."""
        self.moment = self.ask(f"/labs/{self.moment['id']}/back?at={self.moment['place']}&pace={pace}")
        return self

    def numbers(self, until: str = "") -> dict[str, Any]:
        """Return all that is known by now, after going on, if need be, to the end of a phase of this
        iteration: "forward", "cost", "backward" or "descent". What has not happened is not there.

        z[l], a[l], delta[l]: a row per neuron, a column per example. parameters, nabla, after: "w" and "b" by
        layer, w[l] with a row per neuron. They are NumPy's arrays, or lists where there is no NumPy.
        """
        if until and until not in KNOWN:
            raise CannotShow(f"There is no phase {until!r}. There are {', '.join(KNOWN)}.")
        while until and not KNOWN[until](self.moment):
            self.step("phase")
        return {name: arrays(value) for name, value in self.moment.items() if name != "recipe"}

    def _repr_html_(self) -> str:
        """Return a link and the picture: the page itself does not let other pages frame it."""
        url, picture = escape(self.url), escape(f"{self.address}/export/svg?at={self.moment['place']}")
        link = f'<a href="{url}" target="_blank">Step through this network</a>'
        return f'<p>{link}</p><img src="{picture}" alt="The network">'


def arrays(value: Any) -> Any:
    """Return lists of rows as NumPy's arrays, layers by their number; what is not reached yet is NaN."""
    if isinstance(value, dict):
        return {int(name) if name.isdecimal() else name: arrays(one) for name, one in value.items()}
    if isinstance(value, list) and value and isinstance(value[0], list):
        return ARRAY(value)
    return value


def array_maker() -> Callable[[Any], Any]:
    """Return what makes an array: NumPy's, or nothing but the list."""
    try:
        import numpy
    except ImportError:
        return lambda value: value
    return lambda value: numpy.array(value, dtype=float)


ARRAY = array_maker()
