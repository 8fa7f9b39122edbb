"""Prompt texts -> messages, and the form of the answer."""

from pipeline.prompt.render import render
from pipeline.prompt.wanted import wanted_schema

__all__ = ["render", "wanted_schema"]
