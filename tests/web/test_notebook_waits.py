"""A notebook waits where the server asks it to."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest

from tests.web.notebook import fetched, served
from tests.web.notebook_models import LISTS, X, Y


def test_a_loop_over_many_networks_waits_where_the_server_asks_it_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with served(tmp_path) as address:
        blame_game, waited = fetched(address, tmp_path), []
        opener = blame_game.build_opener

        def busy_at_first(*handlers: Any) -> Any:
            found = opener(*handlers)
            opened, left = found.open, [(429, "2"), (503, "0")]

            def open(request: Any, **more: Any) -> Any:
                if not left:
                    return opened(request, **more)
                code, after = left.pop()
                body = BytesIO(json.dumps({"detail": "Not yet."}).encode())
                raise HTTPError(request.full_url, code, "", {"Retry-After": after}, body)

            found.open = open
            return found

        monkeypatch.setattr(blame_game, "build_opener", busy_at_first)
        monkeypatch.setattr(blame_game, "sleep", waited.append)
        assert blame_game.show(LISTS, X, Y, browser=False).moment["place"] == 0
        assert waited == [0, 2]
        monkeypatch.setattr(blame_game, "PATIENCE", 0)
        with pytest.raises(blame_game.CannotShow, match="Not yet"):
            blame_game.show(LISTS, X, Y, browser=False)
