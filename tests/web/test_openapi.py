"""The OpenAPI schema: it holds together, and tells what every field of a moment is and which shape it has."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from httpx import AsyncClient

from app.main import create_app
from app.settings import Settings
from app.web.recipe_form import REGISTRIES
from tests.web.visitor import make, press

pytestmark = pytest.mark.anyio
VERBS = ["next", "forward", "backward", "descent", "back", "go", "change", "copy", "reshape"]
SHAPES = {
    "MomentJSON": {
        "x": "(n_0, m)",
        "y": "(n_L, m)",
        "z": "(n_l, m)",
        "a": "(n_l, m)",
        "received": "(n_l, m)",
        "delta": "(n_l, m)",
        "cost": "mean",
        "nabla": "mean",
        "place": "`at`",
        "examples": "from 1",
        "recipe": "/labs",
    },
    "Dials": {"w": "(n_l, n_{l−1})", "b": "(n_l, 1)"},
    "NetworkPart": {"sizes": "n_0"},
    "MomentPart": {"layer": "last", "neuron": "from 1"},
}


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The schema of an application."""
    file = tmp_path_factory.mktemp("openapi") / "labs.sqlite3"
    app = create_app(Settings(database_url=f"sqlite:///{file}"))
    app.state.labs.store.close()
    return json.loads(json.dumps(app.openapi()))


def within(part: Any) -> Iterator[dict[str, Any]]:
    """Yield every object inside."""
    if isinstance(part, dict):
        yield part
    for inner in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from within(inner)


async def test_the_schema_is_published_as_it_is(program: AsyncClient, schema: dict[str, Any]) -> None:
    assert (await program.get("/openapi.json")).json() == schema


def test_every_reference_leads_somewhere(schema: dict[str, Any]) -> None:
    references = {part["$ref"] for part in within(schema) if "$ref" in part}
    assert references <= {f"#/components/schemas/{name}" for name in schema["components"]["schemas"]}


def test_no_choice_is_offered_that_is_always_refused(schema: dict[str, Any]) -> None:
    body = schema["paths"]["/labs"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    fields = body["properties"]
    for name in ("activation", "output"):
        offered = next(part["enum"] for part in within(fields[name]) if "enum" in part)
        assert offered == list(REGISTRIES[name])
    for part in within(fields["activation"]):
        assert "softmax" not in part.get("enum", [])


@pytest.mark.parametrize("model", ["MomentJSON", "MomentPart", "NetworkPart", "Dials", "ProblemJSON"])
def test_every_field_of_an_answer_has_a_description(schema: dict[str, Any], model: str) -> None:
    for name, field in schema["components"]["schemas"][model]["properties"].items():
        assert field.get("description"), f"{model}.{name}"


@pytest.mark.parametrize("model", SHAPES)
def test_the_shapes_of_arrays_are_named(schema: dict[str, Any], model: str) -> None:
    for field, shape in SHAPES[model].items():
        assert shape in schema["components"]["schemas"][model]["properties"][field]["description"]


async def test_a_moment_has_exactly_the_fields_that_are_documented(
    program: AsyncClient, schema: dict[str, Any]
) -> None:
    documented = schema["components"]["schemas"]["MomentJSON"]
    lab = await make(program)
    for place in range(12):
        found = (await press(program, lab, "go", max(0, place - 1), to=place)).json()
        assert set(found) == set(documented["properties"]) == set(documented["required"])
        assert set(found["moment"]) == {"phase", "layer", "neuron"}


def test_making_a_lab_documents_every_field_with_its_choices_and_limits(schema: dict[str, Any]) -> None:
    body = schema["paths"]["/labs"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    names = {
        "data",
        "hidden",
        "activation",
        "output",
        "cost",
        "optimiser",
        "eta",
        "initialiser",
        "seed",
        "batch",
        "regulariser",
        "decay",
        "size",
        "noise",
        "data_seed",
        "test",
        "biases",
        "held",
        "parameters",
        "changes",
    }
    assert set(body["properties"]) == names
    assert body["additionalProperties"] is False
    for name, field in body["properties"].items():
        assert field["description"], name
    for name, registry in REGISTRIES.items():
        choices = next(part["enum"] for part in within(body["properties"][name]) if "enum" in part)
        assert set(registry) <= set(choices)
    assert (body["properties"]["eta"]["exclusiveMinimum"], body["properties"]["eta"]["maximum"]) == (0, 100.0)
    own = next(part for part in within(body["properties"]["data"]) if part.get("title") == "Own examples")
    assert (
        set(own["properties"])
        == {*own["required"], "note", "classes", "columns"}
        == {"inputs", "targets", "note", "classes", "columns"}
    )
    assert [own["properties"][part]["maxItems"] for part in ("inputs", "targets")] == [500, 500]
    assert [own["properties"][part]["items"]["maxItems"] for part in ("inputs", "targets")] == [16, 10]
    dials = next(
        part for part in within(body["properties"]["parameters"]) if part.get("title") == "ParametersForm"
    )
    assert all(dials["properties"][kind]["description"] for kind in "wb")


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_documents_its_answers_and_what_it_takes(schema: dict[str, Any], verb: str) -> None:
    route = schema["paths"][f"/labs/{{id}}/{verb}"]["post"]
    assert route["description"]
    assert {"200", "303", "403", "404", "409", "422"} <= set(route["responses"])
    for status in ("403", "404", "409", "422"):
        assert "ProblemJSON" in json.dumps(route["responses"][status])
    taken = {field["name"]: field.get("description") for field in route["parameters"]}
    wanted = {"go": "at to", "copy": "pace", "reshape": "pace", "back": "at pace", "change": "at"}
    assert all(taken[name] for name in wanted.get(verb, "at pace stride").split())
