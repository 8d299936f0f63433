"""What whoever opened a room needs: to be known again, and a class that looks at what they look at."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, HTTPException
from starlette.responses import Response

from app.page.view import View
from app.story.classroom import REFUSED
from app.web.attending import DAY, ROOM_COOKIE, Attending, Here, host_cookie


async def hosted(here: Here) -> Attending:
    """Return the room that is asked for by its host; 403 for anybody else."""
    if not here.host:
        raise HTTPException(403, REFUSED["not_host"])
    return here


Hosted = Annotated[Attending, Depends(hosted)]


def hosting(reply: Response, id: str, token: str, days: int) -> Response:
    """Return the answer that makes this browser the host of a room."""
    for name, value in ((host_cookie(id), token), (ROOM_COOKIE, id)):
        reply.set_cookie(name, value, max_age=days * DAY, httponly=True, samesite="lax")
    return reply


def looked(view: View) -> str:
    """Return how a class looks at a lab when its teacher looks at it this way."""
    return view.query(play=0, run=0, goal="", undo="")
