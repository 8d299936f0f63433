"""The answers are those that the OpenAPI schema tells of, asked by schemathesis with all of its checks."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.wire.program import program

ALL = os.environ.get("SCHEMA") == "all"  # every phase and more examples: half a minute
HOW = ["--max-examples", "40"] if ALL else ["--max-examples", "8", "--phases", "fuzzing,stateful"]


def test_whatever_the_schema_allows_or_forbids_is_answered_as_it_says(tmp_path: Path) -> None:
    """It runs in a process of its own, since it brings plugins and warnings of its own."""
    asks = [Path(sys.executable).with_name("schemathesis")]
    asks += ["--config-file", Path(__file__).with_name("schemathesis.toml"), "run"]
    with program(tmp_path) as here:
        done = subprocess.run(
            [*asks, f"http://127.0.0.1:{here.port}/openapi.json", "--checks", "all", "--seed", "1", *HOW],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr
    asked = re.search(r"(\d+) generated", done.stdout)
    assert asked
    assert int(asked[1]) > 200
