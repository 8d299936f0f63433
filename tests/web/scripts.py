"""Exported scripts, run as anybody would run them: in a program of their own, without ours."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np

from app.export.script import script
from app.lab.lab import Lab
from app.lab.recipe import Recipe
from app.lab.replay import Replay
from app.web.render import ENVIRONMENT
from tests.web.oracle import Known

RUN_ALL = """
import contextlib, io, json, sys
for path in sys.argv[1:]:
    there, said = {}, io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(open(path, encoding="utf-8").read(), path, "exec"), there)
    numbers = {name: block.tolist() for name, block in there["found"].items()}
    print(json.dumps([numbers, said.getvalue().splitlines()[-1]]))
"""


def text_of_script(kind: str, recipe: Recipe, place: int) -> str:
    """Return the script of a moment."""
    lab = Lab(recipe, place)
    return ENVIRONMENT.get_template(f"exports/{kind}.txt").render(
        script(lab, Replay().numbers(lab), "a title")
    )


def run_all(texts: list[str], folder: Path) -> list[tuple[dict[str, Any], str]]:
    """Run scripts, one after the other in one process far from here; return their numbers and last lines."""
    paths = []
    for number, text in enumerate(texts):
        paths.append(folder / f"script-{number}.py")
        paths[-1].write_text(text, encoding="utf-8")
    command = [sys.executable, "-W", "error", "-I", "-c", RUN_ALL, *map(str, paths)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return [tuple(json.loads(line)) for line in done.stdout.splitlines()]


def true_numbers(known: Known) -> dict[str, np.ndarray]:
    """Return all that a script must have found, and nothing else, by the names it has there."""
    nabla, after = known.backward.nabla, known.after
    groups = {
        "z": known.forward.z,
        "a": known.forward.a,
        "received": known.backward.received,
        "delta": known.backward.delta,
        "nabla_w": nabla.w,
        "nabla_b": nabla.b,
        "after_w": after.w if after else {},
        "after_b": after.b if after else {},
    }
    found = {f"{name}[{layer}]": block for name, blocks in groups.items() for layer, block in blocks.items()}
    return found if known.costs is None else {**found, "costs": known.costs}


def fractions(text: str) -> set[float]:
    """Return the sizes of all numbers with a fraction in a script."""
    return {
        abs(node.value)
        for node in ast.walk(ast.parse(text))
        if isinstance(getattr(node, "value", None), float)
    }
