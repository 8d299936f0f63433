"""The few settings. All come from the environment, all may be left out, all are checked at the start."""

from __future__ import annotations

import importlib.util
import os
import re
from collections.abc import Mapping
from ipaddress import ip_network
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

DATABASES = "sqlite:///FILE or postgresql://USER:PASSWORD@SERVER/DATABASE"
ORIGIN = re.compile(r"(?P<origin>https?://([a-z0-9.-]+|\[[0-9a-f:.]+\])(:(?P<port>\d{1,5}))?)/?", re.I | re.A)
POSTGRES = {"postgres", "postgresql", "postgresql+psycopg"}


class WrongSettings(Exception):
    """Say what is wrong with the environment, one sentence for each variable."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Settings(BaseModel):
    """Hold what can be set: a field's name in capitals is its variable, its description what it must be."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    host: str = Field(
        "127.0.0.1", pattern=r"^\S+$", description="an address of this machine, or 0.0.0.0 for all of them"
    )
    port: int = Field(8000, ge=1, le=65535, description="a whole number from 1 to 65535")
    database_url: str = Field("sqlite:///data/blame-game.sqlite3", description=DATABASES, repr=False)
    keep_days: int = Field(30, ge=1, le=3650, description="a whole number of days from 1 to 3650")
    room_days: int = Field(7, ge=1, le=365, description="a whole number of days from 1 to 365")
    workers: int = Field(
        1,
        ge=1,
        le=64,
        description="a whole number of processes from 1 to 64, or auto: one for each processor",
    )
    log_level: Literal["critical", "error", "warning", "info", "debug"] = Field(
        "info", description="critical, error, warning, info or debug"
    )

    log_format: Literal["text", "json"] = Field("text", description="text or json")
    metrics_port: int = Field(
        0, ge=0, le=65535, description="a whole number from 1 to 65535, or 0 for no metrics"
    )
    forwarded_allow_ips: str = Field(
        "127.0.0.1",
        description="addresses of proxies that are believed, with commas between them, or * for all",
    )

    public_url: str = Field(
        "",
        description="the address others reach it by, such as https://blame.example or http://10.0.0.7:8000, "
        "without a path",
    )

    @field_validator("public_url")
    @classmethod
    def _origin(cls, text: str) -> str:
        found = ORIGIN.fullmatch(text)
        if found is None or int(found["port"] or 1) not in range(1, 65536):
            raise ValueError(f"but is {text!r}")
        return found["origin"].lower()

    @field_validator("forwarded_allow_ips")
    @classmethod
    def _addresses(cls, text: str) -> str:
        for part in [] if text == "*" else text.split(","):
            try:
                ip_network(part.strip())
            except ValueError:
                raise ValueError(f"but {part.strip()!r} is none") from None
        return text

    @field_validator("log_format", mode="before")
    @classmethod
    def _small(cls, style: str) -> str:
        return style.lower()

    @field_validator("log_level", mode="before")
    @classmethod
    def _small_letters(cls, level: str) -> str:
        return level.lower()

    @field_validator("workers", mode="before")
    @classmethod
    def _processors(cls, text: object) -> object:
        return min(64, os.cpu_count() or 1) if text == "auto" else text

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, text: str) -> str:
        if text.count("@") > 1:  # what follows the first would be taken for the server, and named in messages
            raise ValueError("but has more than one @: write %40 for one in a password")
        try:
            url = make_url(text)
        except (ArgumentError, ValueError):
            raise ValueError("but cannot be read as an address") from None
        if url.drivername == "sqlite":
            return _sqlite(url)
        if url.drivername in POSTGRES:
            return _postgres(url)
        raise ValueError(f"but begins with {url.drivername}:")


def _sqlite(url: URL) -> str:
    if url.host or url.query or not url.database or url.database == ":memory:":
        raise ValueError("but names no file: after three slashes comes its path, and that is all")
    return url.render_as_string(hide_password=False)


def _postgres(url: URL) -> str:
    if importlib.util.find_spec("psycopg") is None:
        raise ValueError('but PostgreSQL needs a driver that is not installed: pip install "psycopg[binary]"')
    return url.set(drivername="postgresql+psycopg").render_as_string(hide_password=False)


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Read the settings from `environ`; an empty variable counts as not set. Raise WrongSettings.

    >>> read_settings({"PORT": "8001", "HOST": ""}).port
    8001
    """
    given = {name: environ[name.upper()] for name in Settings.model_fields if environ.get(name.upper())}
    try:
        return Settings.model_validate(given)
    except ValidationError as wrong:
        sentences = [_sentence(str(e["loc"][0]), given, e.get("ctx", {})) for e in wrong.errors()]
        raise WrongSettings(sentences) from None


def _sentence(name: str, given: Mapping[str, str], context: Mapping[str, object]) -> str:
    but = context.get("error", f"but is {given[name]!r}")  # an address has its own: passwords
    return f"{name.upper()} must be {Settings.model_fields[name].description}, {but}."
