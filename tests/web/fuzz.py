"""Hostile requests by a seed, sent straight through ASGI: cheap enough for very many."""

from __future__ import annotations

import json
from random import Random
from typing import Any
from urllib.parse import quote_from_bytes, urlencode

from app.web import datasets
from app.web.recipe_form import REGISTRIES, RecipeForm
from tests.web.straight import Asked

NASTY = [
    "", " ", "0", "-1", "1", "2", "3", "7", "9" * 30, "1e3", "1e999", "-0.0", "NaN", "-inf", "0x10", "1,5",
    "1.5", "½", "١", "null", "true", "[]", "{}", '"', "'", "\x00", "\x7f", "\ud7ff", "🧠",
    "<script>alert(1)</script>", "%00", "../../etc/passwd", "a" * 3000, "∂C/∂w", "a\r\nb: c", "layer",
    "n-1-1", "w-1-1-1", "eta", "example", "xor", "1,2\n3,4", "1_0.5_0 0_0_0", "own-000000000000000000000000",
    "1," * 300, "5, 5", "learned", "surface", "model", "race", "[[1, \"eta\", 1]]",
]  # fmt: skip
NUMBERS = {
    "at": 40,
    "to": 60,
    "place": 60,
    "example": 5,
    "speed": 4,
    "iterations": 20,
    "iteration": 20,
    "far": 30,
}
FORMS = {
    "/labs": [*RecipeForm.model_fields, "place"],
    "/labs/{id}/change": ["what", "value"],
    "/labs/{id}/reshape": ["hidden"],
    "/labs/{id}/dials": ["text", "take", "file"],
    "/labs/{id}/visit": ["iteration"],
    "/labs/{id}/skip": ["below"],
    "/labs/load": ["text", "file"],
    "/exercise": [
        "layers",
        "examples",
        "dials",
        "activation",
        "output",
        "cost",
        "eta",
        "biases",
        "take",
        "digits",
    ],
    "/theme": ["to", "back_to"],
    "/data/points": ["points", "kept"],
    "/data/table": [*datasets.USUAL, "file", "kept", "seen", "asked"],
}
KINDS = ["application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
         "multipart/form-data", "text/plain", "", "application/json; charset=utf-16"]  # fmt: skip
