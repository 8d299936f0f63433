"""What a room looks like to whoever asks, and what its open pages are told."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from typing import NamedTuple

from fastapi import HTTPException
from markupsafe import Markup
from starlette.responses import HTMLResponse, RedirectResponse, Response

from app.classroom.room import room_from
from app.lab.lab import Lab
from app.notation.language import in_language
from app.notation.numbers import in_digits
from app.page.board import Person, Sight, address_of
from app.page.frame import Frame
from app.page.view import View
from app.page.viewer import Viewer
from app.page.work import covered
from app.store.ballots import Vote
from app.store.members import Member
from app.store.rooms import StoredRoom
from app.story.classroom import REFUSED
from app.story.labels import PHASE_NAMES
from app.web.attending import Attending
from app.web.board_pages import board_at, person_of
from app.web.classes import Classes
from app.web.moves import numbers_or_start
from app.web.render import ENVIRONMENT, html
from app.web.replies import rendered
from app.web.strips import is_own, mark_of, now_in, scene_key, strip_of
from app.web.view_query import view_in
from app.web.visitor import Visitor


class Reader(NamedTuple):
    """For whom an open page is written: all that it depends on beside the room."""

    role: str
    viewer: Viewer
    sight: Sight = Sight()  # how a host looks at the board


def for_host(key: Hashable) -> bool:
    """Tell whether a reader sees all that anybody in the room does."""
    return isinstance(key, Reader) and key.role == "host"


def polled(classes: Classes, id: str, key: Reader, seen: str) -> Response:
    """Tell a page that streams do not reach what it would be told; 204 where it shows that already."""
    mark = classes.store.rooms.marks([id]).get(id)
    if mark is not None and mark.name(board=for_host(key)) == seen:
        return Response(status_code=204)
    text = message(classes, id, key) if mark else None
    if text is None:
        raise HTTPException(404, REFUSED["no_room"])
    return HTMLResponse(text, headers={"Cache-Control": "no-store"})


def room_page(classes: Classes, visitor: Visitor, here: Attending) -> Response:
    """Return the page of a room: its door, its board, what the class looks at, or the way to one's own
    network."""
    if here.role == "stranger":
        removed = bool(here.member)
        return html("classroom/join.html", here=here, removed=removed, refused=REFUSED, theme=visitor.theme)
    if here.role == "host":
        return board_page(classes, visitor, here)
    viewer, member = visitor.viewer(may=False), here.member
    assert member
    if here.room.shown and here.room.round is None:
        strip = strip_of(classes.store, here, member)
        people = shown_in(classes, here)
        return html(
            "classroom/shown.html", strip=strip, people=people, phases=PHASE_NAMES, theme=visitor.theme
        )
    if is_own(here):
        member = classes.settled(here.stored, member)
        if not here.room.asking:
            return RedirectResponse(own_address(classes, here, member), 303)
        frame = own_scene(classes, here, member, viewer)
    else:
        frame = scene(classes, here.stored, viewer)
    frame = with_vote(classes, here, member, frame)
    whole = Markup(rendered(frame))
    strip = strip_of(classes.store, here, member)
    if visitor.swapped:
        return html("classroom/_message.html", now=strip.now, mark=strip.mark, code=strip.code, lab=whole)
    return html("lab/page.html", frame=frame, lab=whole, theme=visitor.theme, strip=strip)


def shown_in(classes: Classes, here: Attending) -> list[Person]:
    """Return whose networks are shown to all, as far as they can be drawn; their names are not told."""
    seats = {seat.member.id: seat for seat in classes.store.members.seats(here.stored.id)}
    wanted = [seats[id] for id in here.room.shown if id in seats]
    found = [person_of(classes, seat, 0.0, 0, drawn=True)._replace(id="", name="") for seat in wanted]
    return [one for one in found if one.picture]


def votes_of(classes: Classes, here: Attending, member: Member) -> list[Vote]:
    """Return how somebody has answered the question that is asked, or told."""
    round = here.room.round
    votes = classes.store.ballots.votes(here.stored.id, round.number) if round else []
    return [vote for vote in votes if vote.member == member.id]


def with_vote(classes: Classes, here: Attending, member: Member, frame: Frame) -> Frame:
    """Return what somebody sees with their own answer in it."""
    mine, round = votes_of(classes, here, member), here.room.round
    if round is None:
        return frame
    if round.phase == "reveal" and mine:
        return replace(frame, view=replace(frame.view, answered=mine[-1].answer, sure=mine[-1].sure))
    asking = frame.asking.open
    names = {choice.key: choice.name for choice in asking.choices} if asking else {}
    now = [vote for vote in mine if vote.turn == round.turn]
    return replace(frame, voted=names.get(now[-1].answer, now[-1].answer) if now else "")


def own_address(classes: Classes, here: Attending, member: Member) -> str:
    """Return where somebody steps their own network; in a lesson of the teacher's they are in it too. Where a
    question about it is told, it takes the step first."""
    seen, round = view_in(here.stored.view.encode()), here.room.round
    view = View(lesson=seen.lesson, card=seen.card) if seen.lesson else View()
    stored, lab = classes.own_lab(member)
    place = classes.store.ballots.stood(here.stored.id, round.number, member.id) if round else None
    if round and place is not None and (found := classes.asked_of(round, lab.go(place))):
        if lab.place == place:
            classes.store.labs.move(stored, place=found.there)
        asked, mine = f"{found.there}-{round.question}", votes_of(classes, here, member)
        view = replace(found.view, ask=0, question="", asked=asked)
        view = replace(view, answered=mine[-1].answer, sure=mine[-1].sure) if mine else view
    query = view.query()
    return f"/labs/{member.lab}" + (f"?{query}" if query else "")


def strip(classes: Classes, id: str, key: Hashable) -> str | None:
    """Write down what the open pages of a kind of reader are told from time to time: who is there."""
    assert isinstance(key, Reader)
    stored = classes.store.rooms.get(id)
    if stored is None or key.role == "host":
        return message(classes, id, key)
    with in_language(key.viewer.language):
        return told(classes, Attending(stored, room_from(stored.state), None, host=False), "")


def told(classes: Classes, here: Attending, lab: str) -> str:
    """Write down what a student's open page is told."""
    template = ENVIRONMENT.get_template("classroom/_message.html")
    now, mark = now_in(classes.store, here), mark_of(classes.store, here.stored.id)
    return template.render(now=now, mark=mark, code=here.stored.code, lab=Markup(lab))


