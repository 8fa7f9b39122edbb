"""Files by key: in a bucket (S3) or below a folder; what is written appears whole or not at all."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from pipeline.errors import WrongUsage
from pipeline.stores.objects.protocol import ObjectInfo, Objects


def open_objects(url: str | Path, *, kms_key: str | None = None) -> Objects:
    """The objects below a place; nothing is asked or made yet.

    Args:
        url: `s3://BUCKET/PREFIX`, `file:///FOLDER`, or the path of a folder.
        kms_key: id, alias or ARN of the KMS key for what is written to S3 (`Settings.s3_kms_key`); the bucket's own if
            not given.

    Raises:
        WrongUsage: the URL is of another kind, or names no bucket.

    >>> open_objects("s3://leases/2025").url, open_objects("/srv/leases").url
    ('s3://leases/2025', 'file:///srv/leases')
    """
    if isinstance(url, str) and is_url(url):
        parts = urlsplit(url)
        if parts.scheme == "s3":
            from pipeline.stores.objects.s3 import S3Objects

            bucket, _, prefix = url.partition("://")[2].partition("/")  # a key may hold what URLs give a meaning
            if not bucket:
                raise WrongUsage(f"{url} names no bucket; give s3://BUCKET/PREFIX")
            return S3Objects(bucket, prefix.strip("/"), kms_key)
        if parts.scheme != "file" or parts.netloc not in ("", "localhost"):
            raise WrongUsage(f"no objects at {url}; give s3://BUCKET/PREFIX, file:///FOLDER or a folder")
        url = unquote(parts.path)
    from pipeline.stores.objects.folder import FolderObjects

    return FolderObjects(Path(url).absolute())


def is_url(text: object) -> bool:
    """Whether a text is a URL of objects, and no path.

    >>> is_url("s3://leases/2025"), is_url("leases/2025")
    (True, False)
    """
    scheme, mark, _ = str(text).partition("://")
    return bool(mark) and scheme.isalnum()


__all__ = ["ObjectInfo", "Objects", "is_url", "open_objects"]
