"""What happens in rooms is told to their open pages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Hashable

from starlette.responses import StreamingResponse

from app.store.store import Store


class Hub:
    """Tell open pages what happens."""

    def __init__(
        self,
        store: Store,
        render: Callable[[str, Hashable], str | None],
        *,
        boards: Callable[[Hashable], bool],
    ) -> None:
        self.store, self.render, self.boards = store, render, boards

    def poke(self, room_id: str) -> None:
        """Wake the pages of a room."""

    async def stream(self, room_id: str, key: Hashable, owner: str, last: str = "") -> AsyncIterator[str]:
        """Tell one page."""
        yield f"data: {self.render(room_id, key)}\n\n"


def events_response(pieces: AsyncIterator[str]) -> StreamingResponse:
    """Return a stream of events."""
    return StreamingResponse(pieces, media_type="text/event-stream")
