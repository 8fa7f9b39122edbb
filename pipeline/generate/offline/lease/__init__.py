"""Reads a lease without any model: layout, typed candidates, learned scores; one file per family of fields."""

from pipeline.generate.offline.lease.reader import propose_all, read

__all__ = ["propose_all", "read"]
