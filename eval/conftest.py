"""Modules that need what the project does not depend on are collected only where it is installed."""

from importlib.util import find_spec

collect_ignore = [] if find_spec("torch") else ["clause_encoder.py", "export_clause_encoder.py"]
