"""`start`: from `python -m app` to the first healthy answer."""

from __future__ import annotations

from tempfile import TemporaryDirectory

from tests.benchmarks.report import against, percentile, table
from tests.benchmarks.server import starting

TIMES = 5
LIMIT = 2  # seconds


def run() -> None:
    """Measure and print. The first start is not counted: it may have to compile and to make the database."""
    found = []
    with TemporaryDirectory() as folder:
        for _ in range(TIMES + 1):
            with starting(folder) as server:
                found.append(server.wait())
    first, *warm = found
    row = ("python -m app", f"{first:.2f}", against(percentile(warm, 0.5), LIMIT, 2), f"{max(warm):.2f}")
    table(f"start: seconds to 200 on /livez, {TIMES} warm starts", ("", "first", "median", "worst"), [row])
