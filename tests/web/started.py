"""A program that starts with entries of its own in the registries, and says what a visitor is then given."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from typing import Any

from httpx import ASGITransport, AsyncClient

from tests.story.functions.added import PREPARED, UNPREPARED


async def visited(recipe: dict[str, Any]) -> dict[str, str]:
    """Return the recipe page and, of a lab at the end of its first iteration, page and NumPy script."""
    from app.main import create_app
    from app.settings import Settings

    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(database_url=f"sqlite:///{folder}/labs.sqlite3"))
        async with app.router.lifespan_context(app):
            asked: Any = {"transport": ASGITransport(app), "base_url": "http://labs.test"}
            program = AsyncClient(**asked, headers={"accept": "application/json"})
            browser = AsyncClient(**asked, headers={"accept": "text/html"})
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
