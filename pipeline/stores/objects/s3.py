"""Objects of an S3 bucket, below a prefix: encrypted by KMS, checked by checksum, read as streams."""

import contextlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from pipeline.aws import aws_client, told
from pipeline.errors import Conflict, DocumentTooLarge, ServiceDown, UnreadableFile
from pipeline.stores.files import trouble
from pipeline.stores.objects.protocol import OCTETS, ObjectInfo

PIECE = 1 << 20
"""Bytes held in memory at once while an object is fetched."""

DROPS = 5
"""Times that a body may break off on its way before it is given up; botocore itself only repeats requests."""

_ABSENT = frozenset({"NoSuchKey", "NoSuchVersion", "404", "NotFound"})
_THERE = frozenset({"PreconditionFailed", "ConditionalRequestConflict"})
_NO_KEY = frozenset({"ServerSideEncryptionConfigurationNotFoundError", "AccessDenied", "NotImplemented"})


class _BrokenOff(ServiceDown):
    """The answer came, but its body did not come whole."""


@dataclass(frozen=True)
class S3Objects:
    """See `pipeline.stores.objects.protocol.Objects`.

    Args:
        bucket: its name.
        prefix: of every key, without slashes at its ends; "" for the whole bucket.
        kms_key: by which what is written is encrypted; else the bucket's own KMS key, else that of the account for S3.
    """

    bucket: str
    prefix: str = ""
    kms_key: str | None = None

    @property
    def url(self) -> str:
        return f"s3://{self.bucket}/{self.prefix}".rstrip("/")

    def list(self, prefix: str = "") -> Iterator[ObjectInfo]:
        with told(f"{self.url}/{prefix}"):
            pages = aws_client("s3").get_paginator("list_objects_v2")
            for page in pages.paginate(Bucket=self.bucket, Prefix=self._key(prefix)):
                for found in page.get("Contents", ()):
                    if not found["Key"].endswith("/"):  # consoles make an empty object for each "folder"
                        key = found["Key"][len(self._key("")) :]
                        yield ObjectInfo(key, found["Size"], _bare(found["ETag"]))

    def head(self, key: str) -> ObjectInfo | None:
        with self._told(key):
            client = aws_client("s3")
            try:
                return _info(key, client.head_object(Bucket=self.bucket, Key=self._key(key)))
            except client.exceptions.ClientError as error:
                if _code(error) in _ABSENT:
                    return None
                raise

    def read(self, key: str) -> bytes | None:
        into = io.BytesIO()
        try:
            self._download(key, None, None, into)
        except UnreadableFile:
            return None
        return into.getvalue()

    def fetch(self, key: str, target: Path, *, version: str | None = None, limit: int | None = None) -> ObjectInfo:
        try:
            with target.open("wb") as file:
                return self._download(key, version, limit, file)
        except OSError as error:
            raise trouble(error, target) from error

    def write(self, key: str, data: bytes, media_type: str = OCTETS, *, new: bool = False) -> ObjectInfo:
        only = {"IfNoneMatch": "*"} if new else {}
        with self._told(key):
            client = aws_client("s3")
            try:
                made = client.put_object(
                    Bucket=self.bucket, Key=self._key(key), Body=data, ContentType=media_type,
                    ChecksumAlgorithm="SHA256", **self._encryption(), **only,
                )  # fmt: skip
            except client.exceptions.ClientError as error:
                if _code(error) not in _THERE:
                    raise
                return self._same(key, data)
        return ObjectInfo(key, len(data), _bare(made["ETag"]), made.get("VersionId"))

    def upload(self, key: str, source: Path, media_type: str = OCTETS) -> ObjectInfo:
        with self._told(key), _upload_trouble():
            how = {"ContentType": media_type, "ChecksumAlgorithm": "SHA256", **self._encryption()}
            aws_client("s3").upload_file(str(source), self.bucket, self._key(key), ExtraArgs=how)
            return _info(key, aws_client("s3").head_object(Bucket=self.bucket, Key=self._key(key)))

    def delete(self, key: str) -> None:
        with self._told(key):
            aws_client("s3").delete_object(Bucket=self.bucket, Key=self._key(key))

    def _key(self, key: str) -> str:
        return f"{self.prefix}/{key}" if self.prefix else key

    def _told(self, key: str) -> contextlib.AbstractContextManager[None]:
        return told(f"{self.url}/{key}")

    def _encryption(self) -> dict[str, Any]:
        """The headers that have an object encrypted by KMS.

        To ask for KMS without a key would take the account's key for S3, not the bucket's own; so where the bucket
        encrypts by KMS anyway, nothing is asked for.
        """
        if self.kms_key:
            return {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": self.kms_key}
        return {} if _encrypts(self.bucket) else {"ServerSideEncryption": "aws:kms"}

    def _download(self, key: str, version: str | None, limit: int | None, into: IO[bytes]) -> ObjectInfo:
        """Write an object into a file that was opened; from the start again when its body breaks off."""
        tries = Retrying(
            stop=stop_after_attempt(DROPS), retry=retry_if_exception_type(_BrokenOff), reraise=True,
            wait=wait_random_exponential(0.1, max=5),
        )  # fmt: skip
        return tries(self._download_once, key, version, limit, into)

    def _download_once(self, key: str, version: str | None, limit: int | None, into: IO[bytes]) -> ObjectInfo:
        which = {"VersionId": version} if version else {}
        with self._told(key):
            client = aws_client("s3")
            try:
                answer = client.get_object(Bucket=self.bucket, Key=self._key(key), **which)
            except client.exceptions.ClientError as error:
                if _code(error) not in _ABSENT:
                    raise
                raise UnreadableFile(f"{self.url}/{key} does not exist; check the URL") from None
        info = _info(key, answer)
        with contextlib.closing(answer["Body"]) as body:
            if limit is not None and info.size > limit:
                raise DocumentTooLarge(
                    f"{self.url}/{key} is over the limit of {limit:,} bytes; split it, reduce its images or raise "
                    "CLAUSELINE_MAX_BYTES"
                )
            into.seek(0)
            into.truncate()
            for piece in self._pieces(key, body):
                into.write(piece)
        return info

    def _pieces(self, key: str, body: Any) -> Iterator[bytes]:
        """The body, piece by piece; what may break it off is kept apart from what may befall the file it goes to."""
        from botocore.exceptions import BotoCoreError

        while True:
            try:
                piece = body.read(PIECE)
            except (BotoCoreError, OSError) as error:  # also its checksum was wrong, or its length
                raise _BrokenOff(f"{self.url}/{key}: {' '.join(str(error).split())}") from error
            if not piece:
                return
            yield piece

    def _same(self, key: str, data: bytes) -> ObjectInfo:
        """The object that is there already: ours, if a first try went through unheard, or made by another.

        Raises:
            Conflict: its content is another.
        """
        if self.read(key) == data and (info := self.head(key)):
            return info
        raise Conflict(f"{self.url}/{key} is there already, with other content")


@lru_cache(maxsize=64)
def _encrypts(bucket: str) -> bool:
    """Whether a bucket encrypts by a KMS key of its own; False where it may not be asked."""
    client = aws_client("s3")
    try:
        rules = client.get_bucket_encryption(Bucket=bucket)["ServerSideEncryptionConfiguration"]["Rules"]
    except client.exceptions.ClientError as error:
        if _code(error) in _NO_KEY:
            return False
        raise
    default = rules[0].get("ApplyServerSideEncryptionByDefault", {}) if rules else {}
    return str(default.get("SSEAlgorithm", "")).startswith("aws:kms") and "KMSMasterKeyID" in default


@contextlib.contextmanager
def _upload_trouble() -> Iterator[None]:
    """What boto3 raises of its own while it sends a file's parts, as what befell them."""
    from boto3.exceptions import S3UploadFailedError

    try:
        yield
    except S3UploadFailedError as error:
        raise (error.__context__ or error) from None


def _info(key: str, answer: dict[str, Any]) -> ObjectInfo:
    return ObjectInfo(key, answer["ContentLength"], _bare(answer["ETag"]), answer.get("VersionId"))


def _code(error: Any) -> str:
    return str(error.response.get("Error", {}).get("Code", ""))


def _bare(etag: str) -> str:
    return etag.strip('"')
