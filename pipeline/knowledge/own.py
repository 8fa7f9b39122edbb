"""A team's own knowledge, beside the packs that ship: where it comes from, and what of it is in force."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Protocol

from pipeline.knowledge.places import narrowness
from schemas import Jurisdiction, Pack, Requirement, TenancyKind


class KnowledgeSource(Protocol):
    """Requirements that apply beside the shipped ones."""

    @property
    def version(self) -> str:
        """A digest of what it holds; "" if that is nothing."""
        ...

    def in_force(self, jurisdiction: Jurisdiction | None, day: date, kind: TenancyKind) -> Sequence[Requirement]:
        """The accepted requirements of a place on a day, the narrowest jurisdiction's last."""
        ...


@dataclass(frozen=True)
class OwnPacks:
    """A team's own packs, one for each jurisdiction; drafts in them are not in force.

    >>> OwnPacks(()).version
    ''
    """

    packs: tuple[Pack, ...] = ()

    @cached_property
    def version(self) -> str:
        """A digest of everything that was accepted."""
        accepted = [r.model_dump_json() for pack in self.packs for r in pack.requirements if not r.draft]
        return hashlib.sha256("\n".join(accepted).encode()).hexdigest()[:8] if accepted else ""

    def in_force(self, jurisdiction: Jurisdiction | None, day: date, kind: TenancyKind) -> list[Requirement]:
        """The accepted requirements of a place on a day, the narrowest jurisdiction's last."""
        if jurisdiction is None:
            return []
        near = [(narrow, pack) for pack in self.packs if (narrow := _narrowness(pack, jurisdiction)) is not None]
        return [
            r
            for _, pack in sorted(near, key=lambda pair: (pair[0], pair[1].jurisdiction))
            for r in pack.requirements
            if not r.draft and kind in r.applies_to and r.in_force(day)
        ]


def _narrowness(pack: Pack, jurisdiction: Jurisdiction) -> int | None:
    """How narrowly a pack covers a place: -1 its country, 0 its state, more a part of it; None if it does not."""
    if pack.places is None:
        return {jurisdiction.code: 0, jurisdiction.country: -1}.get(pack.jurisdiction)
    if not pack.jurisdiction.startswith(f"{jurisdiction.code}-"):
        return None
    return narrowness(pack.places, jurisdiction) or None
