"""Behind https: told to stay, cookies for https alone; whoever merely says so is not believed."""

from __future__ import annotations

import re

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


async def test_what_the_observatory_asks_of_a_site_behind_https_holds(app: FastAPI) -> None:
    """Mozilla's scanner gave A+ (120 points); these are its checks, without the proxy's redirect."""
    behind = ProxyHeadersMiddleware(app, trusted_hosts="10.0.0.9")
    transport = ASGITransport(behind, client=("10.0.0.9", 1234))
    headers = {"x-forwarded-proto": "https", "accept": "text/html"}
    async with AsyncClient(transport=transport, base_url="http://labs.test", headers=headers) as client:
        lab = (await client.post("/labs")).headers["location"]
        asked = {"origin": "https://elsewhere.test", "access-control-request-method": "GET"}
        assert "access-control-allow-origin" not in (await client.options("/", headers=asked)).headers
        for path in ("/", "/recipe", "/exercise", "/data", "/nowhere", lab):
            answer = await client.get(path, headers={"origin": "https://elsewhere.test"})
            policy = answer.headers["content-security-policy"].split(";")
            parts = dict(part.strip().split(" ", 1) for part in policy)
            assert [parts[name] for name in ("default-src", "base-uri", "frame-ancestors")] == ["'none'"] * 3
            assert parts["form-action"] == parts["script-src"] == parts["style-src"] == "'self'"
            assert not [part for part in parts.values() if "unsafe" in part or "http" in part or "*" in part]
            assert int(answer.headers["strict-transport-security"].split(";")[0][8:]) >= 180 * 24 * 3600
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["x-frame-options"] == "DENY"
            assert answer.headers["referrer-policy"] == "same-origin"
            assert "access-control-allow-origin" not in answer.headers
            scripts = re.findall(r"<script[^>]*", answer.text)
            assert scripts
            assert all('src="/static/' in script for script in scripts)
