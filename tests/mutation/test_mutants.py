"""A mutant differs from what it was made of in one thing, and words and types stay as they are."""

from __future__ import annotations

from pathlib import Path

from tests.mutation.mutants import mutants_of

TEXT = '''"""What 1 is."""


def shares(a: float = 0.5, *, whole: bool = True) -> float | None:
    """Return 1 + 1."""
    if not whole and a < 2:
        return -min(a, 3)
    return a / 2
'''


def test_each_changes_one_thing(tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text(TEXT)
    found = [(one.line, one.before, one.after) for one in mutants_of(path)]
    assert len({one.text for one in mutants_of(path)}) == len(found) == 12
    assert (6, "not whole and a < 2", "not whole or a < 2") in found
    assert (6, "a < 2", "a <= 2") in found
    assert (7, "min", "max") in found
    assert (7, "-min(a, 3)", "+min(a, 3)") in found
    assert (8, "a / 2", "a * 2") in found
    assert (4, "0.5", "1.5") in found
    assert all(one.text.count("Return 1 + 1.") == 1 for one in mutants_of(path))
