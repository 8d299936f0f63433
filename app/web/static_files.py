"""Static files, from memory: whoever asks for one waits for nobody, neither a thread nor the store."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from app.web.render import DEV, STATIC

FOR_EVER, ASK_AGAIN = "public, max-age=31536000, immutable", "no-cache"


class File(NamedTuple):
    """A file as it is sent."""

    content: bytes
    kind: str
    etag: str


def read(path: Path) -> File:
    """Read a file."""
    content, kind = path.read_bytes(), mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return File(content, kind, f'"{sha256(content).hexdigest()[:24]}"')


def all_files() -> dict[str, Path]:
    """Return what may be asked for, by its address below /static."""
    return {path.relative_to(STATIC).as_posix(): path for path in STATIC.rglob("*") if path.is_file()}


kept: Callable[[Path], File] = read if DEV else cache(read)
named: Callable[[], dict[str, Path]] = all_files if DEV else cache(all_files)


async def static_files(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with a file; one whose address is marked with its content may be kept for ever. Raise
    HTTPException where there is none of this name."""
    if scope["method"] not in ("GET", "HEAD"):
        raise HTTPException(405)
    path = named().get(scope["path"].removeprefix(scope.get("root_path", "")).removeprefix("/"))
    if path is None:
        raise HTTPException(404)
    file, marked = kept(path), scope["query_string"].startswith(b"v=")
    headers = {"ETag": file.etag, "Cache-Control": FOR_EVER if marked else ASK_AGAIN}
    if file.etag in Headers(scope=scope).get("if-none-match", ""):
        return await Response(status_code=304, headers=headers)(scope, receive, send)
    content = file.content if scope["method"] == "GET" else b""
    await Response(content, media_type=file.kind, headers=headers)(scope, receive, send)
