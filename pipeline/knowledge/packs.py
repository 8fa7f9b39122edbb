"""Reads the packs: one YAML file per jurisdiction, named by its code, each read only when it is needed."""

import hashlib
import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from pydantic import ValidationError

from pipeline.errors import KnowledgeError
from pipeline.knowledge.own import KnowledgeSource
from pipeline.knowledge.places import narrowness
from pipeline.knowledge.rules import expand, rule_files
from schemas import Jurisdiction, Pack, Requirement, TenancyKind

HOUSE = "ANY"
PROTOCOL = "ICH"
_PACKS = files("pipeline.knowledge") / "packs"
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def pack_codes() -> tuple[str, ...]:
    """The jurisdictions there are packs for, sorted.

    >>> "US-OH" in pack_codes()
    True
    """
    return tuple(sorted(p.name.removesuffix(".yaml") for p in _PACKS.iterdir() if p.name.endswith(".yaml")))


@cache
def load_pack(code: str) -> Pack:
    """The pack of one jurisdiction.

    Args:
        code: "US", "US-OH", "ANY" (rules of the house), "ICH" (protocols), or a local one ("US-CA-SAN-FRANCISCO").

    Raises:
        KnowledgeError: there is no such pack, or it is not of the schema.

    >>> load_pack("US-OH").name
    'Ohio'
    """
    if code not in pack_codes():
        raise KnowledgeError(f"there is no knowledge pack {code}; there are {', '.join(pack_codes())}")
    try:
        data = yaml.load((_PACKS / f"{code}.yaml").read_bytes(), Loader=_LOADER)  # noqa: S506 (a safe loader)
        return Pack.model_validate(data | {"requirements": [expand(entry, code) for entry in data["requirements"]]})
    except (ValidationError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        reason = " ".join(str(error).split())[:300]
        raise KnowledgeError(f"knowledge pack {code} is wrong, correct its YAML: {reason}") from error


def load_packs() -> dict[str, Pack]:
    """Every pack by its jurisdiction's code. Reading all takes a while: `lookup` reads only what it needs."""
    return {code: load_pack(code) for code in pack_codes()}


def knowledge_version(own: KnowledgeSource | None = None) -> str:
    """What the packs are, in one word: the newest pack's version and a digest of all of them, then one of a team's own.

    >>> len(knowledge_version().split("+")[1])
    8
    """
    return "+".join(filter(None, (_shipped_version(), own.version if own else "")))


@cache
def _shipped_version() -> str:
    texts = [(_PACKS / f"{code}.yaml").read_bytes() for code in pack_codes()]
    texts += rule_files()
    versions = [m.group(1).decode() for text in texts if (m := re.search(rb"^version: ['\"]?([\w.-]+)", text, re.M))]
    return f"{max(versions, default='0')}+{hashlib.sha256(b''.join(texts)).hexdigest()[:8]}"


def codes_for(
    jurisdiction: Jurisdiction | None, kind: TenancyKind, regulators: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """The packs that can apply at a place, from the widest to the narrowest: house, country, state, county, city, ZIP.

    A protocol has no place: ICH applies to all, and on top the packs of the `regulators` it answers to.

    >>> codes_for(Jurisdiction(country="US", state="Ohio", city="Newark"), "residential")
    ('ANY', 'US', 'US-OH')
    >>> codes_for(None, "protocol", ("FDA",))
    ('ICH', 'FDA')
    """
    if kind == "protocol":
        return (PROTOCOL, *(c for c in dict.fromkeys(regulators) if c in pack_codes()))
    if jurisdiction is None:
        return (HOUSE,)
    wanted = (HOUSE, jurisdiction.country, jurisdiction.code)
    return (*(c for c in dict.fromkeys(wanted) if c in pack_codes()), *_local_codes(jurisdiction))


def _local_codes(jurisdiction: Jurisdiction) -> list[str]:
    """The local packs of a state that cover a place, counties before cities before ZIP codes."""
    found, state = [], f"{jurisdiction.code}-"
    for code in pack_codes():
        if code.startswith(state) and (places := load_pack(code).places):
            narrow = narrowness(places, jurisdiction)
            found += [(narrow, code)] if narrow else []
    return [code for _, code in sorted(found)]


@cache
def _in_force(code: str, day: date, kind: TenancyKind) -> tuple[Requirement, ...]:
    return tuple(r for r in load_pack(code).requirements if not r.draft and kind in r.applies_to and r.in_force(day))


def lookup(
    jurisdiction: Jurisdiction | None,
    as_of: date,
    kind: TenancyKind = "residential",
    regulators: tuple[str, ...] = (),
    own: KnowledgeSource | None = None,
) -> tuple[Requirement, ...]:
    """The requirements in force at a place on a day for a kind of document, the narrowest jurisdiction's last.

    Args:
        jurisdiction: where the property is; None if unknown: only the rules of the house apply then.
        as_of: the document's own date; a law's version of that day is used.
        kind: "residential", "commercial" or "unknown" for leases, "protocol" for protocols.
        regulators: those a protocol answers to beside ICH ("FDA", "EU").
        own: a team's own requirements, which apply beside the shipped ones.

    >>> before, since = date(2024, 6, 30), date(2024, 7, 1)
    >>> place = Jurisdiction(country="US", state="California")
    >>> [[str(r.in_force_from) for r in lookup(place, day) if r.id == "US-CA.deposit_cap"] for day in (before, since)]
    [['2003-01-01'], ['2024-07-01']]
    """
    shipped = [r for code in codes_for(jurisdiction, kind, regulators) for r in _in_force(code, as_of, kind)]
    return narrowest([*shipped, *own.in_force(jurisdiction, as_of, kind)] if own else shipped)


def narrowest(requirements: Sequence[Requirement]) -> tuple[Requirement, ...]:
    """Requirements without those that one of a narrower place replaces (a city's deposit rule, the state's)."""
    replaced = {r.replaces for r in requirements if r.replaces}
    return tuple(r for r in requirements if r.id not in replaced)
