"""Spans and metrics: nothing at all until a collector is named by OTEL_EXPORTER_OTLP_ENDPOINT, as OpenTelemetry has it."""

import logging
import os
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pipeline.telemetry.export import Exporter

log = logging.getLogger("clauseline")

Attribute = str | int | float | bool
"""What a span or a measurement may be told of: names and figures, never words of a document."""

METRICS: Mapping[str, tuple[str, str]] = {
    "documents": ("{document}", "documents done, by doc_type and status"),
    "pages": ("{page}", "pages read, by source"),
    "stage_seconds": ("s", "how long a stage took on a document, by stage"),
    "tokens": ("{token}", "tokens of a model, by direction"),
    "cost": ("USD", "what a model, or a service that reads pages, cost"),
    "retries": ("{retry}", "times that work was put back to be done again"),
    "dead_letters": ("{message}", "messages given up"),
}
"""Unit and meaning of what is measured; a collector sees each as clauseline.<name>."""

LEAVE_SECONDS = 6.0
"""How long a process that ends may take to send what it has to tell."""

_ENDPOINTS = (
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
    "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT",
)


class Span(Protocol):
    """A piece of work while it goes on."""

    def set(self, **attributes: Attribute) -> None:
        """Say more of it than was known at its beginning."""
        ...


class _Unseen:
    """The span of work that nobody watches."""

    def set(self, **attributes: Attribute) -> None:
        """Forget it."""


_NOTHING = nullcontext[Span](_Unseen())


def span(name: str, **attributes: Attribute) -> AbstractContextManager[Span]:
    """A piece of work as a span of the trace; one that raises is marked with the error's type, not with what it says.

    >>> with span("run", backend="offline") as work:
    ...     work.set(documents=3)
    """
    exporter = exporting()
    return _NOTHING if exporter is None else exporter.span(name, attributes)


def count(name: str, n: float = 1, **attributes: Attribute) -> None:
    """Add to a sum: one of `METRICS`, such as "retries" or "dead_letters".

    >>> count("retries", reason="ServiceDown")
    """
    if (exporter := exporting()) is not None:
        exporter.count(name, n, attributes)


def observe(name: str, value: float, **attributes: Attribute) -> None:
    """Put a value into a distribution: one of `METRICS`.

    >>> observe("stage_seconds", 0.2, stage="parse")
    """
    if (exporter := exporting()) is not None:
        exporter.observe(name, value, attributes)


def handed_on() -> Mapping[str, str]:
    """Environment variables by which a process started now makes its spans part of this trace.

    >>> handed_on()
    {}
    """
    exporter = exporting()
    return {} if exporter is None else exporter.carrier()


def flush(seconds: float = 5.0) -> None:
    """Send what was not sent yet; also done when the interpreter ends. A function that may be frozen (Lambda) calls it.

    Args:
        seconds: after which a collector that does not answer is left alone.
    """
    if (exporter := exporting()) is not None:
        exporter.flush(seconds)


def wanted() -> bool:
    """Whether the environment names a collector; standard variables: an endpoint, and OTEL_SDK_DISABLED is not true."""
    disabled = os.environ.get("OTEL_SDK_DISABLED", "").strip().lower() == "true"
    return not disabled and any(os.environ.get(name, "").strip() for name in _ENDPOINTS)


@lru_cache(maxsize=1)
def exporting() -> "Exporter | None":
    """What sends signals to the collector, made when first needed; None if none is named, or the extra is missing."""
    if not wanted():
        return None
    try:
        from pipeline.telemetry.export import Exporter
    except ImportError:
        log.warning("a collector is named, but OpenTelemetry is not installed: pip install 'clauseline[telemetry]'")
        return None
    return Exporter()
