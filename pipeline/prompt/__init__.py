"""Prompt texts -> messages, and the form of the answer."""

from pipeline.prompt.render import check_variant, render
from pipeline.prompt.wanted import wanted_schema

__all__ = ["check_variant", "render", "wanted_schema"]