def board_page(classes: Classes, visitor: Visitor, here: Attending) -> Response:
    """Return the board, or what an open one is told."""
    seen = board_at(classes, here)
    if visitor.swapped:
        return html("classroom/_told.html", headers={"Cache-Control": "no-store"}, **seen)
    address = address_of(visitor.origin, here.stored.code)
    return html(
        "classroom/board.html",
        headers={"Cache-Control": "no-store"},
        theme=visitor.theme,
        address=address,
        back_to=seen["board"].at(),
        **seen,
    )


def scene(classes: Classes, stored: StoredRoom, viewer: Viewer) -> Frame:
    """Return what everybody in a room sees who does not look at their own network: what is asked, what came
    of it, or what the teacher looks at."""
    room = room_from(stored.state)
    view, vote = view_in(stored.view.encode()), ""
    round = room.round
    if round and not round.own and (found := classes.asked_of(round)):
        lab, view = classes.snapshot(round), found.view
        if round.phase == "reveal":
            lab = lab.go(found.there)
            view = replace(view, ask=0, question="", asked=f"{found.there}-{round.question}")
        elif round.phase == "guess":
            vote = f"/rooms/{stored.code}/vote"
    else:
        _, lab = classes.labs.load(stored.lab)
    return frame_of(classes, stored, lab, view, viewer, vote)


def own_scene(classes: Classes, here: Attending, member: Member, viewer: Viewer) -> Frame:
    """Return what somebody sees who is asked of their own network: their lab would tell more."""
    round, (_, lab) = here.room.round, classes.own_lab(member)
    found = classes.asked_of(round, lab) if round else None
    guessing = found and round and round.phase == "guess"
    vote = f"/rooms/{here.stored.code}/vote" if guessing else ""
    frame = frame_of(classes, here.stored, lab, found.view if found else View(), viewer, vote)
    return replace(frame, own=True)


def frame_of(
    classes: Classes, stored: StoredRoom, lab: Lab, view: View, viewer: Viewer, vote: str = ""
) -> Frame:
    """Return a frame of the room."""
    view = replace(view, play=0, run=0, goal="", undo="", lang="")
    frame = Frame(
        id=stored.lab,
        lab=lab,
        numbers=numbers_or_start(classes.labs.replay, lab),
        view=view,
        viewer=viewer,
        history=classes.labs.history,
        vote=vote,
        ours=True,
        ballot=room_from(stored.state).guessing.replace(".", "-") if vote else "",
        votes=classes.votes(stored, lab),
    )
    return covered(frame, classes.labs.replay.numbers)


def message(classes: Classes, id: str, key: Hashable) -> str | None:
    """Write down what the open pages of a kind of reader are told of a room, None where it has gone."""
    assert isinstance(key, Reader)
    stored = classes.store.rooms.get(id)
    if stored is None:
        return None
    with in_language(key.viewer.language), in_digits(view_in(stored.view.encode()).digits):
        here = Attending(stored, room_from(stored.state), None, key.role == "host", sight=key.sight)
        if here.host:
            return ENVIRONMENT.get_template("classroom/_told.html").render(board_at(classes, here))
        try:
            alike = scene_key(here) == "ours"
            lab = rendered(replace(scene(classes, stored, key.viewer), voted=None)) if alike else ""
        except HTTPException:  # the teacher's lab is gone or damaged: the class goes on
            lab = ""
        return told(classes, here, lab)
