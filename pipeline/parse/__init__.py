"""bytes -> Document: one file per format, one chooser by content."""

from pipeline.parse.parse import ParseOptions, locate, parse
from pipeline.parse.pdf_kept import KeptPages
from pipeline.parse.textract_options import TextractOptions, textract_options

__all__ = ["KeptPages", "ParseOptions", "TextractOptions", "locate", "parse", "textract_options"]
