"""Dials written as programs and people write them: one small writer for each format."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

import numpy as np

from app.engine.parameters import Array, Parameters

Arrays = Sequence[Array]
F32, F64 = ", dtype=float32", ", dtype=torch.float64"


def both(w: Arrays, b: Arrays) -> list[tuple[str, Array]]:
    """Return the arrays with usual names, layer by layer, biases flat."""
    pairs = enumerate(zip(w, b, strict=True), 1)
    return [one for at, (v, c) in pairs for one in ((f"W{at}", v), (f"b{at}", c.ravel()))]


def printed(array: Array) -> str:
    with np.printoptions(precision=17, floatmode="unique"):
        return str(array)


def shown(array: Array, more: str = "") -> str:
    with np.printoptions(precision=17, floatmode="unique"):
        return repr(array)[:-1] + more + ")"


def tensor(array: Array, more: str = "") -> str:
    return shown(array, more).replace("array", "tensor", 1)


def columns(array: Array) -> str:
    """Write an array as MATLAB prints it."""
    return "\n".join("".join(f"{value:25.17g}" for value in row) for row in np.atleast_2d(array))


def pmatrix(array: Array) -> str:
    """Write an array in LaTeX."""
    rows = " \\\\ ".join(" & ".join(map(str, row)) for row in array)
    return rf"\begin{{pmatrix}} {rows} \end{{pmatrix}}"


def state(w: Arrays, b: Arrays) -> dict[str, Array]:
    pairs = enumerate(zip(w, b, strict=True))
    return {
        f"{2 * at}.{name}": one for at, (v, c) in pairs for name, one in (("weight", v), ("bias", c.ravel()))
    }


OPEN: dict[str, Callable[[Arrays, Arrays], str]] = {  # nothing says whether rows or columns are neurons
    "numpy print": lambda w, b: "\n".join(printed(array) for _, array in both(w, b)),
    "numpy print, biases as columns": lambda w, b: "\n".join(
        printed(one) for pair in zip(w, b, strict=True) for one in pair
    ),
    "numpy repr": lambda w, b: ", ".join(shown(array, ", dtype=float64") for _, array in both(w, b)),
    "python": lambda w, b: "\n".join(f"{name} = {array.tolist()}" for name, array in both(w, b)),
    "python, round brackets": lambda w, b: "\n".join(
        f"{name} = np.array({array.tolist()})".replace("[", "(").replace("]", ",)")
        for name, array in both(w, b)
    ),
    "captions": lambda w, b: "\n".join(
        f"Layer {name[1:]}, {'weights' if name[0] == 'W' else 'biases'}:\n{printed(array)}"
        for name, array in both(w, b)
    ),
    "json": lambda w, b: json.dumps({name: array.tolist() for name, array in reversed(both(w, b))}),
    "json, by layer": lambda w, b: json.dumps(
        {
            "layers": [
                {"weights": v.tolist(), "biases": c.ravel().tolist()} for v, c in zip(w, b, strict=True)
            ]
        },
        indent=2,
    ),
    "json, by kind": lambda w, b: json.dumps(
        {"weights": [v.tolist() for v in w], "biases": [c.ravel().tolist() for c in b]}
    ),
    "matlab print": lambda w, b: "\n\n".join(f"{name} =\n\n{columns(a)}\n" for name, a in both(w, b)),
    "matlab print, biases as columns": lambda w, b: "\n\n".join(
        f"{name}{at} =\n\n{columns(a)}\n"
        for name, arrays in (("W", w), ("b", b))
        for at, a in enumerate(arrays)
    ),
    "matlab": lambda w, b: "\n".join(
        f"{name} = [{'; '.join(' '.join(map(str, row)) for row in np.atleast_2d(array))}];"
        for name, array in both(w, b)
    ),
    "matlab, rows on lines": lambda w, b: "\n".join(
        f"{name} = [{chr(10).join(' '.join(map(str, row)) for row in np.atleast_2d(array))}];"
        for name, array in both(w, b)
    ),
    "latex": lambda w, b: ", \\quad\n".join(
        f"\\mathbf{{W}}^{{({at})}} = {pmatrix(v)}, \\mathbf b^{{({at})}} = {pmatrix(c)}"
        for at, (v, c) in enumerate(zip(w, b, strict=True), 1)
    ),
    "thresholds": lambda w, b: "\n".join(
        f"{name.replace('b', 'θ')} = {(array if name[0] == 'W' else -array).tolist()}"
        for name, array in both(w, b)
    ),
    "true minus": lambda w, b: "\n".join(f"{n} = {a.tolist()}" for n, a in both(w, b)).replace("-", "−"),
    "decimal commas": lambda w, b: "\n\n".join(
        f"{name} =\n\n{columns(a)}\n" for name, a in both(w, b)
    ).replace(".", ","),
}
ROWS: dict[str, Callable[[Arrays, Arrays], str]] = {  # it says that rows are neurons
    "state_dict": lambda w, b: (
        f"OrderedDict([{', '.join(f'({name!r}, {tensor(one)})' for name, one in state(w, b).items())}])"
    ),
    "state_dict, new": lambda w, b: (
        f"OrderedDict({{{', '.join(f'{name!r}: {tensor(one, F64)}' for name, one in state(w, b).items())}}})"
    ),
    "parameters": lambda w, b: "\n".join(
        f"Parameter containing:\n{tensor(one, ', requires_grad=True')}" for one in state(w, b).values()
    ),
    "named parameters": lambda w, b: "\n".join(
        f"{name} Parameter containing:\n{tensor(one, ', requires_grad=True')}"
        for name, one in state(w, b).items()
    ),
    "json of a state_dict": lambda w, b: json.dumps({f"fc.{k}": v.tolist() for k, v in state(w, b).items()}),
}
COLUMNS: dict[str, Callable[[Arrays, Arrays], str]] = {  # it says that columns are neurons
    "scikit-learn": lambda w, b: (
        f"coefs_ = [{', '.join(shown(v.T) for v in w)}]\n"
        f"intercepts_ = [{', '.join(shown(c.ravel()) for c in b)}]"
    ),
    "keras variables": lambda w, b: "\n".join(
        f"<tf.Variable 'dense_{at}/kernel:0' shape={v.T.shape} dtype=float32, numpy=\n{shown(v.T, F32)}>\n"
        f"<tf.Variable 'dense_{at}/bias:0' shape=({len(c)},) dtype=float32, numpy={shown(c.ravel(), F32)}>"
        for at, (v, c) in enumerate(zip(w, b, strict=True))
    ),
    "keras json": lambda w, b: json.dumps(
        {
            f"dense_{at}": {"kernel": v.T.tolist(), "bias": c.ravel().tolist()}
            for at, (v, c) in enumerate(zip(w, b, strict=True))
        }
    ),
}
UNSAID: dict[str, Callable[[Arrays, Arrays], str]] = {  # columns are neurons, and nothing says so
    "keras get_weights": lambda w, b: f"[{', '.join(shown(a.T, F32) for _, a in both(w, b))}]",
    "scikit-learn, without names": lambda w, b: (
        f"[{', '.join(shown(v.T) for v in w)}]\n[{', '.join(shown(c.ravel()) for c in b)}]"
    ),
}
JOINED: dict[str, Callable[[Arrays, Arrays], str]] = {  # biases stand in the same arrays
    "bias as last column": lambda w, b: "\n".join(
        f"W{at} = {np.hstack(pair).tolist()}" for at, pair in enumerate(zip(w, b, strict=True))
    ),
    "bias as first column": lambda w, b: "\n".join(
        f"Theta{at} = {np.hstack(pair).tolist()}" for at, pair in enumerate(zip(b, w, strict=True))
    ),
    "bias as last row": lambda w, b: "\n".join(printed(np.hstack(pair).T) for pair in zip(w, b, strict=True)),
    "bias as first row": lambda w, b: "\n".join(
        printed(np.hstack(pair).T) for pair in zip(b, w, strict=True)
    ),
}


def written(writer: Callable[[Arrays, Arrays], str], dials: Parameters) -> str:
    """Write dials with one of these."""
    layers = sorted(dials.w)
    return writer([dials.w[layer] for layer in layers], [dials.b[layer] for layer in layers])
