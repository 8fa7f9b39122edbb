"""What is told of the work while it goes on: logs, and OpenTelemetry spans and metrics where a collector is named."""

from pipeline.telemetry.signals import Span, count, flush, handed_on, observe, span
from pipeline.telemetry.work import document, stage

__all__ = ["Span", "count", "document", "flush", "handed_on", "observe", "span", "stage"]
