"""Asking Amazon Textract: one page at once, or a whole file by a job that is waited for. What it says is not looked at here."""

from __future__ import annotations

import contextlib
import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from tenacity import RetryCallState, Retrying, retry_if_exception_type, wait_random_exponential

from pipeline.aws import aws_client, told
from pipeline.errors import ServiceDown, ServiceRefused, StoreError
from pipeline.parse.textract_blocks import Block
from pipeline.parse.textract_options import TextractOptions
from pipeline.stores.objects import open_objects

log = logging.getLogger("clauseline")

T = TypeVar("T")

MOST_BYTES_AT_ONCE = 10_000_000
"""Bytes of a file that is read at once; it has one page."""

MOST_BYTES, MOST_PAGES = 500_000_000, 3_000
"""Of a file that is read by a job."""

_PER_ANSWER = 1_000  # blocks
_LONGEST_WAIT = 15.0  # seconds between two looks at a job
_OF_THE_DOCUMENT = frozenset({"BadDocumentException", "UnsupportedDocumentException", "DocumentTooLargeException"})
_NAME = "Amazon Textract"


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a file.

    Args:
        blocks: all of them.
        missed: numbers of pages that could not be read, from 1.
        trouble: why those, or the whole file, could not be; "" if all went well.
    """

    blocks: tuple[Block, ...] = ()
    missed: frozenset[int] = frozenset()
    trouble: str = ""


def read_at_once(data: bytes, options: TextractOptions) -> Reading:
    """Have one page read.

    Args:
        data: a PNG, JPEG, or PDF or TIFF of one page.

    Raises:
        ServiceDown: it does not answer, or throttles for longer than our patience.
        ServiceRefused: no permission, not installed or configured.
    """
    client = aws_client("textract")
    try:
        answer = _Patience(options)(client.analyze_document, Document={"Bytes": data}, FeatureTypes=options.features)
    except ServiceRefused as error:
        return Reading(trouble=_documents_fault(error))
    return Reading(tuple(answer.get("Blocks", ())))


def read_by_job(data: bytes, name: str, media_type: str, options: TextractOptions) -> Reading:
    """Have a file of many pages read: it is put into the bucket, a job reads it there, and it is taken away again.

    The job is named after the file: who asks for the same again, after a crash, gets what was paid for already.

    Args:
        data: a PDF or TIFF.
        name: of the content, 1 to 64 letters and digits; with another content, another name.

    Raises:
        as `read_at_once`.
    """
    assert options.bucket is not None
    objects, patience = open_objects(options.bucket, kms_key=options.kms_key), _Patience(options)
    patience(objects.write, name, data, media_type)
    bucket, _, key = f"{objects.url}/{name}".removeprefix("s3://").partition("/")
    try:
        job = patience(
            aws_client("textract").start_document_analysis, ClientRequestToken=name, FeatureTypes=options.features,
            DocumentLocation={"S3Object": {"Bucket": bucket, "Name": key}},
        )["JobId"]  # fmt: skip
        return _result(job, patience)
    except ServiceRefused as error:
        return Reading(trouble=_documents_fault(error))
    finally:
        try:
            objects.delete(name)
        except StoreError as error:
            log.warning("pages sent to %s stay in the bucket: %s", _NAME, type(error).__name__)


def _result(job: str, patience: _Patience) -> Reading:
    """Wait for a job's end, and take what it says, a thousand blocks at a time."""
    ask = aws_client("textract").get_document_analysis
    wait = patience.first_wait
    while (answer := patience(ask, JobId=job, MaxResults=_PER_ANSWER))["JobStatus"] == "IN_PROGRESS":
        patience.pause(wait)
        wait = min(1.5 * wait, _LONGEST_WAIT)
    if answer["JobStatus"] == "FAILED":
        return Reading(trouble=" ".join(str(answer.get("StatusMessage") or "the job failed").split()))
    blocks, warnings = list(answer.get("Blocks", ())), list(answer.get("Warnings") or ())
    while token := answer.get("NextToken"):
        answer = patience(ask, JobId=job, MaxResults=_PER_ANSWER, NextToken=token)
        blocks += answer.get("Blocks", ())
        warnings += answer.get("Warnings") or ()
    missed = frozenset(page for warning in warnings for page in warning.get("Pages") or ())
    return Reading(tuple(blocks), missed, ", ".join(sorted({str(w.get("ErrorCode", "")) for w in warnings})))


class _Patience:
    """Repeats calls that are throttled or not answered, and waits for jobs, until the time of a document is over."""

    def __init__(self, options: TextractOptions) -> None:
        self.first_wait = options.first_wait
        self._seconds, self._until = options.patience, time.monotonic() + options.patience
        self._tries = Retrying(
            retry=retry_if_exception_type(ServiceDown), stop=self._over, reraise=True,
            wait=wait_random_exponential(options.first_wait, max=2 * _LONGEST_WAIT),
        )  # fmt: skip

    def __call__(self, call: Callable[..., T], *args: Any, **named: Any) -> T:
        """What the call returns at last.

        Raises:
            ServiceDown: it did not go through in time.
            ServiceRefused: at once.
        """

        def once() -> T:
            with told(_NAME):
                return call(*args, **named)

        return self._tries(once)

    def pause(self, seconds: float) -> None:
        """Wait about so long, not all at the same moment.

        Raises:
            ServiceDown: the time is over.
        """
        if time.monotonic() + seconds > self._until:
            raise ServiceDown(
                f"{_NAME} has not read the document within {self._seconds:g} s; run it again, the job goes on meanwhile"
            )
        time.sleep(seconds * random.uniform(0.7, 1.0))  # noqa: S311 - no secret

    def _over(self, _: RetryCallState) -> bool:
        return time.monotonic() > self._until


def _documents_fault(error: ServiceRefused) -> str:
    """Why a document can't be read.

    Raises:
        ServiceRefused: that is not the document's fault, and the next one would meet the same.
    """
    code = ""
    with contextlib.suppress(AttributeError, KeyError):
        code = error.__cause__.response["Error"]["Code"]  # type: ignore[union-attr]
    if code not in _OF_THE_DOCUMENT:
        raise error
    return code
