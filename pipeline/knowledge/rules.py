"""Rules that many jurisdictions share, each described once in `rules/*.yaml`: a pack names the rule and gives its numbers.

A pack's entry `{rule: deposit_return, with: {days: 30}, citation: ...}` becomes a whole requirement: the rule's fields with `<days>`
replaced, and over them whatever fields the entry has itself. Conditions with a name (`deposit_taken`) can stand wherever a check can.
"""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from pipeline.errors import KnowledgeError

_RULES = files("pipeline.knowledge") / "rules"
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PARAMETER = re.compile(r"<([a-z_]+)>")
_CHECKS = ("applies_if", "exempt_if", "checks")  # where the name of a condition can stand for it

Entry = dict[str, Any]


@cache
def rule_files() -> tuple[bytes, ...]:
    """The text of every file of rules, by name."""
    return tuple(p.read_bytes() for p in sorted(_RULES.iterdir(), key=lambda p: p.name) if p.name.endswith(".yaml"))


@cache
def rules() -> Mapping[str, Entry]:
    """Every rule by its name, as data with `<parameters>`.

    >>> rules()["deposit_return"]["topic"]
    'deposit_return'
    """
    return _collected("rules")


@cache
def conditions() -> Mapping[str, Entry]:
    """The conditions that have a name.

    >>> "deposit_taken" in conditions()
    True
    """
    return _collected("conditions")


def _collected(part: str) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for text in rule_files():
        found |= yaml.load(text, Loader=_LOADER).get(part) or {}  # noqa: S506 (a safe loader)
    return found


def parameters(rule: object) -> frozenset[str]:
    """The names of a rule's parameters.

    >>> sorted(parameters({"name": "Within <days> days", "check": {"const": "<days>"}}))
    ['days']
    """
    if isinstance(rule, dict):
        return frozenset[str]().union(*(parameters(part) for part in rule.values()))
    if isinstance(rule, list):
        return frozenset[str]().union(*(parameters(part) for part in rule))
    return frozenset(_PARAMETER.findall(rule)) if isinstance(rule, str) else frozenset()


def expand(entry: Entry, jurisdiction: str) -> Entry:
    """A pack's entry as the fields of a whole requirement.

    Args:
        entry: as it stands in the pack.
        jurisdiction: the pack's code, for the id of an entry that has none.

    Raises:
        KnowledgeError: it names a rule or a condition that is not there, or does not give the rule's parameters.

    >>> expand({"rule": "deposit_return", "with": {"days": 30}}, "US-OH")["name"]
    'Deposit returned within 30 days'
    """
    own = {key: value for key, value in entry.items() if key not in ("rule", "with")}
    name = entry.get("rule")
    if name is None:
        plain: Entry = _resolved(own, jurisdiction)
        return plain
    called = f"{jurisdiction}.{name}"
    if name not in rules():
        raise KnowledgeError(f"{called}: there is no rule {name}; there are {', '.join(sorted(rules()))}")
    values: Entry = entry.get("with") or {}
    wanted = parameters(rules()[name])
    if values.keys() != wanted:
        raise KnowledgeError(f"{called}: the rule takes {_listed(wanted)}, not {_listed(values.keys())}")
    whole: Entry = _resolved({"id": called} | _filled(rules()[name], values) | own, called)
    return whole


def _filled(part: Any, values: Entry) -> Any:
    """The same with every `<parameter>` replaced; one that is all of a text keeps its type."""
    if isinstance(part, dict):
        return {key: _filled(value, values) for key, value in part.items()}
    if isinstance(part, list):
        return [_filled(value, values) for value in part]
    if isinstance(part, str):
        whole = _PARAMETER.fullmatch(part)
        return values[whole[1]] if whole else _PARAMETER.sub(lambda m: f"{values[m[1]]}", part)
    return part


def _resolved(part: Any, called: str, *, holds_checks: bool = False) -> Any:
    """The same with the names of conditions replaced by the conditions."""
    if isinstance(part, dict):
        return {key: _resolved(value, called, holds_checks=key in _CHECKS) for key, value in part.items()}
    if isinstance(part, list):
        return [
            _resolved(value, called) if not (holds_checks and isinstance(value, str)) else _condition(value, called)
            for value in part
        ]
    return part


def _condition(name: str, called: str) -> Entry:
    if name not in conditions():
        raise KnowledgeError(f"{called}: there is no condition {name}; there are {', '.join(sorted(conditions()))}")
    return conditions()[name]


def _listed(names: Any) -> str:
    return ", ".join(sorted(names)) or "none"
