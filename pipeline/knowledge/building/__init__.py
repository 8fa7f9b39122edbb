"""Building knowledge from standard leases: a template's document -> draft requirements -> accepted versions."""

from pipeline.knowledge.building.clauses import Clause
from pipeline.knowledge.building.draft import Ask, Draft, Template, draft
from pipeline.knowledge.building.identity import dated, name_of, township_of
from pipeline.knowledge.building.shared import Judge
from pipeline.knowledge.building.versions import Diff, accept, changes, differences, reject, unknown, with_draft

__all__ = [
    "Ask",
    "Clause",
    "Diff",
    "Draft",
    "Judge",
    "Template",
    "accept",
    "changes",
    "dated",
    "differences",
    "draft",
    "name_of",
    "reject",
    "township_of",
    "unknown",
    "with_draft",
]
