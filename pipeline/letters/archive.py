"""The archive of letters: what was sent when, to whom, by which channel. Entries are added, never changed or removed."""

import hashlib
import re
from collections.abc import Iterator
from datetime import date, datetime

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.errors import Conflict, ServiceRefused, WrongUsage
from pipeline.stores.objects import Objects
from schemas import LeaseRecord

_ENTRY = ".json"
_ENDINGS = {"text/html": ".html", "text/markdown": ".md", "text/plain": ".txt", "application/pdf": ".pdf"}
_KIND = re.compile(r"[a-z0-9-]{1,40}")


class SentLetter(BaseModel):
    """One letter that was sent; its content is an object of its own, `content`, whose digest is `sha256`."""

    model_config = ConfigDict(frozen=True)

    id: str
    tenancy: str
    record_version: int
    kind: str
    dated: date = Field(description="the day the letter bears")
    sent: datetime = Field(description="when it was archived as sent, with time zone")
    to: tuple[str, ...]
    channel: str
    media_type: str
    sha256: str
    content: str = Field(description="key of the content in the archive")


def keep_letter(
    archive: Objects,
    record: LeaseRecord,
    data: bytes,
    *,
    kind: str,
    dated: date,
    to: tuple[str, ...],
    channel: str,
    media_type: str,
    now: datetime,
) -> SentLetter:
    """Put a letter that was sent into the archive; the content first, so that an entry never lacks it.

    Args:
        archive: a folder or a bucket.
        record: the version of the tenancy's record that it was written from.
        data: what was sent, byte for byte.
        kind, dated, to, channel, media_type: see `SentLetter`.
        now: with time zone.

    Raises:
        WrongUsage: the kind is no short name.
        Conflict: the same letter was archived in this very second.
        ServiceDown, ServiceRefused, StoreError: the archive can't be written.
    """
    if not _KIND.fullmatch(kind):
        raise WrongUsage(f"a kind of letter is a short name in lower case, such as renewal; not {kind!r}")
    digest = hashlib.sha256(data).hexdigest()
    name = f"{now:%Y%m%dT%H%M%S}-{kind}-{digest[:8]}"
    place = _place(record.tenancy)
    entry = SentLetter(
        id=name, tenancy=record.tenancy, record_version=record.version, kind=kind, dated=dated, sent=now, to=to,
        channel=channel, media_type=media_type, sha256=digest,
        content=f"{place}{name}{_ENDINGS.get(media_type, '.bin')}",
    )  # fmt: skip
    key = f"{place}{name}{_ENTRY}"
    if archive.head(key) is not None or archive.head(entry.content) is not None:
        raise Conflict(f"{archive.url}/{key} is there already; entries of the archive are never changed")
    charset = "; charset=utf-8" if media_type.startswith("text/") else ""
    archive.write(entry.content, data, media_type + charset)
    archive.write(key, entry.model_dump_json(indent=2).encode(), "application/json")
    return entry


def sent_letters(archive: Objects, tenancy: str) -> Iterator[SentLetter]:
    """The letters that were sent in a tenancy, oldest first; as a stream.

    Raises:
        ServiceRefused: an entry can't be read any more.
    """
    for found in archive.list(_place(tenancy)):
        if found.key.endswith(_ENTRY):
            try:
                yield SentLetter.model_validate_json(archive.read(found.key) or b"")
            except ValidationError:
                raise ServiceRefused(f"{archive.url}/{found.key} is damaged: it is no entry of the archive") from None


def letter_content(archive: Objects, letter: SentLetter) -> bytes:
    """What was sent, as it was.

    Raises:
        ServiceRefused: it is gone, or is not what was sent.
    """
    data = archive.read(letter.content)
    if data is None:
        raise ServiceRefused(f"{archive.url}/{letter.content} is gone from the archive")
    if hashlib.sha256(data).hexdigest() != letter.sha256:
        raise ServiceRefused(f"{archive.url}/{letter.content} has been changed: it is not what was sent")
    return data


def _place(tenancy: str) -> str:
    """Where the letters of a tenancy are; keys do not tell who lives where."""
    return f"{hashlib.sha256(tenancy.encode()).hexdigest()[:32]}/"
