"""Reads a lease without any model: layout, typed candidates, learned scores; one file per family of fields."""

from pipeline.generate.offline.lease.reader import propose_all, read
from pipeline.generate.offline.lease.scorer import confidence

__all__ = ["confidence", "propose_all", "read"]
