"""`make mutants`: change the maths in small ways and see whether its tests notice. MINUTES (10) is how long,
PARTS (engine lab analysis) which parts, SEED (0) which mutants come first."""

from __future__ import annotations

import os
import random
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

import hypothesis  # noqa: F401  # once for all children, which import nothing of the program before they fork
import numpy  # noqa: F401
import pytest

from tests.mutation.mutants import Mutant, mutants_of

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("app", "templates", "static", "tests", "pyproject.toml")
OPTIONS = ["-x", "-q", "--no-header", "-p", "no:cacheprovider", "-p", "no:randomly", "-p", "no:xdist"]
OPTIONS += ["-m", "not walk", "--hypothesis-seed=0", "--tb=no", "-W", "ignore"]
SECONDS, MEMORY = 120, 4 * 2**30  # of processor time, and bytes: whoever takes more has been noticed


def tests_of(path: Path) -> list[list[str]]:
    """Return the tests of a module, its own on whatever floor first, then those of its part."""
    part = path.parts[1]
    own = [
        one for one in Path("tests").rglob(f"test_{path.stem}.py") if one.parts[1] not in ("browser", "web")
    ]
    return [[str(path), *map(str, own)], [f"tests/{part}", f"app/{part}"]]


def notices(paths: list[str]) -> bool:
    """Run tests in a process of its own. Return whether one of them failed."""
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        code: int = 1
        try:
            code = pytest.main([*OPTIONS, *paths])
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return status != 0


def survives(mutant: Mutant) -> bool:
    """Tell whether no test notices a mutant."""
    text = mutant.path.read_text(encoding="utf-8")
    mutant.path.write_text(mutant.text, encoding="utf-8")
    try:
        return not any(notices(paths) for paths in tests_of(mutant.path))
    finally:
        mutant.path.write_text(text, encoding="utf-8")


def main() -> int:
    """Try as many mutants as there is time for, and print those that survive."""
    parts = os.environ.get("PARTS", "engine lab analysis").split()
    end = time.monotonic() + 60 * float(os.environ.get("MINUTES", "10"))
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
        if failing := [part for part in parts if notices([f"tests/{part}", f"app/{part}"])]:
            print(f"Nothing is changed and the tests of {', '.join(failing)} fail", file=sys.stderr)
            return 1
        files = [path for part in parts for path in sorted(Path("app", part).rglob("*.py"))]
        waiting = [mutant for path in files for mutant in mutants_of(path)]
        random.Random(os.environ.get("SEED", "0")).shuffle(waiting)
        tried = lived = 0
        while tried < len(waiting) and time.monotonic() < end:
            mutant = waiting[tried]
            tried += 1
            if survives(mutant):
                lived += 1
                print(f"{mutant.path}:{mutant.line}: {mutant.before}  →  {mutant.after}", flush=True)
            if tried % 25 == 0:
                print(f"… {tried} tried, {lived} survived", flush=True)
    print(f"{tried} of {len(waiting)} mutants tried, {tried - lived} noticed, {lived} survived")
    return 0


if __name__ == "__main__":
    sys.exit(main())
