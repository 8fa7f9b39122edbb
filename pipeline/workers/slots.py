"""How many documents a worker process reads at once."""

from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.settings import Settings
    from schemas import DocType

_FULL = 2  # in multiples of those whose questions just fill what the model may be asked at once
_READ_ELSEWHERE = 4  # documents whose scanned pages a service reads, which takes it many seconds


def documents_at_once(settings: "Settings", processes: int) -> int:
    """How many documents each worker process reads at once: as many as keep the model busy.

    Offline it is one, or a few where a service reads the scans.

    >>> from pipeline.settings import Settings
    >>> documents_at_once(Settings(backend="offline"), 2)
    1
    >>> documents_at_once(Settings(backend="openai:gpt-4o-mini", max_concurrency=64), 2)
    22
    """
    if settings.backend == "offline":
        return _READ_ELSEWHERE if settings.ocr == "textract" else 1
    from schemas import analysis_for  # slow to load, and a process that only looks after workers has no use for it

    types: tuple[DocType, ...] = ("lease", "clinical_protocol")
    fewest = min(len(analysis_for(kind).groups) for kind in types)
    return max(2, ceil(_FULL * settings.max_concurrency / (fewest * processes)))
