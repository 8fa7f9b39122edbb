"""A standard lease as draft requirements: its laws, terms, clauses and parts, without what the shipped packs already ask."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pipeline.errors import KnowledgeError
from pipeline.knowledge.building.answered import Said, said_by
from pipeline.knowledge.building.clauses import Clause, clauses_of
from pipeline.knowledge.building.overlap import asked_already, said_already
from pipeline.knowledge.building.own_clause import check_for, heading_check
from pipeline.knowledge.building.shared import Judge, Ruled, ruled
from pipeline.knowledge.building.terms import Fixed, terms_of
from pipeline.knowledge.rules import expand
from schemas import AllOf, AnyOf, Check, Document, FromTemplate, Operand, Places, Requirement, TenancyKind, TermRule

Ask = Callable[[Clause], Mapping[str, Any]]
"""What a language model says of a clause, by the names of the answer's fields.

Raises:
    InvalidAnswer: it gave no usable answer.
"""

_SHORT = 50  # characters that the opening of a clause has at least
_LONGEST = 1_500  # characters of a clause that are kept as suggested wording


@dataclass(frozen=True, slots=True)
class Template:
    """A standard lease and where it holds: the code and places of its pack, its name, file, edition, and kind of tenancy."""

    code: str
    name: str
    file: str
    day: date
    dated: date | None = None
    places: Places | None = None
    kind: TenancyKind = "residential"


@dataclass(frozen=True, slots=True)
class Draft:
    """What a template came to.

    Args:
        template: which.
        requirements: drafts, in the template's order.
        left_out: what the shipped packs ask already: the clause, and the ids that ask it.
        remarks: what the reader should know, one line each.
    """

    template: Template
    requirements: tuple[Requirement, ...]
    left_out: tuple[tuple[str, tuple[str, ...]], ...] = ()
    remarks: tuple[str, ...] = ()


def draft(
    document: Document, template: Template, shipped: Sequence[Requirement], judge: Judge, ask: Ask | None = None
) -> Draft:
    """Turn a standard lease into draft requirements.

    Args:
        document: the template, as it was parsed.
        template: its name, place and day.
        shipped: the requirements in force there: what they ask already is left out.
        judge: what a check says of a text; a clause's check must hold of the clause it was made from.
        ask: a language model for the clauses that are no shared rule; by their structure if None, or if it answers badly.

    Raises:
        KnowledgeError: the document has no clauses under headings or numbers.
    """
    clauses = clauses_of(document)
    if not clauses:
        raise KnowledgeError(
            f"{template.file} has no clauses under headings or numbers; give a standard lease whose clauses are headed"
        )
    work = _Work(document, template, clauses, judge, ask)
    work.rules(ruled(clauses, judge), shipped)
    work.terms(terms_of(clauses, document.text[: clauses[0].start]), shipped)
    for clause in clauses:
        work.clause(clause, shipped)
    work.parts()
    ordered = [r for _, r in sorted(work.drafted, key=lambda pair: pair[0])]
    return Draft(template, tuple(ordered), tuple(work.left_out), tuple(work.remarks))


@dataclass(slots=True)
class _Work:
    """A draft in the making."""

    document: Document
    template: Template
    clauses: Sequence[Clause]
    judge: Judge
    ask: Ask | None
    drafted: list[tuple[int, Requirement]] = field(default_factory=list)
    left_out: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    known: set[int] = field(default_factory=set)  # clauses that a rule answers, by their place
    checks: dict[int, Check] = field(default_factory=dict)

    def rules(self, found: Sequence[Ruled], shipped: Sequence[Requirement]) -> None:
        """Clauses that are a shared rule, unless the shipped packs ask as much."""
        for one in found:
            self.known.add(one.clause.start)
            entry = expand(
                {"rule": one.rule, "with": {name: _plain(v) for name, v in one.values.items()}}, self.template.code
            )
            about = self._about(one.clause, one.rule)
            absence = {"on_absence": "missing"} if entry["check"]["type"] == "clause_required" else {}
            where = {"citation": self._citation(one.clause), "kind": "law" if one.clause.citation else "term"}
            drafted = Requirement.model_validate(entry | about | absence | where)
            same, stricter = asked_already(drafted, shipped)
            if same is None or stricter:
                self._add(one.clause.start, drafted.model_copy(update={"replaces": same.id if same else None}))
            else:
                self.left_out.append((f"{drafted.name} ({_where(one.clause)})", (same.id,)))

    def terms(self, found: Sequence[Fixed], shipped: Sequence[Requirement]) -> None:
        """Terms the form fixes or leaves blank, unless the shipped packs or a rule of the form ask for them."""
        asked = {term: r.id for r in shipped for term in _present(r.check)}
        for one in found:
            clause = next((c for c in self.clauses if c.start == one.start), self.clauses[0])
            blank = isinstance(one.check, TermRule) and one.check.op == "present"
            if blank and one.term in asked:
                self.left_out.append((one.name, (asked[one.term],)))
                continue
            fields = {
                "name": one.name, "kind": "term", "condition": one.condition, "check": one.check,
                "citation": self._citation(clause, law=False), "recommendation": f"Put it in: {one.condition}",
            }  # fmt: skip
            self._add(one.start, Requirement.model_validate(fields | self._about(clause, one.term)))

    def clause(self, clause: Clause, shipped: Sequence[Requirement]) -> None:
        """A clause that is no shared rule: by what the model or its own words say, unless the shipped packs ask for it."""
        own = check_for(clause, self.clauses, self.judge)
        if own is not None:
            self.checks[clause.start] = own
        if clause.start in self.known:
            return
        if already := said_already(clause, shipped, self.judge):
            self.left_out.append((f"{_named(clause)} ({_where(clause)})", tuple(r.id for r in already)))
            return
        said = self._asked(clause, own)
        if said is None:
            return
        fields = {
            "name": said.name, "kind": said.kind, "condition": _unbraced(said.condition), "check": said.check,
            "citation": said.citation or self._citation(clause), "suggested_wording": _wording(clause),
            "recommendation": f"Put the clause “{_named(clause)}” of the standard lease in.",
        }  # fmt: skip
        self._add(clause.start, Requirement.model_validate(fields | self._about(clause, _named(clause))))

    def _asked(self, clause: Clause, own: Check | None) -> Said | None:
        """What a clause asks: as the model says where it says something usable, else by its structure."""
        if self.ask is not None:
            try:
                return said_by(self.ask, clause, self.judge)
            except KnowledgeError as error:
                self.remarks.append(f"{_named(clause)}: {error}; drafted by its structure")
        if own is None:
            self.remarks.append(f"{_named(clause)} ({_where(clause)}): says nothing that could be checked; left out")
            return None
        condition = f"The agreement has the clause “{_named(clause)}”: {_opening(clause)}"
        return Said(_named(clause), "law" if clause.citation else "term", condition, own)

    def parts(self) -> None:
        """The parts a lease made from the template must have, in order: known by their headings, or by what they say."""
        parts, names = [], []
        for clause in self.clauses:
            checks = [c for c in (heading_check(clause), self.checks.get(clause.start)) if c is not None]
            if checks:
                parts.append(checks[0] if len(checks) == 1 else AnyOf(checks=tuple(checks)))
                names.append(" ".join(filter(None, (clause.number, _named(clause)))))
        fields = {
            "name": "Parts of the standard lease", "kind": "structure", "check": AllOf(checks=tuple(parts)),
            "condition": _unbraced(f"The agreement has the parts of the form, in this order: {'; '.join(names)}."),
            "citation": self.template.name, "severity": "minor",
            "recommendation": "Put in the part of the standard lease that is missing.",
        }  # fmt: skip
        self._add(-1, Requirement.model_validate(fields | self._about(self.clauses[0], "parts")))

    def _about(self, clause: Clause, called: str) -> dict[str, Any]:
        """The fields that every requirement of a template has."""
        t = self.template
        return {
            "id": f"{t.code}.{_slug(t.name)}.{_slug(called)}",
            "url": "", "in_force_from": t.day, "applies_to": (t.kind,), "confidence": "low", "draft": True,
            "template": FromTemplate(name=t.name, file=t.file, page=clause.page, dated=t.dated),
        }  # fmt: skip

    def _citation(self, clause: Clause, *, law: bool = True) -> str:
        if law and clause.citation:
            return clause.citation
        section = f", section {clause.number.rstrip('.')}" if clause.number else ""
        return f"{self.template.name}{section}"

    def _add(self, place: int, drafted: Requirement) -> None:
        taken = {r.id for _, r in self.drafted}
        ids: Iterator[str] = (drafted.id if n == 1 else f"{drafted.id}-{n}" for n in range(1, 1_000))
        self.drafted.append((place, drafted.model_copy(update={"id": next(i for i in ids if i not in taken)})))


def _present(check: Check) -> Iterator[str]:
    """The terms that a check wants to be there."""
    match check:
        case TermRule(op="present", left=Operand(term=str(term))):
            yield term
        case AnyOf() | AllOf():
            for part in check.checks:
                yield from _present(part)


def _named(clause: Clause) -> str:
    title = clause.title.title() if clause.title.isupper() else clause.title
    return title or f"Section {clause.number.rstrip('.')}"


def _where(clause: Clause) -> str:
    return f"p. {clause.page}"


def _opening(clause: Clause) -> str:
    """The first sentence or two of a clause, as far as they are short."""
    flat = _blanked(clause.body)
    stop = re.search(r"(?<=[a-z\d)][.;])\s", flat[_SHORT:])
    first = flat[: _SHORT + stop.start()] if stop else flat
    return first if len(first) <= 240 else first[:240].rsplit(" ", 1)[0] + " …"


def _wording(clause: Clause) -> str:
    """A clause as wording to paste, its blanks marked."""
    flat = _blanked(clause.body)
    cut = flat if len(flat) <= _LONGEST else flat[:_LONGEST].rsplit(". ", 1)[0] + "."
    return _unbraced(f"{_named(clause)}. {cut}")


def _blanked(text: str) -> str:
    """A text on one line, its blanks marked."""
    return re.sub(r"_{3,}", "[…]", " ".join(text.split()))


def _unbraced(text: str) -> str:
    """The form's own braces are no placeholders."""
    return text.replace("{", "(").replace("}", ")")


def _slug(name: str) -> str:
    """A name as part of an id.

    >>> _slug("Owner's Name; Agent")
    'owners_name_agent'
    """
    return re.sub(r"[^a-z0-9]+", "_", re.sub(r"['’]", "", name.lower())).strip("_")[:60].rstrip("_") or "clause"


def _plain(value: float) -> float:
    return int(value) if value == int(value) else value
