"""bytes -> Document: one file per format, one chooser by content."""

from pipeline.parse.parse import ParseOptions, locate, parse
from pipeline.parse.pdf_kept import KeptPages

__all__ = ["KeptPages", "ParseOptions", "locate", "parse"]
