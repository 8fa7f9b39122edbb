"""What `clauseline doctor` looks at: everything that is installed, and every service that the settings name.

A check says in a few words what it found, None where nothing is configured, and raises an error that says what to do.
"""

import contextlib
import os
from collections.abc import Callable
from functools import partial
from importlib.metadata import PackageNotFoundError, version

from pipeline.errors import ServiceDown, ServiceRefused
from pipeline.settings import Settings, without_password

Check = Callable[[], str | None]

SERVICES = {
    "records": "CLAUSELINE_RECORDS", "search index": "CLAUSELINE_SEARCH_INDEX", "queue": "CLAUSELINE_QUEUE",
    "schedules": "CLAUSELINE_SCHEDULES",
    "Textract": "CLAUSELINE_OCR=textract", "Textract's bucket": "CLAUSELINE_TEXTRACT_BUCKET",
    "telemetry": "OTEL_EXPORTER_OTLP_ENDPOINT",
}  # fmt: skip
"""Checks of what may be left out, and what would configure it."""

_SECONDS = 5.0
_NO_JOB = "0" * 64


def checks(settings: Settings) -> dict[str, Check]:
    """Every check by its name, in the order they are told."""
    return {
        "backend": partial(_backend, settings),
        "database": partial(_database, settings),
        "records": partial(_records, settings),
        "knowledge": partial(_knowledge, settings),
        "search index": partial(_search_index, settings),
        "queue": partial(_queue, settings),
        "schedules": partial(_schedules, settings),
        "OCR": _ocr,
        "Textract": partial(_textract, settings),
        "Textract's bucket": partial(_textract_bucket, settings),
        "embeddings": _embeddings,
        "telemetry": _telemetry,
    }


def installed(package: str) -> str | None:
    """The version of a package, None if it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _backend(settings: Settings) -> str:
    from pipeline.generate import opened_backend

    with opened_backend(settings) as backend:
        return backend.name


def _database(settings: Settings) -> str:
    from pipeline.stores import open_stores

    with open_stores(settings.database, patience=_SECONDS) as stores:
        count = stores.chunks.count()
    return f"{without_password(settings.database)}, {count} passages"


def _records(settings: Settings) -> str | None:
    from pipeline.stores import open_records

    if settings.records is None:
        return None
    with open_records(settings.model_copy(update={"database_patience": _SECONDS})) as records:
        some = next(iter(records.find()), None)
    return f"{without_password(settings.records)}, {'records are there' if some else 'no record yet'}"


def _knowledge(settings: Settings) -> str:
    from pipeline.knowledge import knowledge_version, load_packs
    from pipeline.stores import kept_packs

    own = kept_packs(settings.knowledge_url, _SECONDS)
    return f"version {knowledge_version()}, {len(load_packs())} packs, {len(own)} of your own"


def _search_index(settings: Settings) -> str | None:
    from pipeline.stores import stores_of

    if settings.search_index is None:
        return None
    with stores_of(settings) as stores:
        return f"{without_password(settings.search_index)}, {stores.chunks.count()} passages"


def _queue(settings: Settings) -> str | None:
    if settings.queue is None:
        return None
    from pipeline.desk.queues import open_queue

    open_queue(settings.queue, settings).close()
    return without_password(settings.queue)


def _schedules(settings: Settings) -> str | None:
    if settings.schedules is None:
        return None
    from pipeline.calendar.schedules import check_group

    return f"group {check_group(settings.schedules)}"


def _ocr() -> str:
    import onnxruntime
    import rapidocr

    return f"RapidOCR {installed('rapidocr')} on onnxruntime {onnxruntime.__version__}" if rapidocr else ""


def _textract(settings: Settings) -> str | None:
    """Ask for a job that does not exist: that costs nothing, and who may not ask is told so."""
    if settings.ocr != "textract":
        return None
    from pipeline.aws import aws_client, told

    client = aws_client("textract")
    unknown = client.exceptions.InvalidJobIdException, client.exceptions.InvalidParameterException
    with told("Amazon Textract"), contextlib.suppress(*unknown):
        client.get_document_analysis(JobId=_NO_JOB)
    return f"answers in {client.meta.region_name}"


def _textract_bucket(settings: Settings) -> str | None:
    if settings.textract_bucket is None:
        return None
    from pipeline.stores.objects import open_objects

    next(iter(open_objects(settings.textract_bucket).list()), None)
    return settings.textract_bucket


def _embeddings() -> str:
    from pipeline.embedding import DIMENSIONS, load_embed

    load_embed()
    return f"WordLlama {installed('wordllama')}, {DIMENSIONS} dimensions"


def _telemetry() -> str | None:
    """Send the collector no spans at all, which it takes."""
    from pipeline import telemetry

    if not telemetry.wanted():
        return None
    if telemetry.exporting() is None:
        raise ServiceRefused("OpenTelemetry is not installed: pip install 'clauseline[telemetry]'")
    from urllib.error import HTTPError, URLError
    from urllib.request import Request, urlopen

    base = os.environ.get("OTEL_EXPORTER_OTLP_ENDPOINT", "").rstrip("/")
    url = os.environ.get("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") or f"{base}/v1/traces"
    if not url.startswith(("http://", "https://")):
        raise ServiceRefused(f"{without_password(url)} is no HTTP endpoint; give one such as http://localhost:4318")
    try:
        urlopen(Request(url, b"", {"Content-Type": "application/x-protobuf"}), timeout=_SECONDS).close()  # noqa: S310
    except HTTPError as error:
        if error.code not in (401, 403):  # the exporter has headers that we have not
            raise ServiceRefused(
                f"{without_password(url)} answers {error.code}; is it an OTLP/HTTP endpoint?"
            ) from None
    except (URLError, OSError) as error:
        raise ServiceDown(f"{without_password(url)} does not answer ({getattr(error, 'reason', error)})") from None
    return without_password(url)
