"""Entries that are not ours, to be added to the registries; and a program that starts with them and says what
a visitor is then given."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from typing import Any

import numpy as np
from httpx import ASGITransport, AsyncClient

from app.engine.activations import ACTIVATIONS, Activation, sigmoid
from app.engine.costs import COSTS, Cost
from app.engine.initialisers import INITIALISERS, Initialiser
from app.engine.optimisers import OPTIMISERS, Optimiser
from app.engine.regularisers import REGULARISERS, Regulariser
from app.story.formulas.expression import Call, total
from app.story.functions import activations
from app.story.functions.activations import ONE, ToldActivation, sloped, valued

UNPREPARED: list[tuple[dict[str, Any], Any]] = [  # registries of the engine, and what is to be in them
    (ACTIVATIONS, Activation("softplus", lambda z: np.logaddexp(0.0, z), sigmoid, span=(0.0, float("inf")))),
    (
        COSTS,
        Cost(
            "log-cosh",
            value=lambda a, rest, y: np.log(np.cosh(a - y)),
            slope=lambda a, rest, y: np.tanh(a - y),
        ),
    ),
    (OPTIMISERS, Optimiser("sign-descent", lambda memory, nabla, t: (nabla.map(np.sign), memory))),
    (REGULARISERS, Regulariser("l4", lambda w: 0.25 * (w**4).sum(), lambda w: w**3)),
    (INITIALISERS, Initialiser("uniform", lambda stream, n_out, n_in: stream.uniform(-1, 1, (n_out, n_in)))),
]
PREPARED: list[tuple[dict[str, Any], Any]] = [  # one activation as the README says: two entries
    UNPREPARED[0],
    (
        activations.ACTIVATIONS,
        ToldActivation(
            "softplus",
            "Softplus",
            "A ReLU with its corner rounded, so that nobody is ever quite silent.",
            formula="ln(1 + eᶻ)",
            slope_formula="σ(z)",
            value=lambda z: Call("ln", total(ONE, Call("exp", z))),
            slope=lambda a, z: Call("σ", z),
            numpy=valued("softplus", "np.logaddexp(0.0, z)") + sloped("softplus", "1.0 / (1.0 + np.exp(-z))"),
            torch="torch.nn.functional.softplus",
        ),
    ),
]


async def visited(recipe: dict[str, Any]) -> dict[str, str]:
    """Return the recipe page and, of a lab at the end of its first iteration, page and NumPy script."""
    from app.main import create_app
    from app.settings import Settings

    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(database_url=f"sqlite:///{folder}/labs.sqlite3"))
        async with app.router.lifespan_context(app):
            program, browser = (
                AsyncClient(
                    transport=ASGITransport(app), base_url="http://labs.test", headers={"accept": kind}
                )
                for kind in ("application/json", "text/html")
            )
            form = await browser.get("/recipe", params=recipe)
            made = await program.post("/labs", json=recipe)
            where = made.headers["location"]
            await program.post(f"{where}/next?at=0&pace=iteration")
            page = await browser.get(where)
            script = await browser.get(f"{where}/export/numpy")
            answers = {"form": form, "made": made, "page": page, "script": script}
            assert [answer.status_code for answer in answers.values()] == [200, 201, 200, 200]
            await program.aclose()
            await browser.aclose()
            return {name: answer.text for name, answer in answers.items()}


def main() -> None:
    """Add the entries that are asked for, before the web is imported, which reads the registries once."""
    for registry, entry in {"prepared": PREPARED, "unprepared": UNPREPARED}[sys.argv[1]]:
        registry[entry.key] = entry
    from tests.readme import tables

    json.dump({**asyncio.run(visited(json.loads(sys.argv[2]))), "readme": tables()}, sys.stdout)


if __name__ == "__main__":
    main()
