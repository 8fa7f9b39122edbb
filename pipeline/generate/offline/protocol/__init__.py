"""Reads a clinical-trial protocol offline: every field of `schemas.ProtocolTerms`, with evidence."""

from dataclasses import replace

from pipeline.generate.offline.protocol import eligibility, schedule
from pipeline.generate.offline.protocol.arms import arms
from pipeline.generate.offline.protocol.candidates import calibrated
from pipeline.generate.offline.protocol.design import design
from pipeline.generate.offline.protocol.duration import duration
from pipeline.generate.offline.protocol.identification import identification
from pipeline.generate.offline.protocol.interventions import interventions
from pipeline.generate.offline.protocol.objectives import objectives
from pipeline.generate.offline.protocol.population import population
from pipeline.generate.offline.protocol.sources import open_protocol
from pipeline.generate.offline.protocol.sponsor import sponsor
from pipeline.generate.offline.protocol.title import title_and_acronym
from pipeline.generate.offline.protocol.version import version_and_date
from schemas import Document, FieldAnswer

__all__ = ["read"]

_INDEPENDENT = (identification, title_and_acronym, version_and_date, sponsor, design, duration, objectives)
_DEPENDENT = (interventions, arms, population)
"""These look at answers given before them: the title, the inclusion criteria, the products."""


def read(document: Document) -> dict[str, FieldAnswer]:
    """The terms of a protocol; a field the document does not state has the value None.

    Args:
        document: a clinical-trial protocol as parsed.
    """
    protocol = open_protocol(document)
    answers = eligibility.read(document) | schedule.read(document)
    for reader in _INDEPENDENT:
        answers |= _calibrated(reader(protocol))
    for dependent in _DEPENDENT:
        answers |= _calibrated(dependent(protocol, answers))
    return answers


def _calibrated(answers: dict[str, FieldAnswer]) -> dict[str, FieldAnswer]:
    """The answers with their support turned into a confidence."""
    return {name: replace(answer, confidence=calibrated(answer.confidence)) for name, answer in answers.items()}
