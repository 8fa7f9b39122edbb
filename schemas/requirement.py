"""What the law or a house template asks of a document, since when, and how that is checked."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

RequirementKind = Literal["law", "term", "structure"]
Severity = Literal["critical", "major", "minor"]


class Operand(BaseModel):
    """One side of a comparison: a constant, or a multiple of a term's value (`times` x `term` + `plus`)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    term: str | None = None
    times: float = 1.0
    plus: float = 0.0
    const: float | str | bool | None = None


class TermRule(BaseModel):
    """A comparison over extracted terms, checked three-valued: an unknown term makes it unclear, never a pass."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: Literal["term_rule"] = "term_rule"
    left: Operand
    op: Literal["<=", ">=", "<", ">", "==", "!=", "present"]
    right: Operand | None = None
    unless_absent: str | None = Field(default=None, description="not applicable when this term is absent")


class ClauseRequired(BaseModel):
    """A clause that must be there: found by meaning (queries), accepted when the cues say so, numbers inside checked."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: Literal["clause_required"] = "clause_required"
    queries: tuple[str, ...]
    all_of: tuple[tuple[str, ...], ...] = Field(
        description="every inner tuple is a set of alternatives (case-insensitive regular expressions), one of each must occur in one passage")  # fmt: skip
    number: Operand | None = Field(default=None, description="bound for the number stated in the clause")
    number_op: Literal["<=", ">="] = "<="
    number_unit: Literal["days", "hours", "months", "percent", "dollars"] = "days"


class ClauseForbidden(BaseModel):
    """A clause that must not be there: any pattern that matches, unless a negation or carve-out stands around it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: Literal["clause_forbidden"] = "clause_forbidden"
    patterns: tuple[str, ...]
    unless: tuple[str, ...] = ()


Check = Annotated[TermRule | ClauseRequired | ClauseForbidden, Field(discriminator="type")]


class Requirement(BaseModel):
    """One requirement of a jurisdiction, in force from `in_force_from` until `in_force_to` (inclusive).

    `applies_if` are term rules that must all hold for the requirement to apply (e.g. a deposit is taken); `applies_to`
    names the kinds of tenancy it governs, so that residential law is never applied to a commercial lease.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[A-Z]{2}[A-Z0-9-]*\.[a-z0-9_.-]+$", examples=["US-OH.deposit_return"])
    name: str
    kind: RequirementKind
    condition: str = Field(description="in plain words")
    citation: str
    url: str
    in_force_from: date
    in_force_to: date | None = None
    applies_to: tuple[Literal["residential", "commercial", "protocol"], ...] = ("residential",)
    applies_if: tuple[TermRule, ...] = ()
    check: Check
    severity: Severity = "major"
    mandatory: bool = True
    confidence: Literal["high", "low"] = Field(description="low: the value could not be confirmed against a source")
    recommendation: str
    suggested_wording: str = ""
    draft: bool = False

    @model_validator(mode="after")
    def _dates_in_order(self) -> "Requirement":
        if self.in_force_to is not None and self.in_force_to < self.in_force_from:
            raise ValueError(f"{self.id}: in_force_to is before in_force_from")
        return self


class Pack(BaseModel):
    """The requirements of one jurisdiction: versioned data, one YAML file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    jurisdiction: str = Field(pattern=r"^[A-Z]{2}(-[A-Z0-9]{2,3})?(-[A-Z0-9-]+)?$", examples=["US", "US-OH"])
    name: str
    version: str
    doc_type: Literal["lease", "clinical_protocol"] = "lease"
    requirements: tuple[Requirement, ...]
    places: dict[str, Any] = Field(
        default_factory=dict, description="for local packs: city, county, zipcodes they cover"
    )
