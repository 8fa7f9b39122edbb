"""The analysis graph: what to extract from a document type, in which groups, with which questions. One YAML file each."""

from functools import cache
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from schemas.terms import LeaseTerms, NoTerms, ProtocolTerms

_MODELS: dict[str, type[BaseModel]] = {"LeaseTerms": LeaseTerms, "ProtocolTerms": ProtocolTerms, "NoTerms": NoTerms}


class FieldGroup(BaseModel):
    """Fields that are asked together because the same passages answer them.

    Attributes:
        name: identifier of the group within the analysis.
        fields: names of the terms model's fields.
        queries: what to search for in the document, in words a document of the type would use.
        sections: words of headings under which the answer usually stands (a prior for retrieval).
        depends_on: groups whose answers this one is told.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    fields: tuple[str, ...]
    queries: tuple[str, ...]
    sections: tuple[str, ...] = ()
    depends_on: tuple[str, ...] = ()


class Analysis(BaseModel):
    """How a document type is read: its terms model, its field groups, the prompt it uses, its thresholds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    doc_type: Literal["lease", "lease_amendment", "clinical_protocol", "other"]
    version: int
    terms: Literal["LeaseTerms", "ProtocolTerms", "NoTerms"]
    prompt: str
    groups: tuple[FieldGroup, ...] = ()
    accept: float = Field(default=0.5, description="confidence from which a value is accepted without review")
    accept_by_field: dict[str, float] = Field(default_factory=dict)
    shown_share: float = Field(default=0.4, gt=0, description="of a document's tokens, shown to an LLM over all groups")
    required: tuple[str, ...] = Field(default=(), description="fields without which a result needs review")

    @property
    def model(self) -> type[BaseModel]:
        """The terms model of this document type."""
        return _MODELS[self.terms]

    def threshold(self, name: str) -> float:
        """The confidence from which a value of field `name` is accepted."""
        return self.accept_by_field.get(name, self.accept)

    @model_validator(mode="after")
    def _complete(self) -> "Analysis":
        """Each field of the model is in exactly one group, and no group waits for a later one."""
        grouped = [name for group in self.groups for name in group.fields]
        wanted = list(self.model.model_fields)
        if sorted(grouped) != sorted(wanted):
            odd = sorted(set(grouped) ^ set(wanted)) or sorted({n for n in grouped if grouped.count(n) > 1})
            raise ValueError(f"{self.doc_type}: fields missing from the groups, unknown or doubled: {', '.join(odd)}")
        seen: set[str] = set()
        for group in self.groups:
            if missing := set(group.depends_on) - seen:
                raise ValueError(f"{self.doc_type}: group {group.name} depends on later groups: {sorted(missing)}")
            seen.add(group.name)
        return self


@cache
def analysis_for(doc_type: str) -> Analysis:
    """The analysis shipped for a document type; an amendment is read by the lease's groups.

    >>> analysis_for("lease").terms
    'LeaseTerms'
    """
    text = (files("schemas") / "analyses" / f"{doc_type}.yaml").read_text(encoding="utf-8")
    return Analysis.model_validate(yaml.safe_load(text))
