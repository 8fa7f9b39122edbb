"""The template of deploy/aws as data, and its policies one statement at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parents[2] / "deploy" / "aws"
TEMPLATE = FOLDER / "template.yaml"


class _Loader(yaml.SafeLoader):
    """YAML with the short forms of CloudFormation's functions."""


def _function(loader: yaml.Loader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    name = suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}"
    if isinstance(node, yaml.ScalarNode):
        text = loader.construct_scalar(node)
        return {name: text.split(".", 1) if suffix == "GetAtt" else text}
    construct = loader.construct_sequence if isinstance(node, yaml.SequenceNode) else loader.construct_mapping
    return {name: construct(node, deep=True)}  # type: ignore[arg-type]


_Loader.add_multi_constructor("!", _function)


@dataclass(frozen=True)
class Statement:
    """One statement of a policy: the resource whose it is, that resource's type and condition, and what it says."""

    resource: str
    type: str
    condition: str | None
    said: dict[str, Any]

    @property
    def actions(self) -> list[str]:
        return listed(self.said.get("Action"))

    @property
    def resources(self) -> list[Any]:
        return listed(self.said.get("Resource"))


@cache
def template() -> dict[str, Any]:
    """The whole template."""
    return yaml.load(TEMPLATE.read_text(), Loader=_Loader)  # type: ignore[no-any-return]


def of_type(kind: str) -> dict[str, dict[str, Any]]:
    """The properties of the resources of a type, by name."""
    return {name: made["Properties"] for name, made in template()["Resources"].items() if made["Type"] == kind}


def statements() -> Iterator[Statement]:
    """Every statement of every policy there is."""
    for name, made in template()["Resources"].items():
        for document in _documents(made["Properties"]):
            for said in document["Statement"]:
                yield Statement(name, made["Type"], made.get("Condition"), said)


def listed(value: Any) -> list[Any]:
    """One or several, as several."""
    return value if isinstance(value, list) else [] if value is None else [value]


def name_of(value: Any) -> str:
    """The resource that a reference or an attribute is of."""
    (said,) = value.values()
    return str(said[0] if isinstance(said, list) else said)


def _documents(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if "Statement" in value:
            yield value
        else:
            yield from (found for inner in value.values() for found in _documents(inner))
    elif isinstance(value, list):
        yield from (found for inner in value for found in _documents(inner))
