"""The archive of letters, in a folder and in a bucket."""

import hashlib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from pipeline.errors import Conflict, ServiceRefused, WrongUsage
from pipeline.letters import SentLetter, keep_letter, letter_content, sent_letters
from pipeline.stores.objects import Objects, open_objects
from tests.calendar.tenancies import year

NOW = datetime(2026, 2, 20, 9, 30, tzinfo=UTC)


@pytest.fixture(params=["folder", "s3"])
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Objects:
    """An archive of each kind."""
    if request.param == "folder":
        return open_objects(tmp_path / "letters")
    request.getfixturevalue("aws")
    from pipeline.aws import aws_client

    bucket = f"letters-{uuid4().hex[:12]}"
    aws_client("s3").create_bucket(Bucket=bucket)
    return open_objects(f"s3://{bucket}/sent")


def keep(archive: Objects, text: str = "Dear Ada", tenancy: str = "12 elm st/ada", now: datetime = NOW) -> SentLetter:
    return keep_letter(
        archive, year(tenancy=tenancy, version=3), text.encode(), kind="reminder", dated=date(2026, 2, 19), to=("Ada Byron",),
        channel="email", media_type="text/markdown", now=now,
    )  # fmt: skip


def test_what_was_sent_when_to_whom_and_how_is_kept(archive: Objects) -> None:
    keep(archive)
    (letter,) = sent_letters(archive, "12 elm st/ada")
    assert (letter.sent, letter.dated, letter.to, letter.channel) == (NOW, date(2026, 2, 19), ("Ada Byron",), "email")
    assert (letter.record_version, letter.kind) == (3, "reminder")
    assert letter.sha256 == hashlib.sha256(b"Dear Ada").hexdigest()
    assert letter_content(archive, letter) == b"Dear Ada"


def test_letters_of_a_tenancy_are_listed_oldest_first_and_apart_from_others(archive: Objects) -> None:
    keep(archive, "second", now=NOW + timedelta(1))
    keep(archive, "first")
    keep(archive, "another's", tenancy="14 elm st/bob")
    assert [letter_content(archive, letter) for letter in sent_letters(archive, "12 elm st/ada")] == [
        b"first",
        b"second",
    ]
    assert not list(sent_letters(archive, "nobody's"))


def test_an_entry_is_never_written_twice(archive: Objects) -> None:
    keep(archive)
    with pytest.raises(Conflict, match="never changed"):
        keep(archive)


def test_a_letter_that_was_changed_or_is_gone_is_noticed(archive: Objects) -> None:
    letter = keep(archive)
    archive.write(letter.content, b"Dear Bob")
    with pytest.raises(ServiceRefused, match="has been changed"):
        letter_content(archive, letter)
    archive.delete(letter.content)
    with pytest.raises(ServiceRefused, match="is gone"):
        letter_content(archive, letter)


def test_keys_tell_nothing_of_who_lives_where(archive: Objects) -> None:
    keep(archive)
    assert not [found.key for found in archive.list() if "elm" in found.key or "ada" in found.key]


def test_a_kind_is_a_short_name(archive: Objects) -> None:
    with pytest.raises(WrongUsage, match="short name"):
        keep_letter(
            archive, year(), b"", kind="../up", dated=date(2026, 2, 19), to=(), channel="hand", media_type="text/html", now=NOW
        )  # fmt: skip
