"""The legal basis of a report: which laws were applied, which of the place were not, and what the reader should know of it."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from pipeline.knowledge import codes_for, load_pack, lookup, pack_codes
from schemas import Jurisdiction, Requirement, TenancyKind


def laws(requirements: Iterable[Requirement]) -> list[str]:
    """The packs that requirements come from, by name and with how many they are, the widest first.

    >>> laws(lookup(Jurisdiction(country="US", state="Ohio"), date(2025, 1, 1), "commercial"))[0].split(" (")[0]
    'General rules for leases'
    """
    count = Counter(r.id.partition(".")[0] for r in requirements)
    return [f"{_name(code)} ({number})" for code, number in count.items()]


def not_applied(jurisdiction: Jurisdiction | None, day: date, kind: TenancyKind) -> list[str]:
    """The residential laws of a place that a lease does not fall under, or that it is not known to fall under.

    Args:
        jurisdiction: where the property is.
        day: the day whose law is meant.
        kind: what kind of lease it is.
    """
    if kind not in ("commercial", "unknown") or jurisdiction is None:
        return []
    left_out = set(lookup(jurisdiction, day, "residential")) - set(lookup(jurisdiction, day, kind))
    why = "residential only" if kind == "commercial" else "not known to be residential"
    ordered = [r for r in lookup(jurisdiction, day, "residential") if r in left_out]
    return [f"{law}: {why}" for law in laws(ordered)]


def _name(code: str) -> str:
    return load_pack(code).name if code in pack_codes() else code


def covers(jurisdiction: Jurisdiction | None) -> bool:
    """Whether there are rules of the very state (or, outside the US, country)."""
    return (
        jurisdiction is not None
        and jurisdiction.code in codes_for(jurisdiction, "residential")
        and (jurisdiction.country != "US" or jurisdiction.code != "US")
    )


def notes_on(kind: TenancyKind, jurisdiction: Jurisdiction | None) -> list[str]:
    """What the reader should know of the basis: rules that were not applied because of the kind of lease, or of its place."""
    place = (jurisdiction.state or jurisdiction.country) if jurisdiction else ""
    if kind == "commercial":
        law = f"the residential landlord-tenant law of {place}" if place else "residential landlord-tenant law"
        return [f"This is a commercial lease: {law} was not applied, only the general rules for every lease."]
    if kind == "unknown":
        return [
            "It cannot be told whether this lease is residential or commercial: only the general rules for every lease were applied."
        ]
    if jurisdiction is None:
        return [
            "The place of the property is not known: only the general rules were applied. Give it with --jurisdiction."
        ]
    if not covers(jurisdiction):
        wider = "federal law and the general rules" if jurisdiction.country == "US" else "the general rules"
        return [
            f"The knowledge base has no rules of {place} yet: only {wider} were applied, so the agreement cannot be validated in full."
        ]
    return []
