"""The house keeps its shape: who may import whom, how long a file may be, and that each says what it is
for."""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FLOORS = (  # from the ground up: a part knows those on the lines above its own, and nobody beside it
    {"engine", "notation", "limits"},
    {"datasets"},
    {"lab"},
    {"analysis"},
    {"picture", "story"},
    {"lessons"},
    {"classroom"},
    {"page", "export"},
    {"web"},
    {"main", "wire"},
    {"__main__"},
)
ASIDE = {"store", "settings", "options", "logs"}  # they know nobody; only the web and what is above know them
# Modules that stand in no folder:
LOOSE = {"__main__", "main", "wire", "settings", "options", "limits", "logs"}
FLOOR = {part: at for at, parts in enumerate(FLOORS) for part in parts}
OUTSIDE = {  # what a part may import that is neither Python's nor ours
    "engine": {"numpy"},
    "notation": {"babel"},
    "limits": set(),
    "datasets": {"numpy", "python_calamine"},
    "lab": {"numpy", "cachetools"},
    "analysis": {"numpy", "cachetools"},
    "picture": {"numpy", "contourpy", "segno"},
    "story": {"numpy"},
    "lessons": {"numpy"},
    "classroom": set(),
    "page": {"numpy"},
    "export": {"numpy"},
    "store": {"sqlalchemy", "psycopg"},
    "settings": {"pydantic", "sqlalchemy"},
    **{key: set() for key in ("options", "logs")},
    "web": {"anyio", "cachetools", "fastapi", "starlette", "jinja2", "markupsafe", "pydantic"},
    "main": {"anyio", "fastapi", "starlette"},
    "wire": {"uvicorn"},
    "__main__": {"uvicorn"},
}
OURS = [
    path
    for folder in ("app", "tests", "static", "templates")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in (".py", ".html", ".txt", ".css", ".js", ".svg") and "vendor" not in path.parts
]


MODULES = [
    path
    for path in sorted((ROOT / "app").rglob("*.py"))
    if path.parent != ROOT / "app" or path.stem != "__init__"
]
BLANK = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENDMARKER,
}
STARTS = {".py": '"""', ".css": "/* ", ".js": "// "}


def lines(path: Path) -> list[str]:
    return path.read_text().splitlines()


def code_lines(path: Path) -> int:
    """Count a file's lines without docstrings, comments and blank ones; templates and style sheets count
    whole."""
    if path.suffix != ".py":
        return len(lines(path))
    text = path.read_text()
    scopes = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    strings = [
        node.body[0]
        for node in ast.walk(ast.parse(text))
        if isinstance(node, scopes) and ast.get_docstring(node, clean=False) is not None
    ]
    told = {line for string in strings for line in range(string.lineno, (string.end_lineno or 0) + 1)}
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return len(
        {n for one in tokens if one.type not in BLANK for n in range(one.start[0], one.end[0] + 1)} - told
    )


def part_of(module: str) -> str:
    """Return the part of the program a module belongs to.

    >>> part_of("app.engine.costs"), part_of("app.main")
    ('engine', 'main')
    """
    return module.split(".")[1]


def imported(path: Path) -> Iterator[str]:
    """Yield the full name of everything a file imports."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: imports say where they lead"
            names = (alias.name for alias in node.names)
            yield from (f"{node.module}.{name}" for name in names) if node.module == "app" else (node.module,)


def name_of(path: Path) -> str:
    """Return a file's module name."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def allowed(importer: str, imported: str) -> bool:
    """Tell whether one part may import another."""
    if importer == imported:
        return True
    if importer in ASIDE or imported in ASIDE:
        return importer not in ASIDE and FLOOR[importer] >= FLOOR["web"]
    return FLOOR[importer] > FLOOR[imported]


def test_a_floor_imports_itself_and_floors_below() -> None:
    wrong = [
        f"{name_of(path)} imports {name}"
        for path in MODULES
        for name in imported(path)
        if name.startswith("app.") and not allowed(part_of(name_of(path)), part_of(name))
    ]
    assert wrong == []


def test_each_part_knows_only_the_packages_it_needs() -> None:
    for path in MODULES:
        found = {name.partition(".")[0] for name in imported(path)} - sys.stdlib_module_names - {"app"}
        assert found <= OUTSIDE[part_of(name_of(path))], path


