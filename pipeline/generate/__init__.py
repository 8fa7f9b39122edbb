"""Backends that answer tasks, and the way from their answers to grounded terms."""

from pipeline.generate.backend import Backend
from pipeline.generate.factory import backend_for
from pipeline.generate.grounding import Grounder, QuoteIndex
from pipeline.generate.shared import client_for, late_client_for, opened_backend, served
from pipeline.generate.terms import assemble_terms

__all__ = [
    "Backend",
    "Grounder",
    "QuoteIndex",
    "assemble_terms",
    "backend_for",
    "client_for",
    "late_client_for",
    "opened_backend",
    "served",
]
