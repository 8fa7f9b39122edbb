"""Clauseline's data: documents, terms with evidence, requirements, reports, results, and the analysis graph."""

from schemas.analysis import Analysis, FieldGroup, analysis_for
from schemas.document import RUNNING, Box, Cell, Document, FormField, Line, LineKind, Page, Section, Table
from schemas.jurisdiction import US_STATES, Jurisdiction
from schemas.requirement import (
    AllOf,
    AnyOf,
    Check,
    ClauseForbidden,
    ClauseRequired,
    Condition,
    Operand,
    Pack,
    Requirement,
    TenancyKind,
    TermRule,
)
from schemas.result import (
    CheckResult,
    DocType,
    DocumentInfo,
    RequirementResult,
    Result,
    StageError,
    Status,
    Usage,
    ValidationReport,
)
from schemas.task import Answer, FieldAnswer, Messages, Passage, Quote, Task
from schemas.terms import Evidence, IsoDate, LeaseTerms, Money, NoTerms, ProtocolTerms, Term, Terms

__all__ = [
    "RUNNING", "US_STATES", "AllOf", "Analysis", "Answer", "AnyOf", "Box", "Cell", "Check", "CheckResult",
    "ClauseForbidden", "ClauseRequired", "Condition", "DocType", "Document", "DocumentInfo", "Evidence",
    "FieldAnswer", "FieldGroup", "FormField", "IsoDate", "Jurisdiction", "LeaseTerms", "Line", "LineKind",
    "Messages", "Money", "NoTerms", "Operand", "Pack", "Page", "Passage", "ProtocolTerms", "Quote", "Requirement",
    "RequirementResult", "Result", "Section", "StageError", "Status", "Table", "Task", "TenancyKind", "Term",
    "TermRule", "Terms", "Usage", "ValidationReport", "analysis_for",
]  # fmt: skip
