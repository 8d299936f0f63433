"""Templates compiled once and kept beside their sources, as Python keeps modules: no start waits again."""

from __future__ import annotations

import shutil
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket

KEPT = "__pycache__"


class Compiled(FileSystemBytecodeCache):
    """Keep what was made of the templates, as long as neither they nor the program change: its filters are
    asked while a template is compiled. Where nothing may be written, nothing is."""

    def __init__(self, templates: Path, program: Path) -> None:
        text = "".join(
            f"{path} {path.stat().st_mtime_ns} {path.stat().st_size}\n"
            for path in sources(templates, program)
        )
        super().__init__(str(templates / KEPT / sha256(text.encode()).hexdigest()[:16]), "%s")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what is kept, if anything is."""
        with suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep one; what was kept of an older program goes."""
        folder = Path(self.directory)
        with suppress(OSError):
            if not folder.exists():
                shutil.rmtree(folder.parent, ignore_errors=True)
                folder.mkdir(parents=True, exist_ok=True)
            super().dump_bytecode(bucket)


def sources(templates: Path, program: Path) -> list[Path]:
    """Return the files of which a compiled template is made."""
    found = [
        *program.rglob("*.py"),
        *program.rglob("*.po"),
        *(path for path in templates.rglob("*") if path.is_file()),
    ]
    return sorted(path for path in found if KEPT not in path.parts)
