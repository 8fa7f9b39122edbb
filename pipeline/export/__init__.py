"""A result in the forms other tools read: CDISC USDM v4, and the schedule of activities as CSV, XLSX and HTML."""

from pipeline.export.export import FORMATS, Format, export

__all__ = ["FORMATS", "Format", "export"]
