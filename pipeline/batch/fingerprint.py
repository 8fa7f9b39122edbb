"""What a result depends on besides the document, as one short string: when it changes, results are made anew."""

import hashlib
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from pipeline.settings import Settings

STAGES = (
    "parse", "classify", "retrieve", "embedding", "prompt", "generate", "validate", "knowledge", "values", "pipeline.py",
    "extraction.py", "asking.py", "review.py", "boxes.py",
)  # fmt: skip
INCIDENTAL = {
    "database", "database_patience", "queue", "dead_letters", "visibility", "attempts", "scheduler_role",
    "schedules", "templates", "records", "knowledge", "search_index", "embedder", "embedder_url", "workers",
    "executor", "ray_address", "document_timeout", "ocr_timeout_per_mb", "password", "max_concurrency",
    "requests_per_minute", "tokens_per_minute", "max_cost", "prices", "provider_patience", "request_timeout",
    "reply_cache", "textract_bucket", "textract_patience", "s3_kms_key",
}  # fmt: skip
"""Settings that change how a result is come by, not what it says."""


def fingerprint(
    settings: Settings, *, jurisdiction: str | None = None, as_of: date | None = None, knowledge: str = ""
) -> str:
    """Digest of the code and data of every stage, the backend, and the settings that change results.

    Args:
        settings: of the run.
        jurisdiction, as_of: as the run was told.
        knowledge: the version of the team's own knowledge, "" if there is none.

    >>> ours = Settings(_env_file=None)
    >>> fingerprint(ours) == fingerprint(ours.model_copy(update={"workers": 7}))
    True
    >>> fingerprint(ours) == fingerprint(ours, jurisdiction="US-OH")
    False
    """
    said = settings.model_dump_json(exclude=INCIDENTAL)
    return hashlib.sha256(
        f"{_stages()}\n{_own_prompts(settings.prompt)}\n{said}\n{jurisdiction}\n{as_of}\n{knowledge}".encode()
    ).hexdigest()[:16]


def _own_prompts(variant: str) -> str:
    """Digest of the prompts of the user's own folder that a variant is in; of nothing for a shipped one."""
    folder, digest = variant.rpartition("/")[0], hashlib.sha256()
    own = Path(folder).expanduser()
    for file in sorted([*own.glob("*.j2"), *own.glob("*/*.j2")]) if folder else ():
        _add(file, file.relative_to(own).as_posix(), digest)
    return digest.hexdigest()


@cache
def _stages() -> str:
    """Digest of the files of the stages, the schemas and the prompts, as installed."""
    digest = hashlib.sha256()
    package = files("pipeline")
    for root in (*(package / stage for stage in STAGES), files("schemas"), files("prompts")):
        _add(root, root.name, digest)
    return digest.hexdigest()


def _add(entry: Traversable, name: str, digest: "hashlib._Hash") -> None:
    if entry.is_dir():
        for child in sorted(entry.iterdir(), key=lambda c: c.name):
            if not child.name.startswith((".", "__pycache__")):
                _add(child, f"{name}/{child.name}", digest)
    elif entry.is_file():
        data = entry.read_bytes()
        digest.update(f"{name} {len(data)}\n".encode())
        digest.update(data)
