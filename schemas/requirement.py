"""What the law or a house template asks of a document, since when, and how that is checked.

Checks are data: comparisons over terms, clauses described by cues, and their combinations. Nothing in a pack is ever executed as
code. A cue is a few lower-case words that a clause says (`return .. deposit`); its small language is that of `pipeline.knowledge.cues`.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

RequirementKind = Literal["law", "term", "structure"]
Severity = Literal["critical", "major", "minor"]
TenancyKind = Literal["residential", "commercial", "unknown", "protocol"]
Cues = tuple[str, ...]


class Operand(BaseModel):
    """One side of a comparison: a constant, or a part or multiple of a term's value (`times` x `term` + `plus`).

    `percent` says the same as `times` in hundredths. `measure` says how a phrase is read: "dollars" turns "5% of the rent" or
    "$50" into an amount (a percentage is taken of the term `percent_of`), "count" counts a list, "with_prepaid" adds the
    rent of the last months that is paid ahead to a deposit. `max_of` is the greatest, `min_of` the least of several operands.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    term: str | None = None
    times: float = 1.0
    percent: float | None = None
    plus: float = 0.0
    const: float | str | bool | None = None
    measure: Literal["value", "dollars", "count", "with_prepaid"] = "value"
    percent_of: str = "rent_amount"
    max_of: tuple["Operand", ...] = ()
    min_of: tuple["Operand", ...] = ()


class TermRule(BaseModel):
    """A comparison over extracted terms, checked three-valued: an unknown term makes it unclear, never a pass."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: Literal["term_rule"] = "term_rule"
    left: Operand
    op: Literal["<=", ">=", "<", ">", "==", "!=", "present"]
    right: Operand | None = None
    unless_absent: str | None = Field(default=None, description="not applicable when this term is absent")
    otherwise: "ClauseRequired | None" = Field(
        default=None, description="a clause that answers where a value is unknown")  # fmt: skip


class ClauseRequired(BaseModel):
    """A clause that must be there: found by meaning (queries), accepted when the cues say so, numbers inside checked."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: Literal["clause_required"] = "clause_required"
    queries: tuple[str, ...] = ()
    all_of: tuple[Cues, ...] = Field(
        description="every inner tuple is a set of alternative cues, one of each must occur in one passage")  # fmt: skip
    none_of: Cues = Field(default=(), description="cues that turn the passage's meaning round")
    contrary: Cues = Field(default=(), description="cues of words that deny it: where they stand it is violated")
    number: Operand | None = Field(default=None, description="bound for the number stated in the clause")
    number_op: Literal["<=", ">="] = "<="
    number_unit: Literal["days", "hours", "months", "percent", "dollars", "grace_days"] = Field(
        default="days", description="grace_days: days after the due day, also where a day of the month is named")  # fmt: skip
    number_near: Cues = Field(default=(), description="the number meant is the nearest to one of these cues")
    number_with: Cues = Field(default=(), description="the number's own sentence has one of these cues")
    number_not: Cues = Field(default=(), description="a number doesn't count whose own sentence has one of these cues")
    number_other: Cues = Field(
        default=(), description="verbs of a neighbouring subject: a number of their verb phrase doesn't count")  # fmt: skip
    number_party: Literal["landlord", "tenant"] | None = Field(
        default=None, description="where a clause gives each party a number of its own, the one meant")  # fmt: skip
    absent_ok: bool = Field(default=False, description="only its number matters: not applicable without the clause")
    number_optional: bool = Field(default=False, description="a clause without the number is complete too")
    headings: bool = Field(default=False, description="a section whose heading has the cues is enough")
    type_size: float | None = Field(default=None, gt=0, description="least size of its type in points")
    bold: bool = Field(default=False, description="it must be set in bold type")


class ClauseForbidden(BaseModel):
    """A clause that must not be there: any pattern that matches, unless a negation or carve-out stands around it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: Literal["clause_forbidden"] = "clause_forbidden"
    patterns: Cues
    unless: Cues = ()
    unless_beside: Cues = Field(default=(), description="cues that excuse it wherever they stand in its paragraph")
    kinds: tuple[str, ...] = Field(default=(), description="kinds of clause that the learned model knows it by")
    least: float = Field(default=0.0, ge=0, le=1, description="probability below which the model overrules its cues")
    kind_with: Cues = Field(default=(), description="what the model finds must have one of these cues in its sentence")


class LandlordAddress(BaseModel):
    """The document gives an address at which the landlord, or who acts for the landlord, is reached."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: Literal["landlord_address"] = "landlord_address"


class Signatures(BaseModel):
    """The document closes with places for signatures, or with signatures: roles, names, rules to sign on, dates."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: Literal["signatures"] = "signatures"


class TermDates(BaseModel):
    """The dates of the term, as the document writes them one after the other, are in order."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: Literal["term_dates"] = "term_dates"


