"""bytes -> Document: one file per format, one chooser by content."""

from pipeline.parse.parse import ParseOptions, locate, parse

__all__ = ["ParseOptions", "locate", "parse"]
