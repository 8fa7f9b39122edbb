"""Reads a clinical-trial protocol offline: every field of `schemas.ProtocolTerms`, with evidence."""

from pipeline.generate.offline.protocol import eligibility
from pipeline.generate.offline.protocol.identification import identification
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
    return identification(protocol) | title_and_acronym(protocol) | version_and_date(protocol) | sponsor(protocol) | eligibility.read(document)