class AnyOf(BaseModel):
    """Satisfied when one of the checks is; unclear when none is but one might be."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: Literal["any_of"] = "any_of"
    checks: tuple["Check", ...]


class AllOf(BaseModel):
    """Satisfied when every check is; fails when one fails."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: Literal["all_of"] = "all_of"
    checks: tuple["Check", ...]


Check = Annotated[
    TermRule | ClauseRequired | ClauseForbidden | LandlordAddress | Signatures | TermDates | AnyOf | AllOf,
    Field(discriminator="type"),
]
Condition = Annotated[TermRule | ClauseRequired, Field(discriminator="type")]


class FromTemplate(BaseModel):
    """The standard lease a requirement was drafted from: `name` is the same for all its editions, `dated` is this one's day."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    file: str
    page: int = 1
    dated: date | None = None


class Requirement(BaseModel):
    """One requirement of a jurisdiction, in force from `in_force_from` until `in_force_to` (inclusive).

    `applies_if` must all hold for the requirement to apply (e.g. a deposit is taken), and none of `exempt_if`; `applies_to`
    names the kinds of tenancy it governs, so that residential law is never applied to a commercial lease ("unknown" is a lease
    whose kind could not be told: only what holds for every lease applies to it).

    `on_absence` says what it means when the document is silent: "missing" (the law wants it in the document), "unclear" (it
    depends on a fact the document does not state), "advise" (the law applies anyway, stating it is good practice) or
    "not_applicable".
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[A-Z]{2}[A-Z0-9-]*\.[a-z0-9_.-]+$", examples=["US-OH.deposit_return"])
    topic: str = Field(
        default="", description="what it is about, the same word in every jurisdiction", examples=["deposit_return"]
    )
    name: str
    kind: RequirementKind
    condition: str = Field(description="in plain words")
    citation: str
    url: str = Field(description="official address of the text")
    source: str = Field(default="", description="published page the rule was confirmed against, if not `url` itself")
    in_force_from: date
    in_force_to: date | None = None
    applies_to: tuple[TenancyKind, ...] = ("residential",)
    applies_if: tuple[Condition, ...] = ()
    exempt_if: tuple[Condition, ...] = ()
    documents: tuple[Literal["lease", "lease_amendment"], ...] = Field(
        default=(), description="types it is checked in; by default every lease, and an amendment if it sets a limit")  # fmt: skip
    replaces: str | None = Field(default=None, description="id of the wider jurisdiction's requirement this supersedes")
    check: Check
    on_absence: Literal["missing", "unclear", "advise", "not_applicable"] = "missing"
    severity: Severity = "major"
    mandatory: bool = True
    confidence: Literal["high", "low"] = Field(description="low: the value could not be confirmed against a source")
    recommendation: str
    suggested_wording: str = ""
    draft: bool = Field(default=False, description="not in use until a person accepts it (`clauseline kb accept`)")
    template: FromTemplate | None = Field(default=None, description="a team's own: the template it was drafted from")

    @model_validator(mode="after")
    def _dates_in_order(self) -> "Requirement":
        if self.in_force_to is not None and self.in_force_to < self.in_force_from:
            raise ValueError(f"{self.id}: in_force_to is before in_force_from")
        return self

    def in_force(self, day: date) -> bool:
        """Whether this version of the requirement is the law on `day`."""
        return self.in_force_from <= day and (self.in_force_to is None or day <= self.in_force_to)


class Places(BaseModel):
    """Where a local pack applies: any of these cities, counties or ZIP codes (first digits) of its state."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    cities: tuple[str, ...] = Field(
        default=(), description="with the names of boroughs and villages that addresses use"
    )
    counties: tuple[str, ...] = Field(default=(), description="without the word County")
    townships: tuple[str, ...] = ()
    zipcodes: tuple[str, ...] = Field(default=(), description="whole codes or their first digits")


class Silence(BaseModel):
    """A topic on which a jurisdiction's law says nothing, as far as could be found: looked for, not forgotten."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    topic: str
    note: str
    source: str = ""


class Pack(BaseModel):
    """The requirements of one jurisdiction: versioned data, one YAML file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    jurisdiction: str = Field(
        pattern=r"^[A-Z]{2,3}(-[A-Z0-9]{2,3})?(-[A-Z0-9-]+)?$", examples=["ANY", "ICH", "US", "US-OH", "US-CA-SAN-FRANCISCO"])  # fmt: skip
    name: str
    version: str
    doc_type: Literal["lease", "clinical_protocol"] = "lease"
    requirements: tuple[Requirement, ...]
    silent: tuple[Silence, ...] = Field(default=(), description="topics on which the law of the place says nothing")
    places: Places | None = Field(default=None, description="where a local pack applies")
