"""An OpenTelemetry collector on loopback: keeps the spans and the sums that are sent to it over OTLP/HTTP."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


@dataclass(frozen=True)
class ReceivedSpan:
    """A span as it came in."""

    name: str
    trace: bytes
    id: bytes
    parent: bytes
    attributes: Mapping[str, Any]
    process: int
    failed: bool


@dataclass
class Collector:
    """What came in; `points` are (metric, its attributes, value or count), of each process the last that it sent."""

    url: str = ""
    spans: list[ReceivedSpan] = field(default_factory=list)
    points: dict[tuple[str, int, tuple[tuple[str, Any], ...]], float] = field(default_factory=dict)
    service: str = ""
    raw: list[bytes] = field(default_factory=list)

    def total(self, metric: str, **attributes: Any) -> float:
        """The sum of a metric over all processes, of points with these attributes."""
        return sum(
            value
            for (name, _, given), value in self.points.items()
            if name == metric and attributes.items() <= dict(given).items()
        )

    def take_traces(self, data: bytes) -> None:
        for group in ExportTraceServiceRequest.FromString(data).resource_spans:
            about = _attributes(group.resource.attributes)
            self.service = about["service.name"]
            for scope in group.scope_spans:
                for s in scope.spans:
                    self.spans.append(
                        ReceivedSpan(s.name, s.trace_id, s.span_id, s.parent_span_id, _attributes(s.attributes),
                                     about["process.pid"], s.status.code == 2)
                    )  # fmt: skip

    def take_metrics(self, data: bytes) -> None:
        for group in ExportMetricsServiceRequest.FromString(data).resource_metrics:
            process = _attributes(group.resource.attributes)["process.pid"]
            for scope in group.scope_metrics:
                for metric in scope.metrics:
                    points = metric.sum.data_points or metric.histogram.data_points
                    for point in points:
                        value = point.count if metric.HasField("histogram") else point.as_double or point.as_int
                        key = (metric.name, process, tuple(sorted(_attributes(point.attributes).items())))
                        self.points[key] = value


def _attributes(given: Any) -> dict[str, Any]:
    return {a.key: getattr(a.value, a.value.WhichOneof("value")) for a in given}


@contextmanager
def otlp_collector() -> Iterator[Collector]:
    """Listens at `url` on loopback."""
    collector = Collector()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            data = self.rfile.read(int(self.headers["Content-Length"]))
            collector.raw.append(data)
            (collector.take_traces if self.path == "/v1/traces" else collector.take_metrics)(data)
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing."""

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=listening.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    collector.url = f"http://127.0.0.1:{listening.server_port}"
    try:
        yield collector
    finally:
        listening.shutdown()
        listening.server_close()
        thread.join(10)
