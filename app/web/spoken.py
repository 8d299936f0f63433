"""Which language an answer is in: the one its address asks for, else the one that was chosen here, else the
browser's."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Literal
from urllib.parse import parse_qs

from fastapi import APIRouter, Form
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.lab.budget import unbounded
from app.notation.language import LANGUAGES, SOURCE, in_language, spoken
from app.notation.numbers import DIGITS, in_digits
from app.web.openapi import FOREIGN
from app.web.visitor import YEAR, safe_path

COOKIE, ASKED = "language", b"lang="
router = APIRouter()


class Spoken:
    """Wrap the whole application: whatever answers speaks one language, and says which. What a route chooses
    besides, digits and how long it works, ends with its answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)

        async def saying(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html"):
                    headers["Content-Language"] = spoken()
                    headers.add_vary_header("Accept-Language, Cookie")
                    if held:
                        headers.append("Set-Cookie", held)
            await send(message)

        headers = Headers(scope=scope)
        query, cookies = scope["query_string"], headers.get("cookie", "")
        language = language_in(query, cookies, headers.get("accept-language", "")[:200])
        with in_language(language), in_digits(DIGITS[0]), unbounded():
            held = held_by(query, cookies, spoken())
            await self.app(scope, receive, saying)


@lru_cache(maxsize=1024)
def language_in(query: bytes, cookies: str, accepted: str) -> str:
    """Return the key of the language that is wanted.

    >>> language_in(b"lang=de", "language=en", "en"), language_in(b"", "language=de", "en")
    ('de', 'de')
    >>> language_in(b"", "", "fr, en;q=0.5, de-CH;q=0.8"), language_in(b"lang=xx", "", "fr")
    ('de', 'en')
    """
    if ASKED in query:
        asked = parse_qs(query.decode("latin-1")).get("lang", [""])[-1]
        if asked in LANGUAGES:
            return asked
    chosen = cookie_parser(cookies).get(COOKIE, "")
    if chosen in LANGUAGES:
        return chosen
    wishes = []
    for at, wish in enumerate(accepted.lower().split(",")):
        name, _, weight = wish.partition(";q=")
        key = name.strip().partition("-")[0]
        if key in LANGUAGES and weight.strip() not in ("0", "0.0"):
            wishes.append((-weighed(weight), at, key))
    return min(wishes)[2] if wishes else SOURCE


def held_by(query: bytes, cookies: str, key: str) -> str:
    """Return the cookie that lets an address's language hold as long as the browser is open, "" where no
    address asks for one, or one was chosen.

    >>> held_by(b"lang=de", "", "de"), held_by(b"lang=de", "language=en", "de"), held_by(b"", "", "de")
    ('language=de; Path=/; HttpOnly; SameSite=lax', '', '')
    """
    asked = ASKED + key.encode() in query and COOKIE not in cookie_parser(cookies)
    return f"{COOKIE}={key}; Path=/; HttpOnly; SameSite=lax" if asked else ""


def weighed(weight: str) -> float:
    """Return how much a language is wanted, 1 where nothing is said."""
    try:
        return float(weight) if weight else 1.0
    except ValueError:
        return 0.0


@router.post("/language", status_code=303, response_class=RedirectResponse, responses=FOREIGN)
def language(to: Annotated[Literal["en", "de"], Form()], back_to: Annotated[str, Form()] = "/") -> Response:
    """Choose a language for this browser; the address one goes back to asks for none."""
    path, mark, query = safe_path(back_to).partition("?")
    kept = "&".join(part for part in query.split("&") if not part.startswith("lang="))
    answer = RedirectResponse(path + mark * bool(kept) + kept, 303)
    answer.set_cookie(COOKIE, to, max_age=YEAR, samesite="lax", httponly=True)
    return answer
