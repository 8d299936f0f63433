"""What is logged and how: as text for people, or a JSON object a line for machines, which names nobody."""

from __future__ import annotations

import json
import logging
import re
import traceback
from datetime import UTC, datetime
from typing import Any

OURS = re.compile(r"/(labs|rooms)/[\w-]+")  # an address of somebody's lab, or of a class
FACTS = ("method", "route", "status", "seconds")  # that a line may come with


class JsonLines(logging.Formatter):
    """Write a record as one line of JSON. Of an error it tells what and where, not with which values."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": OURS.sub(r"/\1/{id}", record.getMessage()),
        }
        line |= {fact: getattr(record, fact) for fact in FACTS if hasattr(record, fact)}
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            frames = traceback.extract_tb(record.exc_info[2])
            line["frames"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        return json.dumps(line)


def log_config(style: str, level: str) -> dict[str, Any]:
    """Return how to log, for logging.config. As JSON a request is told by its route, as text by uvicorn."""
    as_json, heard = style == "json", level.upper()
    text = {"()": "uvicorn.logging.DefaultFormatter", "fmt": "%(levelprefix)s %(message)s"}
    access = {
        "()": "uvicorn.logging.AccessFormatter",
        "fmt": '%(levelprefix)s "%(request_line)s" %(status_code)s',
    }
    told = {"handlers": ["told"], "propagate": False, "level": heard}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"told": {"()": JsonLines} if as_json else text, "asked": access},
        "handlers": {
            "told": {"class": "logging.StreamHandler", "formatter": "told"},
            "asked": {"class": "logging.StreamHandler", "formatter": "asked", "stream": "ext://sys.stdout"},
        },
        "loggers": {
            "blame-game": told,
            "blame-game.requests": {"level": heard if as_json else "CRITICAL"},
            "uvicorn": told,
            "uvicorn.access": {**told, "handlers": [] if as_json else ["asked"]},
        },
        "root": {"handlers": ["told"], "level": "WARNING"},
    }
