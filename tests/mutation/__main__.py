"""`make mutants`: change the maths in small ways and see whether its tests notice. MINUTES (10) is how long,
PARTS (engine lab analysis) which parts, SEED (0) which mutants come first."""

from __future__ import annotations

import json
import os
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

import hypothesis  # noqa: F401  # once for all children, which import nothing of the program before they fork
import numpy  # noqa: F401
import pytest

from tests.mutation.forks import NOTICED, OTHERWISE, SURVIVED, Trials, forked
from tests.mutation.mutants import Mutant, mutants_of

ROOT = Path(__file__).resolve().parents[2]
COUNT = Path("count.json")
COPIED = ("app", "templates", "static", "tests", "pyproject.toml")
OPTIONS = ["-x", "-q", "--no-header", "-p", "no:cacheprovider", "-p", "no:randomly", "-p", "no:xdist"]
OPTIONS += ["-m", "not walk", "--hypothesis-seed=0", "--tb=no", "-W", "ignore"]


def tests_of(path: Path) -> list[list[str]]:
    """Return the tests of a module, its own on whatever floor first, then those of its part."""
    part = path.parts[1]
    own = [
        one for one in Path("tests").rglob(f"test_{path.stem}.py") if one.parts[1] not in ("browser", "web")
    ]
    return [[str(path), *map(str, own)], [f"tests/{part}", f"app/{part}"]]


def notices(paths: list[str]) -> bool:
    """Run tests in a process of its own, which imports all anew. Return whether one of them failed."""
    return forked(lambda: int(pytest.main([*OPTIONS, *paths]))) != SURVIVED


def survives(mutant: Mutant) -> bool:
    """Tell whether no test notices a mutant that is written down."""
    text = mutant.path.read_text(encoding="utf-8")
    mutant.path.write_text(mutant.text, encoding="utf-8")
    try:
        return not any(notices(paths) for paths in tests_of(mutant.path))
    finally:
        mutant.path.write_text(text, encoding="utf-8")


class Counted:
    """How many were tried and lived; those that take a new start are put aside."""

    def __init__(self, end: float) -> None:
        self.end, self.tried, self.lived = end, 0, 0
        self.aside: list[Mutant] = []

    def __call__(self, mutant: Mutant, result: int) -> bool:
        """Count one and print it if it lives. Return whether there is time for another one."""
        if result == OTHERWISE:
            self.aside.append(mutant)
            return time.monotonic() < self.end
        self.tried += 1
        if result == SURVIVED:
            self.lived += 1
            print(f"{mutant.path}:{mutant.line}: {mutant.before}  →  {mutant.after}", flush=True)
        if self.tried % 100 == 0:
            print(f"… {self.tried} tried, {self.lived} survived", flush=True)
        return time.monotonic() < self.end


def by_forks(waiting: list[Mutant], parts: list[str], counted: Counted) -> None:
    """Try mutants in a process that imports everything, as this one must not, and count on from there."""
    child = os.fork()
    if child == 0:
        paths = [str(path) for part in parts for path in (Path("tests", part), Path("app", part))]
        code = 1
        try:
            code = pytest.main([*OPTIONS, "--capture=no", *paths], plugins=[Trials(waiting, counted)])
            aside = [waiting.index(mutant) for mutant in counted.aside]
            COUNT.write_text(json.dumps([counted.tried, counted.lived, aside]))
        finally:
            os._exit(code)
    os.waitpid(child, 0)
    if COUNT.exists():
        counted.tried, counted.lived, aside = json.loads(COUNT.read_text())
        counted.aside = [waiting[at] for at in aside]


def main() -> int:
    """Try as many mutants as there is time for, and print those that survive."""
    parts = os.environ.get("PARTS", "engine lab analysis").split()
    counted = Counted(time.monotonic() + 60 * float(os.environ.get("MINUTES", "10")))
    with tempfile.TemporaryDirectory() as folder:
        for name in COPIED:
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile
            copy(ROOT / name, Path(folder, name))
        for stale in [*Path(folder).rglob("__pycache__")]:
            shutil.rmtree(stale)
        os.chdir(folder)
        sys.path[0] = folder
        for name in [name for name in sys.modules if name.partition(".")[0] == "tests"]:
            del sys.modules[name]  # they are those of the folder that was copied
        sys.dont_write_bytecode = True
        files = [path for part in parts for path in sorted(Path("app", part).rglob("*.py"))]
        waiting = [mutant for path in files for mutant in mutants_of(path)]
        random.Random(os.environ.get("SEED", "0")).shuffle(waiting)
        by_forks(waiting, parts, counted)
        for mutant in tuple(counted.aside):
            if time.monotonic() < counted.end:
                counted(mutant, SURVIVED if survives(mutant) else NOTICED)
    noticed = counted.tried - counted.lived
    print(f"{counted.tried} of {len(waiting)} mutants tried, {noticed} noticed, {counted.lived} survived")
    return counted.tried == 0


if __name__ == "__main__":
    sys.exit(main())
