"""The files that start the program in containers: nothing is said twice, everything is limited, and of the
fleet each replica is behind the door."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
FILES = sorted(path.name for path in ROOT.glob("compose*.yaml"))


class Once(yaml.SafeLoader):
    """A reader that takes no key twice, as Compose does."""


def mapping(loader: Once, node: yaml.MappingNode) -> dict[str, Any]:
    names = [loader.construct_object(key) for key, _ in node.value]
    assert len(names) == len(set(names)), f"said twice: {names}"
    return loader.construct_mapping(node, deep=True)


Once.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, mapping)
Once.add_constructor("!reset", lambda loader, node: None)


def read(name: str) -> dict[str, Any]:
    """Read a file, with each service it takes from another one."""
    found = yaml.load((ROOT / name).read_text(encoding="utf-8"), Once)
    services = found["services"]
    for key, service in services.items():
        if other := service.get("extends"):
            base = read(other["file"])["services"][other["service"]]
            environment = base["environment"] | service.get("environment", {})
            services[key] = base | service | {"environment": environment}
    return found


@pytest.mark.parametrize("name", FILES)
def test_every_service_has_its_limits_and_no_more_rights_than_it_needs(name: str) -> None:
    services = read(name)["services"]
    assert services
    for key, service in services.items():
        assert {"mem_limit", "pids_limit", "cpus", "logging", "stop_grace_period"} <= service.keys(), key
        assert service["cap_drop"] == ["ALL"], key
        assert service["security_opt"] == ["no-new-privileges:true"], key


@pytest.mark.parametrize("name", FILES)
def test_one_address_is_published_and_every_volume_is_there(name: str) -> None:
    found = read(name)
    services = found["services"].values()
    assert [service["ports"] for service in services if service.get("ports")] == [["${PORT:-8000}:8000"]]
    named = {volume.partition(":")[0] for service in services for volume in service.get("volumes", ())}
    assert named <= found["volumes"].keys()


def test_of_the_fleet_three_replicas_on_one_database_are_behind_the_door() -> None:
    found = read("compose.fleet.yaml")
    replicas = {key: one for key, one in found["services"].items() if one["image"] == "blame-game"}
    caddyfile = found["configs"]["caddyfile"]["content"]
    proxied = re.search(r"reverse_proxy (.*) \{", caddyfile)[1].split()
    assert len(replicas) == 3
    assert proxied == [f"{key}:8000" for key in replicas]
    assert found["services"]["door"]["depends_on"] == list(replicas)
    for one in replicas.values():
        assert "@database/" in one["environment"]["DATABASE_URL"]
        assert one["environment"]["FORWARDED_ALLOW_IPS"] == "*"
        assert one["ports"] is None
    assert "health_uri /readyz" in caddyfile
    assert "flush_interval -1" in caddyfile
    assert "cookie" not in caddyfile
    assert "ip_hash" not in caddyfile


def test_every_image_is_named_by_its_digest_and_so_is_what_the_dockerfile_begins_with() -> None:
    begins = set(re.findall(r"^FROM (\S+:\S+)", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.M))
    app = read("compose.yaml")["services"]["app"]
    taken = dict(one.split("=", 1) for one in app["build"]["additional_contexts"])
    assert begins == taken.keys()
    images = [(name, image.removeprefix("docker-image://")) for name, image in taken.items()]
    for file in FILES:
        for service in read(file)["services"].values():
            if not service.get("build"):
                images.append((service["image"].partition("@")[0], service["image"]))
    assert len(images) >= 5
    for name, image in images:
        assert re.fullmatch(re.escape(name) + r"@sha256:[0-9a-f]{64}", image), name
