"""What is told of the work while it goes on: logs, and OpenTelemetry spans and metrics where a collector is named."""

from pipeline.telemetry.results import tell
from pipeline.telemetry.signals import LEAVE_SECONDS, Span, count, exporting, flush, handed_on, observe, span, wanted
from pipeline.telemetry.work import document, nameless, stage

__all__ = [
    "LEAVE_SECONDS",
    "Span",
    "count",
    "document",
    "exporting",
    "flush",
    "handed_on",
    "nameless",
    "observe",
    "span",
    "stage",
    "tell",
    "wanted",
]
