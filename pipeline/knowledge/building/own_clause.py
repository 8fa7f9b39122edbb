"""A clause that is no shared rule: how it is recognised in a lease, by its own telling words and the number it fixes."""

import re
from collections.abc import Iterator, Sequence

from pipeline.knowledge.building.clauses import Clause
from pipeline.knowledge.building.numbers import Op, Stated, stated_in
from pipeline.knowledge.building.shared import Judge
from pipeline.knowledge.building.words import levelled, rarest, stems
from pipeline.knowledge.cues import faults
from schemas import AllOf, Check, ClauseRequired, Operand

Groups = tuple[tuple[str, ...], ...]

_WINDOW = 480  # characters of a clause whose words are taken: cues are looked for close together
_FEW = 3  # telling words below which the words that every lease has are taken, too
_NEAR = 60  # characters before and after a number whose words say which number it is
_BOX = re.compile(r"\[\s*\]|_{2,}|☐|❏")


def check_for(clause: Clause, others: Sequence[Clause], judge: Judge) -> Check | None:
    """The check that finds a clause by what it says, and compares the number it fixes; None if its words tell nothing.

    It holds of the clause itself, and of no other of the template, as far as its words allow.

    Args:
        clause: of the template.
        others: the template's other clauses.
        judge: what a check says of a text.
    """
    rest = "\n\n".join(other.text for other in others if other.start != clause.start)
    usable = [c for groups in _groupings(clause, others) if _holds(c := ClauseRequired(all_of=groups), clause, judge)]
    if not usable:
        return None
    only_here = (c for c in usable if judge(c, rest) == "missing")
    found = next(only_here, usable[-1])
    numbered = _numbered(found, clause, judge)
    return numbered if numbered and judge(numbered, f"{clause.text}\n\n{rest}") == "satisfied" else found


def heading_check(clause: Clause) -> ClauseRequired | None:
    """The check that finds a clause's heading; None if it has no telling word.

    >>> clause = Clause("18.", "Fair Housing", "", "", "", 1, 0, 0)
    >>> heading_check(clause).all_of
    (('fair .. hous',),)
    """
    cue = " .. ".join(stems(clause.title)[:3]) or f"{levelled(clause.title)}\\b"
    return None if faults(cue) else ClauseRequired(all_of=((cue,),), headings=True)


def _groupings(clause: Clause, others: Sequence[Clause]) -> Iterator[Groups]:
    """Sets of cues to try: a word of the heading and two others, each with alternatives; then ever stricter ones."""
    said = _BOX.sub(" ", clause.body[:_WINDOW])
    every = len(stems(said)) < _FEW
    title = [s for s in stems(clause.title, every=every)[:4] if not faults(s)]
    body = [s for s in stems(said, every=every) if not _among(s, title) and not faults(s)]
    telling = rarest(body, [other.text for other in others])[:8]
    first, second = tuple(telling[0::2]), tuple(telling[1::2])
    strict = tuple((s,) for s in telling[:4])
    if title and first and second:
        yield tuple(title), first, second
        yield tuple(title), first[:2], second[:2]
        yield tuple(title[:1]), *strict
    if len(strict) > 1:
        yield strict
    if title and telling:
        yield tuple(title), tuple(telling)
    if len(title) > 1:
        yield tuple((s,) for s in title)
    if len(telling) == 1:
        yield (tuple(telling),)


def _among(stem: str, title: Sequence[str]) -> bool:
    return any(stem.startswith(other) or other.startswith(stem) for other in title)


def _holds(check: Check, clause: Clause, judge: Judge) -> bool:
    return judge(check, clause.text) == "satisfied"


def _numbered(check: ClauseRequired, clause: Clause, judge: Judge) -> Check | None:
    """The same check with the clause's number: as the bound its words make it, else as the value expected.

    None if it states none, or the one that would be compared is another than the one meant.
    """
    numbers = stated_in(clause.text)
    for stated in [n for n in numbers if n.op] or numbers:
        ops: tuple[Op, ...] = (stated.op,) if stated.op else ("<=", ">=") if len(numbers) == 1 else ()
        bounds = [_bounded(check, stated, op, clause) for op in ops]
        tighter = [_bounded(check, stated, op, clause, by=-0.25 if op == "<=" else 0.25) for op in ops]
        if (
            bounds
            and all(_holds(b, clause, judge) for b in bounds)
            and all(judge(t, clause.text) == "violated" for t in tighter)
        ):
            return bounds[0] if len(bounds) == 1 else AllOf(checks=tuple(bounds))
    return None


def _bounded(check: ClauseRequired, stated: Stated, op: Op, clause: Clause, by: float = 0.0) -> ClauseRequired:
    before = clause.text[max(0, stated.start - _NEAR) : stated.start].partition(" ")[2]
    after = clause.text[stated.end : stated.end + _NEAR].rpartition(" ")[0]
    near = tuple(s for s in stems(_BOX.sub(" ", f"{before} {after}")) if not faults(s, filtered=False))[:6]
    number = Operand(const=stated.value + by)
    return ClauseRequired.model_validate(
        check.model_dump() | {"number": number, "number_op": op, "number_unit": stated.unit, "number_near": near}
    )
