"""Reads a clinical-trial protocol offline: every field of `schemas.ProtocolTerms`, with evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pipeline.generate.offline.protocol import eligibility, schedule
from pipeline.generate.offline.protocol.arms import arms
from pipeline.generate.offline.protocol.candidates import calibrated
from pipeline.generate.offline.protocol.criteria_data import public_criteria
from pipeline.generate.offline.protocol.design import design
from pipeline.generate.offline.protocol.duration import duration
from pipeline.generate.offline.protocol.identification import identification
from pipeline.generate.offline.protocol.interventions import interventions
from pipeline.generate.offline.protocol.objectives import objectives
from pipeline.generate.offline.protocol.population import population
from pipeline.generate.offline.protocol.schedule_data import schedule_of_activities
from pipeline.generate.offline.protocol.sources import open_protocol
from pipeline.generate.offline.protocol.sponsor import sponsor
from pipeline.generate.offline.protocol.title import title_and_acronym
from pipeline.generate.offline.protocol.version import version_and_date
from schemas import Criterion, Document, FieldAnswer, ScheduleOfActivities

__all__ = ["ProtocolAnswers", "read", "read_whole"]

_INDEPENDENT = (identification, title_and_acronym, version_and_date, sponsor, design, duration, objectives)
_DEPENDENT = (interventions, arms, population)
"""These look at answers given before them: the title, the inclusion criteria, the products."""


@dataclass(frozen=True, slots=True)
class ProtocolAnswers:
    """What a protocol says: its fields, and the schedule and criteria behind some of them as data."""

    fields: Mapping[str, FieldAnswer]
    schedule: ScheduleOfActivities | None = None
    criteria: tuple[Criterion, ...] = ()


def read(document: Document) -> dict[str, FieldAnswer]:
    """The terms of a protocol; a field the document does not state has the value None.

    Args:
        document: a clinical-trial protocol as parsed.
    """
    return dict(read_whole(document).fields)


def read_whole(document: Document) -> ProtocolAnswers:
    """The terms of a protocol, its schedule of activities and its eligibility criteria."""
    protocol = open_protocol(document)
    criteria, planned = eligibility.criteria(document), schedule.schedule(document)
    answers = eligibility.fields(document, criteria) | schedule.fields(document, planned)
    for reader in _INDEPENDENT:
        answers |= _calibrated(reader(protocol))
    for dependent in _DEPENDENT:
        answers |= _calibrated(dependent(protocol, answers))
    whole = schedule_of_activities(document, planned) if answers["soa_activities"].value and planned else None
    return ProtocolAnswers(answers, whole, public_criteria(document, criteria))


def _calibrated(answers: dict[str, FieldAnswer]) -> dict[str, FieldAnswer]:
    """The answers with their support turned into a confidence."""
    return {name: replace(answer, confidence=calibrated(answer.confidence)) for name, answer in answers.items()}
