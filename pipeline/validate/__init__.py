"""Validates terms and clauses against the knowledge base: what is missing, why, under which law, and what to write instead."""

from pipeline.validate.changes import as_amended, compare
from pipeline.validate.document import validate_document
from pipeline.validate.markdown import to_markdown
from pipeline.validate.opinion import Opinion, Question
from pipeline.validate.page import to_html
from pipeline.validate.report import validate
from pipeline.validate.tenancy import governing_date, tenancy_kind

__all__ = [
    "Opinion",
    "Question",
    "as_amended",
    "compare",
    "governing_date",
    "tenancy_kind",
    "to_html",
    "to_markdown",
    "validate",
    "validate_document",
]
