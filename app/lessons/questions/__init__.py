"""The questions asked before a step. To add one: an entry in one of these modules, and a line here."""

from __future__ import annotations

from app.lessons.questions.ahead import SIDE, UNPLUG
from app.lessons.questions.home import BLAMED, CHOKED, LEFT, LOUDEST, WIRE
from app.lessons.questions.onward import ELSEWHERE, FALLS, RATE
from app.lessons.questions.weight import AMOUNT, WAY

QUESTIONS = {
    question.key: question
    for question in (SIDE, BLAMED, WAY, WIRE, LOUDEST, CHOKED, LEFT, FALLS, ELSEWHERE, RATE, AMOUNT, UNPLUG)
}
