"""The README's tables, made from the registries. `python -m tests.readme` writes them anew."""

from __future__ import annotations

from pathlib import Path

from app.datasets.generated import SOURCES
from app.engine.activations import ACTIVATIONS
from app.engine.costs import COSTS
from app.engine.initialisers import INITIALISERS
from app.engine.optimisers import OPTIMISERS
from app.engine.regularisers import REGULARISERS
from app.story.functions import activations, costs, initialisers, optimisers, regularisers
from app.story.glossary import GLOSSARY

README = Path(__file__).parents[1] / "README.md"
BEGIN, END = "<!-- tables: made by python -m tests.readme -->", "<!-- end of tables -->"
REGISTRIES = {  # by title: the keys there are, and what is said of each
    "Data (`data`)": (SOURCES, SOURCES.__getitem__),
    "Activations (`activation`, `output`)": (ACTIVATIONS, activations.told),
    "Costs (`cost`)": (COSTS, costs.told),
    "Optimisers (`optimiser`)": (OPTIMISERS, optimisers.told),
    "Initialisers (`initialiser`)": (INITIALISERS, initialisers.told),
    "Regularisers (`regulariser`)": (REGULARISERS, regularisers.told),
}


def tables() -> str:
    """Return every registry and the glossary as Markdown tables."""
    parts = []
    for title, (registry, told) in REGISTRIES.items():
        rows = [f"| `{entry.key}` | {entry.name} | {cell(entry.sentence)} |" for entry in map(told, registry)]
        parts.append("\n".join([f"**{title}**", "", "| key | name | what it does |", "|---|---|---|", *rows]))
    words = [
        f"| `{e.key}` | {e.symbol} | {e.word} | {cell(e.sentence)} | {e.shape} |" for e in GLOSSARY.values()
    ]
    heads = [
        "**Words**",
        "",
        "| in code and JSON | on the page | word | meaning | shape |",
        "|---|---|---|---|---|",
    ]
    return "\n\n".join([*parts, "\n".join([*heads, *words])])


def cell(text: str) -> str:
    """Return a text that a Markdown table takes."""
    return text.replace("|", "\\|")


def with_tables(text: str) -> str:
    """Return the README with its tables replaced by fresh ones."""
    before, rest = text.split(BEGIN)
    return f"{before}{BEGIN}\n\n{tables()}\n\n{END}{rest.split(END)[1]}"


if __name__ == "__main__":
    README.write_text(with_tables(README.read_text(encoding="utf-8")), encoding="utf-8")
