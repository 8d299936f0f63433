"""Behind https: told to stay, cookies for https alone; whoever merely says so is not believed."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

pytestmark = pytest.mark.anyio
STAY = "max-age=31536000; includeSubDomains"


@pytest.mark.parametrize(("proxy", "believed"), [("10.0.0.9", True), ("10.0.0.8", False)])
async def test_only_a_trusted_proxy_makes_it_https(app: FastAPI, proxy: str, believed: bool) -> None:
    behind = ProxyHeadersMiddleware(app, trusted_hosts="10.0.0.9")
    transport = ASGITransport(behind, client=(proxy, 1234))
    headers = {"x-forwarded-proto": "https", "accept": "text/html"}
    async with AsyncClient(transport=transport, base_url="http://labs.test", headers=headers) as client:
        made = await client.post("/labs")
        themed = await client.post("/theme", data={"to": "dark"})
        refused = await client.post("/labs", headers={"origin": "http://evil.test"})
        for answer in (made, themed, refused, await client.get("/"), await client.get("/static/keys.js")):
            assert answer.headers.get("strict-transport-security") == (STAY if believed else None)
        for answer in (made, themed):
            (cookie,) = answer.headers.get_list("set-cookie")
            assert cookie.endswith("; Secure") is believed
            assert "HttpOnly" in cookie
            assert "SameSite=lax" in cookie


async def test_plain_http_stays_as_it_is(browser: AsyncClient) -> None:
    made = await browser.post("/labs")
    assert "strict-transport-security" not in made.headers
    assert "Secure" not in made.headers["set-cookie"]
