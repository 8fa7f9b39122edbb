"""The version of this document, its date, and the sponsor."""

import re
from collections.abc import Iterator

from pipeline.generate.offline.protocol.candidates import Candidate, choose, fold
from pipeline.generate.offline.protocol.lines import TextLine
from pipeline.generate.offline.protocol.sources import Protocol
from pipeline.values.dates import find_dates
from schemas import FieldAnswer

_WEIGHTS = {
    "version": {"title:": 0.75, "title": 0.5, "running": 0.7, "synopsis:": 0.4, "synopsis": 0.3, "old": 0.08, "suffix": 0.4, "original": 0.33, "history": 0.3},
    "date": {"title:": 0.65, "title": 0.4, "version line": 0.6, "running": 0.7, "running:": 0.75, "synopsis:": 0.4, "cover": 0.5, "latest": 0.3, "old": 0.06,
             "history": 0.35},
}  # fmt: skip
_NUMBER = r"(?:v\.?\s?)?(\d{1,2}(?:\.\d{1,2}){0,2})(?![\d.]*\d)(?!\s*(?:%|years|weeks|mg))(?![ -](?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))"
_VERSION = re.compile(
    rf"(?i)\b(?:version(?: number| no\.?)?|edition(?: number)?|ver\.)\s*[:#]?\s*{_NUMBER}|(?<![\w.])v\.?\s?(\d{{1,2}}(?:\.\d{{1,2}}){{1,2}})\b"
)
_AMENDMENT = re.compile(
    r"(?i)\b(?:(?:non-?)?substantial |global |local |protocol |clinical |country-specific )*(amendment|amended clinical trial protocol|amended protocol|revised protocol|administrative change)"
    r"s?(?: version| number| no\.?| #)?\s*[:#]?\s*((?:INT|US|EU|JP|CN|GLB|[A-Z]{2,3})-?\d{1,2}\b|[A-Z]\b(?![\w’'-])|\d{1,2}(?:\.\d{1,2}){0,2}(?![\d.]*\d|\s*(?:years|weeks|mg|%)))"
)
_AMENDMENT_VALUE = re.compile(
    r"(?i)^(?:protocol )?(?:amendment\s*)?(?:no\.?\s*|#\s*|number\s*)?((?:[A-Z]{2,3}-?)?\d{1,2}(?:\.\d{1,2}){0,2}|[a-z])\b"
)
_ORIGINAL = re.compile(
    r"\b(?:Original|ORIGINAL) (?:Protocol|PROTOCOL)\b|\b(?:Final|FINAL) (?:Original )?(?:Protocol|PROTOCOL)(?! (?:A|a)mend)|\b(?:Initial|INITIAL) (?:Protocol|Version)\b"
)
_SUFFIX = re.compile(r"[A-Z0-9]{3}-[A-Z0-9]{2}-[A-Z]{4}(\([a-z]\))")
_TEMPLATE = re.compile(
    r"(?i)template|\bSOP\b|\bform\b|guideline|printed|effective on|superseded|copyright|ICH|directive|declaration"
)
_OLD = re.compile(r"(?i)original|previous|replaces|superseded|initial|history|first version|dates? amended|\bprior\b")
_HISTORY = re.compile(
    r"(?i)(?:protocol|amendment|document|version|revision) history|previous(?: protocol)? versions?|dates? amended|revision chronology"
)

_LISTED = re.compile(
    r"(?i)^(?:\W*(?:version|amendment|protocol|original|final|initial|(?:non-?)?substantial|administrative|revis|edition|v?\d+\.\d)\b|.*\[\d)"
)


def version_and_date(protocol: Protocol) -> dict[str, FieldAnswer]:
    """The version or amendment label of this document, and its date."""
    text = protocol.text
    lines = _current(protocol)
    version = _both(choose(text, _versions(protocol, lines)), choose(text, _amendments(protocol, lines)), text)
    if version.value is None:
        version = choose(text, _fallback(protocol))
    return {"version": version, "version_date": choose(text, _dates(protocol, lines))}


def _current(protocol: Protocol) -> list[TextLine]:
    """The lines of the title page without a list of earlier versions."""
    lines: list[TextLine] = []
    inside = False
    for line in protocol.title_lines:
        if _HISTORY.search(line.text):
            inside = True
        elif inside and not _LISTED.search(line.text):
            inside = False
        if not inside:
            lines.append(line)
    return lines


def _both(version: FieldAnswer, amendment: FieldAnswer, text: str) -> FieldAnswer:
    """Version and amendment as one label where the document gives both."""
    if not (version.value and amendment.value):
        return amendment if amendment.value else version
    confidence = max(version.confidence, amendment.confidence)
    return FieldAnswer(f"{amendment.value}, {version.value}", amendment.quotes[:1] + version.quotes[:1], confidence)


def _versions(protocol: Protocol, lines: list[TextLine]) -> Iterator[Candidate]:
    weights = _WEIGHTS["version"]
    text = protocol.text
    for place, row in protocol.labelled("version"):
        label = text[row.label : row.start].lower()
        match = re.match(_NUMBER, text[row.start : row.start + 40])
        if match and row.colon and "amendment" not in label and "status" not in label and "revised" not in label:
            yield Candidate(f"Version {match[1]}", weights.get(place + ":", 0.5), row.label, row.start + match.end())
    for where, line in _places(protocol, lines):
        for match in _VERSION.finditer(line.text):
            if _TEMPLATE.search(line.text) and where != "running":
                continue
            number = match[1] or match[2]
            yield Candidate(f"Version {number}", weights[where], line.start + match.start(), line.start + match.end())


