"""Drafts become versions: a template's draft beside what a team has accepted, the difference, acceptance, rejection."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pipeline.knowledge.building.draft import Draft
from schemas import Pack, Requirement

_BESIDE = {"draft", "confidence", "in_force_from", "in_force_to", "template"}
"""Fields that say when and whence, not what is asked."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Diff:
    """Drafts against what is accepted: new ones, changed ones (old, new), and accepted ones that come to an end."""

    new: tuple[Requirement, ...] = ()
    changed: tuple[tuple[Requirement, Requirement], ...] = ()
    dropped: tuple[Requirement, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.dropped)


def with_draft(kept: Pack | None, draft: Draft, version: str) -> Pack | None:
    """A team's pack with what is new in a template as drafts; None if that changes nothing.

    A requirement that says the same as the accepted one stays as it is; one that the template no longer has gets a draft of its
    end. Drafts of the same template that were there before are replaced.

    Args:
        kept: the last version of the place's pack, None if there is none.
        draft: of the template.
        version: of the new pack.
    """
    before = kept.requirements if kept else ()
    others = [r for r in before if not (r.draft and _of(r, draft))]
    current = {r.id: r for r in others if not r.draft and r.in_force_to is None and _of(r, draft)}
    fresh = [r for r in draft.requirements if r.id not in current or not same(current[r.id], r)]
    wanted = {r.id for r in draft.requirements}
    ends = [_ending(r, draft) for r in current.values() if r.id not in wanted]
    drafts = [*fresh, *ends]
    if _contents(drafts) == _contents(r for r in before if r.draft and _of(r, draft)):
        return None
    t = draft.template
    return Pack(
        jurisdiction=t.code,
        name=_named(kept, t.name),
        version=version,
        requirements=(*others, *drafts),
        places=t.places,
    )


def same(one: Requirement, other: Requirement) -> bool:
    """Whether two versions of a requirement ask the same, whenever they hold and wherever they come from."""
    return one.model_dump(exclude=_BESIDE) == other.model_dump(exclude=_BESIDE)


def differences(pack: Pack) -> Diff:
    """A pack's drafts against what is accepted in it."""
    accepted = {r.id: r for r in pack.requirements if not r.draft and r.in_force_to is None}
    drafts = [r for r in pack.requirements if r.draft]
    begun = [r for r in drafts if r.in_force_to is None]
    return Diff(
        tuple(r for r in begun if r.id not in accepted),
        tuple((accepted[r.id], r) for r in begun if r.id in accepted),
        tuple(r for r in drafts if r.in_force_to is not None),
    )


def accept(
    pack: Pack, version: str, today: date, ids: Collection[str] = (), start: date | None = None
) -> tuple[Pack, int]:
    """The pack with its drafts accepted, and how many were: in force from `start`, else their template's day, else today.

    The version before ends the day before. One accepted for a time before a later version's ends when that begins.

    Args:
        pack: with drafts.
        version: of the new pack.
        today: the day for templates without a date.
        ids: of the requirements to accept, whole or their last part; all if empty.
        start: the first day of the accepted requirements.
    """
    chosen = [r for r in pack.requirements if r.draft and _chosen(r, ids)]
    kept = [r for r in pack.requirements if r not in chosen]
    for drafted in chosen:
        day = start or (drafted.template.dated if drafted.template else None) or today
        kept = _ended(kept, drafted.id, day) if drafted.in_force_to is not None else _begun(kept, drafted, day)
    return pack.model_copy(update={"version": version, "requirements": tuple(kept)}), len(chosen)


def reject(pack: Pack, version: str, ids: Collection[str] = ()) -> tuple[Pack, int]:
    """The pack without its drafts, or without those of some ids, and how many were dropped."""
    kept = tuple(r for r in pack.requirements if not (r.draft and _chosen(r, ids)))
    return pack.model_copy(update={"version": version, "requirements": kept}), len(pack.requirements) - len(kept)


def unknown(pack: Pack, ids: Sequence[str]) -> list[str]:
    """Those ids that no draft of the pack has."""
    return [i for i in ids if not any(r.draft and _chosen(r, (i,)) for r in pack.requirements)]


def changes(old: Requirement, new: Requirement) -> Iterator[tuple[str, Any, Any]]:
    """What differs between two versions, by the path of the field: (path, old, new)."""
    yield from _changes("", old.model_dump(mode="json", exclude=_BESIDE), new.model_dump(mode="json", exclude=_BESIDE))


def _changes(path: str, old: Any, new: Any) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(old, dict) and isinstance(new, dict):
        for name in dict.fromkeys((*old, *new)):
            yield from _changes(f"{path}.{name}" if path else name, old.get(name), new.get(name))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for position, (one, other) in enumerate(zip(old, new, strict=True), 1):
            yield from _changes(f"{path}[{position}]", one, other)
    elif old != new:
        yield path, old, new


def _begun(kept: list[Requirement], drafted: Requirement, day: date) -> list[Requirement]:
    """The versions of a requirement with one more that begins on a day; one that began on the same day is replaced."""
    later = [r.in_force_from for r in kept if r.id == drafted.id and not r.draft and r.in_force_from > day]
    update = {
        "draft": False,
        "confidence": "high",
        "in_force_from": day,
        "in_force_to": min(later) - _DAY if later else None,
    }
    before = [r for r in kept if r.id != drafted.id or r.draft or r.in_force_from != day]
    return [*_ended(before, drafted.id, day), drafted.model_copy(update=update)]


def _ended(kept: list[Requirement], called: str, day: date) -> list[Requirement]:
    """The same with the version of a requirement that is in force on a day ended the day before; one begun that day is gone."""
    ended = []
    for r in kept:
        if r.id != called or r.draft or not r.in_force(day):
            ended.append(r)
        elif r.in_force_from < day:
            ended.append(r.model_copy(update={"in_force_to": day - _DAY}))
    return ended


def _ending(accepted: Requirement, draft: Draft) -> Requirement:
    """A draft of the end of an accepted requirement."""
    t = draft.template
    end = max(accepted.in_force_from, t.day - _DAY)
    source = accepted.template.model_copy(update={"file": t.file, "dated": t.dated}) if accepted.template else None
    return accepted.model_copy(update={"draft": True, "in_force_to": end, "template": source})


def _of(requirement: Requirement, draft: Draft) -> bool:
    return requirement.template is not None and requirement.template.name == draft.template.name


def _contents(requirements: Any) -> list[tuple[bool, dict[str, Any]]]:
    return [(r.in_force_to is not None, r.model_dump(exclude=_BESIDE)) for r in requirements]


def _chosen(requirement: Requirement, ids: Collection[str]) -> bool:
    return not ids or requirement.id in ids or requirement.id.rpartition(".")[2] in ids


def _named(kept: Pack | None, name: str) -> str:
    names = kept.name.split("; ") if kept else []
    return "; ".join(names if name in names else [*names, name])
