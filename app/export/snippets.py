"""The engine's functions as lines of NumPy and PyTorch for the exported scripts, keyed as in its
registries."""

from __future__ import annotations

from typing import NamedTuple


class Activation(NamedTuple):
    """Lines that define a function named like its key: its value, its `_pull` (∂C/∂z from ∂C/∂a), and the
    value in PyTorch."""

    numpy: str
    torch: str


SLOPED = """

def {name}_pull(z, received):
    return received * ({slope})
"""

SIGMOID = """
def sigmoid(z):
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, small) / (1.0 + small)
"""

SOFTMAX = """
def softmax(z):
    powers = np.exp(z - z.max(axis=0))
    return powers / powers.sum(axis=0)


def softmax_pull(z, received):
    a = softmax(z)
    return a * (received - (a * received).sum(axis=0))
"""


def sloped(name: str, value: str, slope: str) -> str:
    """Return the definition of an elementwise function and its pull."""
    head = value if value.startswith("\n") else f"\ndef {name}(z):\n    return {value}\n"
    return head + SLOPED.format(name=name, slope=slope)


ACTIVATIONS: dict[str, Activation] = {
    "sigmoid": Activation(sloped("sigmoid", SIGMOID, "sigmoid(z) * sigmoid(-z)"), "torch.sigmoid"),
    "tanh": Activation(
        sloped(
            "tanh", "np.tanh(z)", "4.0 * np.exp(-2.0 * np.abs(z)) / (1.0 + np.exp(-2.0 * np.abs(z))) ** 2"
        ),
        "torch.tanh",
    ),
    "relu": Activation(sloped("relu", "np.maximum(z, 0.0)", "(z > 0)"), "torch.relu"),
    "leaky-relu": Activation(
        sloped("leaky_relu", "np.where(z > 0, z, 0.01 * z)", "np.where(z > 0, 1.0, 0.01)"),
        "torch.nn.functional.leaky_relu",
    ),
    "linear": Activation(sloped("linear", "z + 0.0", "1.0"), "torch.clone"),
    "softmax": Activation(SOFTMAX, "lambda z: torch.softmax(z, dim=0)"),
}


class Cost(NamedTuple):
    """Lines that set `costs`, one per example, and what is ∂C/∂a of the outputs."""

    numpy: str
    slope: str
    torch: str
    received: str = "a[L].grad"  # in PyTorch


COSTS: dict[str, Cost] = {
    "quadratic": Cost(
        "costs = (0.5 * (a[L] - y) ** 2).sum(axis=0)",
        "a[L] - y",
        "costs = (0.5 * (a[L] - y) ** 2).sum(dim=0)",
    ),
    "cross-entropy": Cost(
        "rest = sigmoid(-z[L])  # 1 - a, also where a is almost 1\n"
        "costs = -(y * np.log(np.where(y == 0, 1.0, a[L])) + (1 - y) * np.log(np.where(y == 1, 1.0, "
        "rest))).sum(axis=0)",
        "(1 - y) / np.where(y == 1, 1.0, rest) - y / np.where(y == 0, 1.0, a[L])",
        "rest = torch.sigmoid(-z[L])  # 1 - a, also where a is almost 1\n"
        "rest.retain_grad()\n"
        "one = torch.ones_like(y)\n"
        "surprise = y * torch.log(torch.where(y == 0, one, a[L])) + (1 - y) * torch.log(torch.where(y == "
        "1, one, rest))\n"
        "costs = -surprise.sum(dim=0)",
        "a[L].grad - rest.grad",
    ),
    "categorical": Cost(
        "costs = -(y * np.log(np.where(y == 0, 1.0, a[L]))).sum(axis=0)",
        "-y / np.where(y == 0, 1.0, a[L])",
        "costs = -(y * torch.log(torch.where(y == 0, torch.ones_like(y), a[L]))).sum(dim=0)",
    ),
}


class Optimiser(NamedTuple):
    """Lines that set `direction` from the gradient g and the `old` running averages of one array of dials;
    PyTorch's class and the names of the averages in its state."""

    numpy: str
    torch: str
    state: tuple[str, ...] = ()


OPTIMISERS: dict[str, Optimiser] = {
    "descent": Optimiser("direction = g", "torch.optim.SGD(dials, lr=eta)"),
    "momentum": Optimiser(
        "direction = 0.9 * old[0] + g", "torch.optim.SGD(dials, lr=eta, momentum=0.9)", ("momentum_buffer",)
    ),
    "rmsprop": Optimiser(
        "square = 0.9 * old[0] + (1 - 0.9) * g**2\ndirection = g / (np.sqrt(square) + 1e-8)",
        "torch.optim.RMSprop(dials, lr=eta, alpha=0.9, eps=1e-8)",
        ("square_avg",),
    ),
    "adam": Optimiser(
        "mean = 0.9 * old[0] + (1 - 0.9) * g\n"
        "square = 0.999 * old[1] + (1 - 0.999) * g**2\n"
        "direction = (mean / (1 - 0.9**t)) / (np.sqrt(square / (1 - 0.999**t)) + 1e-8)",
        "torch.optim.Adam(dials, lr=eta, betas=(0.9, 0.999), eps=1e-8)",
        ("exp_avg", "exp_avg_sq"),
    ),
}

# The pull of a regulariser on the weights w before the step, per unit of η·λ; "np." is "torch." there too.
REGULARISERS: dict[str, str] = {"none": "", "l2": "{w}", "l1": "np.sign({w})"}
