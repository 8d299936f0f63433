"""Behind https: browsers are told to stay there, and to send our cookies nowhere else."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

STAY = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")


class Https:
    """Wrap the whole application. Whether a request came by https says the connection, or a proxy that is
    trusted (FORWARDED_ALLOW_IPS)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope.get("scheme") != "https":
            return await self.app(scope, receive, send)

        async def secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [
                    (name, value + b"; Secure" if name.lower() == b"set-cookie" else value)
                    for name, value in message["headers"]
                ]
                message = {**message, "headers": [*headers, STAY]}
            await send(message)

        await self.app(scope, receive, secured)
