"""The content of an item: gzipped, and in S3 where even so it is larger than an item may be."""

import gzip
import hashlib

from pipeline.errors import StoreError
from pipeline.stores.dynamo.items import Item
from pipeline.stores.dynamo.place import Place
from pipeline.stores.objects import open_objects

MOST = 380_000
"""Bytes of a content that stays in its item; 400 KB with its names and keys is the most that DynamoDB takes."""


def packed(place: Place, text: str) -> Item:
    """The attributes that hold a text; a large one is put into S3 first, so that no item ever points to nothing.

    Raises:
        StoreError: it is too large for an item, and the URL names no place in S3 for such.
    """
    body = gzip.compress(text.encode(), mtime=0)
    if len(body) <= MOST:
        return {"body": {"B": body}}
    if place.spill is None:
        raise StoreError(
            f"{place.url}: a record of {len(body):,} bytes is larger than an item may be; say where such go: "
            f"{place.url}?spill=s3://BUCKET/PREFIX"
        )
    key = f"{hashlib.sha256(body).hexdigest()}.json.gz"
    open_objects(place.spill).write(key, body, "application/gzip")
    return {"spilled": {"S": f"{place.spill.rstrip('/')}/{key}"}}


def unpacked(place: Place, item: Item) -> str:
    """The text that an item holds, or points to.

    Raises:
        StoreError: what it points to is gone.
    """
    if "body" in item:
        return gzip.decompress(item["body"]["B"]).decode()
    url: str = item["spilled"]["S"]
    root, _, key = url.rpartition("/")
    body = open_objects(root).read(key)
    if body is None:
        raise StoreError(f"{place.url}: {url}, which holds a record, is gone; bring it back from an older version")
    return gzip.decompress(body).decode()
