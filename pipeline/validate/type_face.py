"""How a clause is set: the size of its type and whether it is bold, where the law says how and the format of the document tells."""

from dataclasses import replace

from pipeline.validate.finding import Finding
from pipeline.validate.passages import ReadText
from schemas import ClauseRequired, Line

_TOLERANCE = 0.3  # points by which a font's stated size may miss its nominal one


def check_type_face(check: ClauseRequired, finding: Finding, text: ReadText) -> Finding:
    """A clause that is there fails if it is set smaller, or lighter, than the law wants; what cannot be told passes with a word.

    Args:
        check: with `type_size` in points, or `bold`.
        finding: that the clause is there, with its place.
        text: the document.
    """
    if finding.result != "satisfied" or not finding.evidence or not (check.type_size or check.bold):
        return finding
    place = finding.evidence[0]
    lines = [line for line in text.document.lines() if line.start < place.end and line.end > place.start and line.size]
    if not lines:
        told = "How it is set (size, weight of the type) cannot be told from this file."
        return replace(finding, explanation=f"{finding.explanation} {told}".strip())
    if told := _fault(check, lines):
        return replace(finding, result="violated", explanation=told)
    return finding


def _fault(check: ClauseRequired, lines: list[Line]) -> str:
    smallest = min(line.size for line in lines)
    if check.type_size and smallest < check.type_size - _TOLERANCE:
        return f"It is set in {smallest:g}-point type; the law says at least {check.type_size:g} points."
    if check.bold and not any(line.bold for line in lines):
        return "It is not set in bold type, as the law wants it."
    return ""
