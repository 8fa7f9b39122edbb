"""What only a bucket has: encryption, versions, pages of keys, and refusals."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from pipeline.aws import aws_client
from pipeline.errors import ServiceRefused, UnreadableFile
from pipeline.stores.objects import open_objects
from tests.stores.objects.conftest import new_bucket


def _how(bucket: str, key: str) -> tuple[str | None, str | None, bool]:
    head = aws_client("s3").head_object(Bucket=bucket, Key=key, ChecksumMode="ENABLED")
    return head.get("ServerSideEncryption"), head.get("SSEKMSKeyId"), "ChecksumSHA256" in head


def test_what_is_written_is_encrypted_by_kms_and_checked(aws: str, tmp_path: Path) -> None:
    bucket = new_bucket()
    (tmp_path / "file").write_bytes(b"x")
    plain, keyed = open_objects(f"s3://{bucket}"), open_objects(f"s3://{bucket}", kms_key="alias/leases")
    plain.write("a", b"x")
    keyed.write("b", b"x")
    keyed.upload("c", tmp_path / "file")
    assert _how(bucket, "a")[::2] == ("aws:kms", True)
    assert _how(bucket, "b") == _how(bucket, "c") == ("aws:kms", "alias/leases", True)


def test_a_bucket_with_a_key_of_its_own_uses_that(aws: str) -> None:
    bucket = new_bucket()
    rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": "alias/bucket"}}
    aws_client("s3").put_bucket_encryption(Bucket=bucket, ServerSideEncryptionConfiguration={"Rules": [rule]})
    open_objects(f"s3://{bucket}").write("a", b"x")
    assert _how(bucket, "a")[:2] == ("aws:kms", "alias/bucket")


def test_a_version_can_be_fetched_after_it_was_replaced(aws: str, tmp_path: Path) -> None:
    objects = open_objects(f"s3://{new_bucket(versions=True)}/x")
    first, second = objects.write("a", b"one"), objects.write("a", b"two")
    assert first.version and second.version and first.version != second.version
    assert objects.fetch("a", tmp_path / "copy", version=first.version) == first
    assert (tmp_path / "copy").read_bytes() == b"one"
    objects.delete("a")
    assert objects.head("a") is None and objects.read("a") is None
    assert objects.fetch("a", tmp_path / "copy", version=second.version) == second
    with pytest.raises(UnreadableFile):
        objects.fetch("a", tmp_path / "copy")


def test_a_listing_asks_for_a_page_when_it_is_needed(aws: str) -> None:
    objects = open_objects(f"s3://{new_bucket()}")
    for number in range(23):
        objects.write(f"{number:04}", b"")
    asked: list[str] = []

    def ask(params: dict[str, object], **_: object) -> None:
        asked.append("page")
        params["MaxKeys"] = 10

    aws_client("s3").meta.events.register("provide-client-params.s3.ListObjectsV2", ask)
    listing = objects.list()
    assert len(list(islice(listing, 10))) == 10 and len(asked) == 1
    assert len(list(islice(listing, 10))) == 10 and len(asked) == 2
    assert [info.key for info in listing] == ["0020", "0021", "0022"] and len(asked) == 3


def test_a_prefix_is_a_folder_not_a_beginning_of_names(aws: str) -> None:
    bucket = new_bucket()
    for key in ("a/", "a/b", "ab", "a"):
        aws_client("s3").put_object(Bucket=bucket, Key=key, Body=b"")
    assert [info.key for info in open_objects(f"s3://{bucket}/a/").list()] == ["b"]


def _uses(url: str, tmp_path: Path) -> Iterator[object]:
    objects = open_objects(url)
    yield lambda: list(objects.list())
    yield lambda: objects.write("a", b"x")
    yield lambda: objects.upload("a", Path(__file__))
    yield lambda: objects.fetch("a", tmp_path / "copy")
    yield lambda: objects.read("a")


def test_a_bucket_that_is_not_there_is_one_line(aws: str, tmp_path: Path) -> None:
    for use in _uses("s3://no-such-bucket-of-ours/x", tmp_path):
        with pytest.raises(ServiceRefused, match=r"^s3://no-such-bucket-of-ours/x.*NoSuchBucket") as caught:
            use()  # type: ignore[operator]
        assert "\n" not in str(caught.value)