ACCEPTED = ["application/json"] * 16 + ["text/html", "text/html", "*/*", "", "a/b;q=\xff"]
METHODS = ["GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "BREW"]


class Fuzzer:
    """Think of requests by chance."""

    def __init__(self, seed: int, schema: dict[str, Any]) -> None:
        self.chance = Random(seed)
        self.operations = [
            (path, method.upper(), operation)
            for path, operations in schema["paths"].items()
            for method, operation in operations.items()
        ]

    def text(self) -> str:
        """Return some text."""
        if self.chance.random() < 0.7:
            return self.chance.choice(NASTY)
        return "".join(
            chr(self.chance.choice((self.chance.randrange(32, 127), self.chance.randrange(0xD7FF))))
            for _ in range(self.chance.randrange(9))
        )

    def value(self, name: str, schema: dict[str, Any]) -> str:
        """Return a field's text: one of its choices, a number, or anything."""
        if self.chance.random() < 0.25:
            return self.text()
        if name in NUMBERS:
            return str(self.chance.randrange(NUMBERS[name]))
        if name in REGISTRIES:
            return self.chance.choice([*REGISTRIES[name]])
        return self.chance.choice(schema["enum"]) if "enum" in schema else self.text()

    def query(self, path: str, operation: dict[str, Any], at: int) -> bytes:
        """Return a query string; `at` is mostly there, and right every other time."""
        found = {}
        for field in operation.get("parameters", []):
            if field["in"] == "query" and (self.chance.random() < 0.1 or field.get("required")):
                found[field["name"]] = self.value(field["name"], field["schema"])
        if "at" in found and self.chance.random() < 0.5:
            found["at"] = str(at)
        if path in ("/recipe", "/at", "/data"):
            names = self.chance.sample([*RecipeForm.model_fields, "resize", "x"], 3)
            found |= {name: self.value(name, {}) for name in names}
        raw = urlencode(found, errors="surrogatepass").encode()
        return raw if self.chance.random() < 0.95 else raw + b"&" + self.chance.randbytes(9)

    def junk(self, depth: int = 3) -> Any:
        """Return any JSON."""
        kind = self.chance.randrange(8 if depth else 5)
        if kind < 5:
            return (None, self.chance.random() < 0.5, self.chance.randrange(-3, 10**9), 1e308, self.text())[
                kind
            ]
        parts = [self.junk(depth - 1) for _ in range(self.chance.randrange(4))]
        return parts if kind == 5 else {self.text(): part for part in parts}

    def recipe(self) -> dict[str, Any]:
        """Return a recipe in which most fields are good and some are anything at all."""
        found: dict[str, Any] = {}
        for name in self.chance.sample([*RecipeForm.model_fields, "x"], self.chance.randrange(5)):
            good = (
                self.chance.choice([*REGISTRIES[name]]) if name in REGISTRIES else self.chance.randrange(1, 4)
            )
            sizes = [self.chance.randrange(4) for _ in range(self.chance.randrange(4))]
            found[name] = self.chance.choice([good, good, sizes, self.junk()])
        return found

    def told_to_a_class(self, operation: dict[str, Any], lab: str) -> tuple[bytes, str]:
        """Return a body for a room, of which most fields are good."""
        content = operation.get("requestBody", {"content": {}})["content"]
        fields, found = content.get("application/json", {}).get("schema", {}).get("properties", {}), {}
        for name, schema in fields.items():
            kinds = {"boolean": self.chance.random() < 0.3, "integer": self.chance.randrange(1, 6)}
            good = (
                lab
                if name == "lab"
                else kinds.get(schema.get("type"), self.chance.choice(["rises", "n-1-1"]))
            )
            good = self.chance.choice(schema["enum"]) if "enum" in schema else good
            if self.chance.random() < 0.9:
                found[name] = good if self.chance.random() < 0.85 else self.junk(1)
        if self.chance.random() < 0.5:
            return json.dumps(found).encode(), KINDS[0]
        return urlencode(found, errors="surrogatepass").encode(), KINDS[1]

    def body(self, path: str) -> tuple[bytes, str]:
        """Return a body and its type."""
        dice = self.chance.random()
        if dice < 0.1:
            return self.chance.randbytes(self.chance.randrange(60)), self.chance.choice(KINDS)
        if dice < 0.3 or (path in ("/labs", "/labs/load") and dice < 0.7):
            made = {"recipe": self.recipe(), "place": self.junk(0)} if path == "/labs/load" else self.recipe()
            text = json.dumps(made if dice > 0.15 else self.junk())
            return text.encode(), self.chance.choice(["application/json"] * 9 + KINDS)
        names = self.chance.choices([*FORMS.get(path, ["x"]), "x"], k=self.chance.randrange(1, 5))
        fields = [(name, self.value(name, {})) for name in names]
        if dice < 0.4:
            parts = [
                f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'
                for name, text in fields
            ]
            return ("".join(parts) + "--x--\r\n").encode("utf-8", "surrogatepass"), KINDS[2]
        return urlencode(fields, errors="surrogatepass").encode(), KINDS[1]

    def request(self, lab: str, cookie: str, at: int, code: str = "", token: str = "") -> Asked:
        """Return a request, mostly one that an operation expects, about a lab whose owner has a cookie, or
        about a room whose host has a token."""
        pattern, method, operation = self.chance.choice(self.operations)
        if pattern == "/" and self.chance.random() < 0.9:  # the dearest of all
            pattern, method, operation = self.chance.choice(self.operations)
        dice = self.chance.random()
        id = lab if dice < 0.6 else self.chance.choice([self.text(), "a" * 12, "own"])
        room = code if dice < 0.8 else self.chance.choice([self.text(), "BBBBBB"])
        path = (pattern.replace("{id}", id).replace("{code}", room)).replace(
            "{kind}", self.chance.choice(["json", "svg", "numpy", "x"])
        )
        meant = method
        if self.chance.random() < 0.45:  # astray: these cost next to nothing
            path = self.chance.choice([f"/{self.text()}", f"{path}/{self.text()}", path[:-1] or "/a"])
            method, meant = self.chance.choice(METHODS), ""
        method = method if self.chance.random() < 0.93 else self.chance.choice(METHODS)
        astray = "{code}" in pattern and room != code
        if method != meant or astray or (not id.isalnum() and id != lab):  # another route has it, or none
            operation = {**operation, "responses": {}}
        headers = [(b"host", b"labs.test"), (b"accept", self.chance.choice(ACCEPTED).encode("latin-1"))]
        if self.chance.random() < 0.9:
            headers.append((b"cookie", cookie.encode()))
        if self.chance.random() < 0.1:
            name = self.chance.choice(
                ["origin", "sec-fetch-site", "hx-request", "accept-encoding", "cookie", "hx-source"]
            )
            headers.append(
                (name.encode(), quote_from_bytes(self.text().encode("utf-8", "surrogatepass")).encode())
            )
        if token and self.chance.random() < 0.7:
            headers.append((b"authorization", f"Bearer {token}".encode()))
        body, kind = self.body(pattern) if method == "POST" else (b"", "")
        if method == "POST" and pattern.startswith("/rooms") and self.chance.random() < 0.8:
            body, kind = self.told_to_a_class(operation, lab)
        if body:
            headers += [(b"content-type", kind.encode()), (b"content-length", str(len(body)).encode())]
        return Asked(method, path, self.query(pattern, operation, at), headers, body, operation)