def _places(protocol: Protocol, lines: list[TextLine]) -> Iterator[tuple[str, TextLine]]:
    """The lines that state a version: of the title page, of running heads on most pages."""
    for line in lines:
        yield "title", line
    for running in protocol.parts.running:
        if running.share > 0.4:
            yield "running", TextLine(running.text, running.start, running.end, 0, 0.0, False)


def _amendments(protocol: Protocol, lines: list[TextLine]) -> Iterator[Candidate]:
    weights = _WEIGHTS["version"]
    text = protocol.text
    for place, row in (*protocol.labelled("version"), *protocol.labelled("protocol_id")):
        label = text[row.label : row.start].lower()
        if row.colon and ("amendment" in label or "revised" in label):
            match = _AMENDMENT_VALUE.match(text[row.start : row.start + 30])
            joined = re.match(r"\d{3,4}-(\d\d)\b", text[row.start : row.start + 12])
            if joined:
                yield Candidate(f"Amendment {joined[1]}", weights["old"] * 5, row.label, row.start + joined.end())
            elif match and not re.match(r"(?i)n/?a|not", match[0]):
                kind = "Revised Protocol" if "revised" in label else "Amendment"
                yield Candidate(f"{kind} {match[1]}", weights.get(place + ":", 0.5), row.label, row.start + match.end())
    found = []
    for where, line in _places(protocol, lines):
        for match in _AMENDMENT.finditer(line.text):
            many = match[0][match.end(1) - match.start() :][:1].lower() == "s"
            kind = "old" if many or _OLD.search(line.text) else where
            found.append(
                Candidate(f"Amendment {match[2]}", weights[kind], line.start + match.start(), line.start + match.end())
            )
    newest = max((_rank(c.value) for c in found), default=0.0)
    for candidate in found:  # a title page may list every amendment
        yield candidate if _rank(candidate.value) == newest else candidate._replace(weight=candidate.weight * 0.4)


def _rank(label: str) -> float:
    """The number of an amendment, for finding the newest; 0 if it has none."""
    number = re.search(r"\d+(?:\.\d+)?", label)
    return float(number[0]) if number else 0.0


def _fallback(protocol: Protocol) -> Iterator[Candidate]:
    """Where no number is given: "Original Protocol", the letter behind a protocol number, the newest of the history."""
    weights = _WEIGHTS["version"]
    for _, line in _places(protocol, list(protocol.title_lines)):
        for match in _ORIGINAL.finditer(line.text):
            yield Candidate(match[0], weights["original"], line.start + match.start(), line.start + match.end())
        for match in _SUFFIX.finditer(line.text):
            yield Candidate(match[1], weights["suffix"], line.start + match.start(), line.start + match.end())


def _dates(protocol: Protocol, lines: list[TextLine]) -> Iterator[Candidate]:
    weights = _WEIGHTS["date"]
    found = [*_title_dates(protocol, lines)]
    newest = max((c.value for c in found), default="")
    for candidate in found:
        old = candidate.value < newest
        yield candidate._replace(weight=candidate.weight * (0.6 if old else 1.0))
        if not old:
            yield Candidate(candidate.value, weights["latest"], candidate.start, candidate.end)
    for running in protocol.parts.running:
        if running.share > 0.4:
            for date in _whole_dates(running.text):
                labelled = re.search(r"(?i)\bdate\b", running.text)
                weight = weights["running:" if labelled else "running"]
                yield Candidate(date[0], weight, running.start + date[1], running.start + date[2])
    for place, row in protocol.labelled("date"):
        if place == "synopsis" and row.colon:
            for value, start, end in _whole_dates(protocol.text[row.start : row.start + 40])[:1]:
                yield Candidate(value, weights["synopsis:"], row.start + start, row.start + end)


def _title_dates(protocol: Protocol, lines: list[TextLine]) -> Iterator[Candidate]:
    weights = _WEIGHTS["date"]
    rows = [row for place, row in protocol.labelled("date") if place == "title"]
    for line in protocol.title_lines:
        for value, start, end in _whole_dates(line.text):
            before = line.text[:start]
            labelled = any(row.start - 3 <= line.start + start <= row.start + 12 for row in rows)
            kind = "title:" if labelled else "title"
            if _TEMPLATE.search(before) or _OLD.search(before) or line not in lines:
                kind = "old"
            elif not labelled and (_VERSION.search(before) or _AMENDMENT.search(before)):
                kind = "version line"
            yield Candidate(value, weights[kind], line.start + start, line.start + end)


def _whole_dates(words: str) -> list[tuple[str, int, int]]:
    """The dates in a line that name a day or at least a month; a bare year is none."""
    if not re.search(r"\d{4}|\d[-/.]\d{2}\b", words):
        return []
    return [(f.value, f.start, f.end) for f in find_dates(words, day_first=False)]


def same(value: str) -> str:
    """What two readings of a version have in common.

    >>> same("Version 2.0") == same("version 2.0")
    True
    """
    return fold(value)
