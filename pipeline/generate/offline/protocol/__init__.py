"""Reads a clinical-trial protocol offline: every field of `schemas.ProtocolTerms`, with evidence."""

from pipeline.generate.offline.protocol import eligibility
from pipeline.generate.offline.protocol.design import design
from pipeline.generate.offline.protocol.identification import identification
from pipeline.generate.offline.protocol.objectives import objectives
from pipeline.generate.offline.protocol.population import population
from pipeline.generate.offline.protocol.sources import open_protocol
from pipeline.generate.offline.protocol.sponsor import sponsor
from pipeline.generate.offline.protocol.title import title_and_acronym
from pipeline.generate.offline.protocol.version import version_and_date
from schemas import Document, FieldAnswer

__all__ = ["read"]


def read(document: Document) -> dict[str, FieldAnswer]:
    """The terms of a protocol; a field the document does not state has the value None.

    Args:
        document: a clinical-trial protocol as parsed.
    """
    protocol = open_protocol(document)
    answers = eligibility.read(document)
    for reader in (identification, title_and_acronym, version_and_date, sponsor, design, objectives):
        answers |= reader(protocol)
    return answers | population(protocol, answers)
