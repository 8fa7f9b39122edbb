"""Sends spans and metrics to an OpenTelemetry collector over HTTP; the standard variables say where and how."""

import atexit
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Lock, Thread
from typing import Any

from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Span, Status, StatusCode, get_current_span
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from pipeline.telemetry.signals import METRICS, Attribute

_CARRIED = ("traceparent", "tracestate")
_DISTRIBUTIONS = ("stage_seconds",)


class Exporter:
    """The one sender of a process; what it holds back is sent when the interpreter ends."""

    def __init__(self) -> None:
        resource = Resource.create({"process.pid": os.getpid()}).merge(_named())
        self._traces = TracerProvider(resource=resource, shutdown_on_exit=False)
        self._traces.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
        reader = PeriodicExportingMetricReader(OTLPMetricExporter())
        self._metrics = MeterProvider([reader], resource=resource, shutdown_on_exit=False)
        self._tracer, self._meter = self._traces.get_tracer("clauseline"), self._metrics.get_meter("clauseline")
        self._instruments: dict[str, Any] = {}
        self._making = Lock()
        self._propagator = TraceContextTextMapPropagator()
        atexit.register(self.flush, 5.0)

    @contextmanager
    def span(self, name: str, attributes: Mapping[str, Attribute]) -> Iterator["_Span"]:
        """As `pipeline.telemetry.span`; the first span of a process goes on with the trace of who started it."""
        with self._tracer.start_as_current_span(
            name, self._outer(), attributes=attributes, record_exception=False, set_status_on_exception=False
        ) as begun:
            try:
                yield _Span(begun)
            except BaseException as error:
                begun.set_status(Status(StatusCode.ERROR, type(error).__name__))
                raise

    def count(self, name: str, n: float, attributes: Mapping[str, Attribute]) -> None:
        """As `pipeline.telemetry.count`."""
        self._instrument(name).add(n, attributes)

    def observe(self, name: str, value: float, attributes: Mapping[str, Attribute]) -> None:
        """As `pipeline.telemetry.observe`."""
        self._instrument(name).record(value, attributes)

    def carrier(self) -> Mapping[str, str]:
        """As `pipeline.telemetry.handed_on`."""
        carrier: dict[str, str] = {}
        self._propagator.inject(carrier)
        return {name.upper(): value for name, value in carrier.items()}

    def flush(self, seconds: float) -> None:
        """As `pipeline.telemetry.flush`; each waits in a thread, for the exporters try again for longer than that."""
        sends = [Thread(target=provider.force_flush, daemon=True) for provider in (self._traces, self._metrics)]
        for send in sends:
            send.start()
        for send in sends:
            send.join(seconds)

    def _outer(self) -> Any:
        """The context in which a span begins: the current one, or that of the process that started this one."""
        if get_current_span().get_span_context().is_valid:
            return None
        return self._propagator.extract({name: os.environ.get(name.upper(), "") for name in _CARRIED})

    def _instrument(self, name: str) -> Any:
        with self._making:
            if name not in self._instruments:
                unit, meaning = METRICS[name]
                make = self._meter.create_histogram if name in _DISTRIBUTIONS else self._meter.create_counter
                self._instruments[name] = make(f"clauseline.{name}", unit, meaning)
            return self._instruments[name]


class _Span:
    """A span of OpenTelemetry as `pipeline.telemetry.Span`."""

    def __init__(self, begun: Span) -> None:
        self._begun = begun

    def set(self, **attributes: Attribute) -> None:
        """Say more of it."""
        self._begun.set_attributes(attributes)


def _named() -> Resource:
    """The name under which a collector shows us, unless the environment gives one."""
    given = os.environ.get("OTEL_SERVICE_NAME") or "service.name=" in os.environ.get("OTEL_RESOURCE_ATTRIBUTES", "")
    return Resource({} if given else {"service.name": "clauseline"})
