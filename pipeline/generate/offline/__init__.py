"""The offline backend and its readers: one package per document type."""

from pipeline.generate.offline.backend import OfflineBackend

__all__ = ["OfflineBackend"]
