"""Files by key: in a bucket (S3) or below a folder; what is written appears whole or not at all."""

from pipeline.stores.objects.protocol import ObjectInfo, Objects

__all__ = ["ObjectInfo", "Objects"]