def test_every_part_has_its_place_and_neighbours_never_meet() -> None:
    parts = {part_of(name_of(path)) for path in MODULES}
    assert parts == {*FLOOR, *ASIDE} == set(OUTSIDE)
    for one, other in (("picture", "story"), ("page", "export"), ("engine", "notation"), ("web", "main")):
        assert not allowed(one, other)
    for one, other in (("engine", "lab"), ("lab", "store"), ("store", "lab"), ("page", "store")):
        assert not allowed(one, other)


def test_no_module_is_loose_that_has_a_room() -> None:
    assert {path.stem for path in (ROOT / "app").glob("*.py")} == {*LOOSE, "__init__"}


def test_only_the_web_knows_the_web() -> None:
    for part, packages in OUTSIDE.items():
        assert part in ("web", "main") or not packages & {"fastapi", "starlette", "jinja2"}


def test_no_route_file_knows_another() -> None:
    routes = {name_of(path) for path in MODULES if "\nrouter = APIRouter()" in path.read_text()}
    assert len(routes) > 6
    for path in MODULES:
        if part_of(name_of(path)) == "web":
            assert not routes & set(imported(path)), path


def test_a_function_of_the_web_takes_six_parameters_at_most() -> None:
    counts = {
        f"{path.stem}.{node.name}": len([*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs])
        for path in MODULES
        if part_of(name_of(path)) == "web" and path.stem != "view_query"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    }
    assert len(counts) > 60
    assert {name: count for name, count in counts.items() if count > 6} == {}


def test_no_file_has_more_than_200_lines_of_code() -> None:
    lengths = {str(path.relative_to(ROOT)): code_lines(path) for path in OURS}
    assert len(lengths) > 200
    assert {path: length for path, length in lengths.items() if length > 200} == {}


def test_own_javascript_is_200_readable_lines_at_most() -> None:
    lengths = [len(line) for path in OURS if path.suffix == ".js" for line in lines(path)]
    assert 0 < len(lengths) <= 200
    assert max(lengths) <= 160


def test_the_first_line_says_what_a_file_is_for() -> None:
    first = {path: lines(path)[0] for path in OURS if path.suffix in STARTS}
    assert {
        path: line
        for path, line in first.items()
        if not line.startswith(STARTS[path.suffix]) or len(line) < 20
    } == {}


def by_hand(path: Path) -> Iterator[str]:
    """Yield the places where a file finds a dial's number by its letter, or writes or reads a dial's mark."""
    if path.suffix != ".py":
        yield from re.findall(r"\b[wb]-(?:%d|\{\{)", path.read_text())
        return
    for node in ast.walk(ast.parse(path.read_text())):
        found = ast.unparse(node)
        if isinstance(node, ast.Call):
            getting = re.match(r"getattr\(.*\bkind\b", found)
            joining = re.match(r"""(['"])-\1\.join\(.*\bkind\b""", found)
            splitting = re.search(r"""\.split\((['"])-\1\)$""", found)
            if getting or joining or splitting:
                yield f"{node.lineno}: {found}"
        elif isinstance(node, ast.JoinedStr):
            if re.match(r"""f(['"])(?:[wb]-\{|\{[^{}]*kind\}-\{)""", found):
                yield f"{node.lineno}: {found}"
        elif isinstance(node, ast.Constant) and re.match(r"(?:[wb]|%s)-(?:%d|\{)", str(node.value)):
            yield f"{node.lineno}: {found}"


def test_only_a_dial_finds_its_number_and_writes_its_mark() -> None:
    found = {path: [*by_hand(path)] for path in OURS if path.parts[len(ROOT.parts)] in ("app", "templates")}
    assert found.pop(ROOT / "app/lab/dials.py")
    assert {path: places for path, places in found.items() if places} == {}


@pytest.mark.parametrize(
    "text",
    [
        "getattr(numbers.parameters, kind)[layer]",
        "getattr(nabla, pick.kind)[pick.layer]",
        'f"w-{layer}-{j}-{k}"',
        'f"b-{layer}-{j}"',
        'f"{kind}-{layer}-{j}"',
        'f"{dial.kind}-{layer}-{j}"',
        '"w-%d-%d-%d" % (layer, to, source)',
        '"b-{}-{}".format(layer, to)',
        '"-".join(map(str, (kind, layer, *index)))',
        'change.what.split("-")',
    ],
)
def test_a_dial_by_hand_is_found(text: str, tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text(text)
    assert [*by_hand(tmp_path / "one.py")]
