"""What a run says of a document: the JSON that tools outside the project read (result.json, schema_version 1)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SerializeAsAny, model_validator

from schemas.jurisdiction import Jurisdiction
from schemas.requirement import RequirementKind
from schemas.schedule import Criterion, ScheduleOfActivities
from schemas.tenancy import Amends
from schemas.terms import Evidence, LeaseTerms, NoTerms, ProtocolTerms

DocType = Literal["lease", "lease_amendment", "clinical_protocol", "other"]
Status = Literal["ok", "needs_review", "partial", "failed"]
CheckResult = Literal["satisfied", "missing", "incomplete", "violated", "not_applicable", "unclear"]


class DocumentInfo(BaseModel):
    """Which document this is; `path` as the user gave it."""

    path: str
    sha256: str = ""
    identity: str | None = Field(
        default=None, description="of an object in a store: as the store named this content, such as its ETag"
    )
    version: str | None = Field(default=None, description="of an object in a bucket that keeps versions")
    media_type: str = ""
    pages: int = 0
    characters: int = 0
    ocr_pages: list[int] = Field(default_factory=list)


class RequirementResult(BaseModel):
    """One requirement, and whether the document meets it."""

    id: str
    topic: str = ""
    name: str
    kind: RequirementKind
    condition: str
    citation: str
    url: str
    result: CheckResult
    severity: Literal["critical", "major", "minor"] = "major"
    mandatory: bool = True
    low_confidence: bool = False
    certainty: float = Field(default=1.0, ge=0, le=1, description="how sure the result is")
    explanation: str = ""
    evidence: list[Evidence] = Field(default_factory=list)
    recommendation: str = ""
    suggested_wording: str = ""


class RequirementChange(BaseModel):
    """A requirement whose result is another than in the report before; None where one of the two did not ask it."""

    id: str
    name: str
    before: CheckResult | None
    after: CheckResult | None


class Comparison(BaseModel):
    """What changed since the last report on the same agreement: results of requirements, and values of terms."""

    made: datetime = Field(description="when the last report was made, UTC")
    path: str = Field(description="the document it was made of")
    status: str = Field(description="its status")
    requirements: list[RequirementChange] = Field(default_factory=list)
    terms: list[str] = Field(default_factory=list, description="fields with another value")


class ValidationReport(BaseModel):
    """A document against the requirements of its place as of a date; `confidence` in percent."""

    status: Literal[
        "agreement is validated", "agreement is not fully validated", "protocol is complete", "protocol is incomplete"
    ]
    confidence: float = Field(ge=0, le=100)
    as_of: date
    knowledge_version: str
    jurisdiction: str = ""
    basis: list[str] = Field(default_factory=list, description="the laws that were applied, the widest first")
    not_applied: list[str] = Field(default_factory=list, description="laws of the place that were not, and why")
    requirements: list[RequirementResult] = Field(default_factory=list)
    notes: list[str] = Field(default_factory=list)
    since: Comparison | None = Field(default=None, description="against the last report, where there is one")


class GroupUsage(BaseModel):
    """What one field group used; "classify" and "validate" are the questions beside the groups."""

    group: str
    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float = 0.0
    seconds: float = 0.0


class Usage(BaseModel):
    """What the backend used: calls, tokens and US dollars (0 offline).

    `seconds` are those it took to answer, summed over questions that may have been asked side by side; `kept` are replies
    that came from our own cache, for nothing.
    """

    backend: str = "offline"
    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float = 0.0
    cached_input_tokens: int = Field(
        default=0, description="of the input tokens, read from the provider's prompt cache"
    )
    seconds: float = 0.0
    kept: int = 0
    textract_pages: int = Field(default=0, description="pages that Amazon Textract read, which it charges for")
    by_group: list[GroupUsage] = Field(default_factory=list)

    @classmethod
    def total(cls, backend: str, parts: Iterable["Usage"]) -> "Usage":
        """The sum of what several documents, or several groups of one, used.

        >>> one = Usage(calls=1, by_group=[GroupUsage(group="rent", calls=1)])
        >>> Usage.total("offline", [one, one]).by_group[0].calls
        2
        """
        sums: Counter[str] = Counter()
        groups: dict[str, Counter[str]] = {}
        for part in parts:
            sums.update(part.model_dump(exclude={"backend", "by_group"}))
            for group in part.by_group:
                groups.setdefault(group.group, Counter()).update(group.model_dump(exclude={"group"}))
        by_group = [GroupUsage(group=name, **_rounded(spent)) for name, spent in groups.items()]
        return cls(backend=backend, by_group=by_group, **_rounded(sums))


def _rounded(sums: Mapping[str, Any]) -> dict[str, Any]:
    """Sums of floats without the digits that adding leaves behind."""
    return {name: round(value, 6) if isinstance(value, float) else value for name, value in sums.items()}


class StageError(BaseModel):
    """What went wrong, in which stage; `message` is one line that says what to do."""

    stage: str
    type: str
    message: str


class Result(BaseModel):
    """Everything a run says of one document."""

    model_config = ConfigDict(title="Clauseline result")

    schema_version: Literal[1] = 1
    document: DocumentInfo
    doc_type: DocType = "other"
    doc_type_confidence: float = Field(default=0.0, ge=0.0, le=1.0)
    jurisdiction: Jurisdiction | None = None
    status: Status = "ok"
    needs_review: list[str] = Field(default_factory=list, description="fields whose value should be looked at")
    terms: SerializeAsAny[LeaseTerms | ProtocolTerms | NoTerms] = Field(default_factory=NoTerms)
    validation: ValidationReport | None = None
    usage: Usage = Field(default_factory=Usage)
    timings_ms: dict[str, float] = Field(default_factory=dict)
    errors: list[StageError] = Field(default_factory=list)
    notes: list[str] = Field(
        default_factory=list, description="how it was read, where that differs from what was asked"
    )
    schedule_of_activities: ScheduleOfActivities | None = Field(default=None, description="of a protocol")
    eligibility: list[Criterion] = Field(
        default_factory=list, description="of a protocol: every criterion with its parts"
    )
    amends: Amends | None = Field(default=None, description="of an amendment: the lease of the same run it amends")
    fingerprint: str = Field(
        default="", description="digest of everything but the document this result depends on: code, data, settings"
    )

    @model_validator(mode="before")
    @classmethod
    def _terms_of_the_type(cls, data: Any) -> Any:
        """Read back from JSON, terms are of the document's type (every field of theirs has a default, so any would fit)."""
        if not isinstance(data, dict) or not isinstance(terms := data.get("terms"), dict):
            return data
        models: dict[str, type[BaseModel]] = {"clinical_protocol": ProtocolTerms, "other": NoTerms}
        model = models.get(data.get("doc_type", "other"), LeaseTerms)
        return data | {"terms": (model if terms else NoTerms).model_validate(terms)}

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled as JSON: the classes of typed terms can't be found by name."""
        return type(self).model_validate_json, (self.model_dump_json(),)

    def _repr_html_(self) -> str:
        """The terms with their evidence as a table, for notebooks."""
        from schemas.html import result_html

        return result_html(self)
