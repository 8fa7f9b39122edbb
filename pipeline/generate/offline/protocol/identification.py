"""Identification: protocol number, registry and regulatory numbers, phase."""

import re
from collections.abc import Iterator

from pipeline.generate.offline.protocol.candidates import Candidate, choose
from pipeline.generate.offline.protocol.sources import Protocol, Zone
from schemas import FieldAnswer

_WEIGHTS = {
    "id": {"title:": 0.75, "title": 0.65, "running:": 0.6, "running": 0.6, "synopsis:": 0.6, "synopsis": 0.25, "bare head": 0.3, "bare line": 0.35},
    "nct": {"labelled": 0.9, "title": 0.7, "running": 0.75, "synopsis": 0.3},
    "eudract": {"title": 0.85, "running": 0.85, "synopsis": 0.7, "front": 0.45},
    "ind": {"title": 0.85, "running": 0.8, "synopsis": 0.75},
    "phase": {"labelled": 0.85, "title words": 0.8, "this": 0.6, "running": 0.5, "alone": 0.4, "study": 0.35, "mention": 0.06},
}  # fmt: skip

_TOKEN = re.compile(r"(?<![\w/.-])[A-Za-z0-9]+(?:[-/_.][A-Za-z0-9]+)*(?:\([a-z]\))?(?![\w-])")
_SPACED = re.compile(r"(?<![\w/.-])[A-Z]{2,10} [A-Z]{0,3}\d{3,6}[A-Z]?(?:-\d{2,4})*(?![\w-])")
_LATE_ID = re.compile(r"(?i)\bprotocol (?:number|no\.?|id)\s*\([^)\n]{2,30}\)\s*:?\s*([A-Z0-9][\w-]{4,24})")
_NOT_ID = re.compile(
    r"(?i)^(?:nct\d+|\d{4}-\d{6}-\d\d(?:-\d\d)?|v?\d{1,2}\.\d{1,2}|\d{1,3}|\d{1,2}[-/.]?[a-z]{3,9}[-/.]?\d{2,4}|(?:19|20)\d\d(?:-\d\d-\d\d)?"
    r"|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|u1111.*|\d{2,3},\d{3}|vv-.*|edms.*|is\d+|covid-19|v\d+.*|\d+(?:st|nd|rd|th)|icd-.*|\d+-[a-z]+)$"
)
_COMPOUND = re.compile(
    r"^(?:LY|PF-|MK-|JNJ-|BAY|AZD|ABT-|SAR|GSK|RO|BMS-|AMG|MEDI|TAK-|REGN|MLN|ASP|ACT-|UCB|CC-)\s?\d{3,8}$"
)
_NCT = re.compile(r"NCT\s?0\d{7}\b")
_EUDRACT = re.compile(r"(?<!\d)(?:19|20)\d\d[-–]\d{6}[-–]\d\d(?:[-–]\d\d)?(?!\d)")
_IND = re.compile(
    r"(?:\bIND\b|Investigational New Drug)(?:\s*/\s*IDE)?[^\n\d]{0,60}\n?[^\n\d]{0,30}?(?<![\d-])(\d{2,3},\d{3}|\d{5,6})(?![\d-])"
)
_PHASE = re.compile(
    r"(?i)\bphase[\s:-]{1,3}(IV|I{1,3}|[1-4])\s?([abc]\b)?(?:\s?(?:/|[-–]|and|to)\s?(?:phase\s)?(IV|I{1,3}|[1-4])\s?([abc]\b)?)?(?![\w.])"
)
_BARE_PHASE = re.compile(
    r"(?i)^(?:phase\s*)?(IV|I{1,3}|[1-4])\s?([abc]\b)?(?:\s?(?:/|[-–]|and|to)\s?(?:phase\s)?(IV|I{1,3}|[1-4])\s?([abc]\b)?)?(?![\w.])"
)
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_DESIGN = re.compile(
    r"(?i)(?:study|trial|overall|investigational|summary of).{0,12}(?:design|plan)|^design$|description of (?:the )?study|study overview"
)


def identification(protocol: Protocol) -> dict[str, FieldAnswer]:
    """The fields that say which study this is: protocol number, NCT, EudraCT / EU CT and IND numbers, phase."""
    text = protocol.text
    return {
        "protocol_id": choose(text, _protocol_ids(protocol)),
        "nct_id": choose(text, _nct(protocol)),
        "eudract_number": choose(text, _eudract(protocol)),
        "ind_number": choose(text, _ind(protocol)),
        "phase": choose(text, phases(protocol)),
    }


def is_protocol_id(token: str) -> bool:
    """Whether a word has the shape of a sponsor's protocol number.

    >>> [is_protocol_id(t) for t in ("D4417C00002", "Q7R-AB-KXWV(c)", "NCT01234567", "2.0", "Protocol", "10-Jul-2017")]
    [True, True, False, False, False, False]
    """
    letters_digits = sum(c.isdigit() for c in token) >= 1 and 4 <= len(token) <= 30
    return (
        letters_digits or bool(re.fullmatch(r"[A-Z0-9]{3}-[A-Z]{2}-[A-Z]{4}(?:\([a-z]\))?", token))
    ) and not _NOT_ID.match(token)


def _protocol_ids(protocol: Protocol) -> Iterator[Candidate]:
    weights = _WEIGHTS["id"]
    text = protocol.text
    for place, row in protocol.labelled("protocol_id"):
        head = text[row.start : min(row.end, row.start + 60)]
        weight = weights[place + (":" if row.colon else "")]
        for match in [*_SPACED.finditer(head), *_TOKEN.finditer(head)]:
            if match.start() <= 14 and is_protocol_id(match[0].replace(" ", "-")):
                token = re.sub(r"[/_]?NCT\d{8}$|/[Aa]mend.*$", "", match[0])
                yield Candidate(token, weight, row.start + match.start(), row.start + match.start() + len(token))
                break
    for match in _LATE_ID.finditer(text, 0, protocol.parts.title.end):
        if is_protocol_id(match[1]):
            yield Candidate(match[1], weights["title"] * 0.8, match.start(1), match.end(1))
    for running in protocol.parts.running:
        if running.share > 0.4:
            yield from _bare(running.text, running.start, weights["bare head"])
    for line in protocol.title_lines:
        if " " not in line.text and is_protocol_id(line.text) and not _COMPOUND.match(line.text):
            yield Candidate(line.text, weights["bare line"], line.start, line.end)


def _bare(words: str, start: int, weight: float) -> Iterator[Candidate]:
    """Words of a running head that have the shape of a protocol number; a drug's code has it too."""
    for match in _TOKEN.finditer(words):
        if (
            is_protocol_id(match[0])
            and len(match[0]) > 4
            and not _COMPOUND.match(match[0])
            and not words[match.end() :].lstrip().startswith("(")
        ):
            yield Candidate(match[0], weight, start + match.start(), start + match.end())


def _spots(protocol: Protocol, pattern: re.Pattern[str]) -> Iterator[tuple[str, re.Match[str], int]]:
    """Where a pattern stands on the title page, in running heads and in the head of the synopsis: place, match, offset."""
    text = protocol.text
    title = protocol.parts.title
    for match in pattern.finditer(text, 0, title.end):
        yield "title", match, 0
    for running in protocol.parts.running:
        for match in pattern.finditer(running.text):
            yield "running", match, running.start
    if synopsis := protocol.synopsis():
        for match in pattern.finditer(text, synopsis.start, min(synopsis.end, synopsis.start + 5000)):
            yield "synopsis", match, 0


def _nct(protocol: Protocol) -> Iterator[Candidate]:
    weights = _WEIGHTS["nct"]
    labelled = [(row.start, row.end) for _, row in protocol.labelled("nct")]
    for place, match, offset in _spots(protocol, _NCT):
        start, end = match.start() + offset, match.end() + offset
        near = any(low <= start < low + 40 for low, _ in labelled)
        yield Candidate(match[0].replace(" ", ""), weights["labelled" if near else place], start, end)


def _eudract(protocol: Protocol) -> Iterator[Candidate]:
    weights = _WEIGHTS["eudract"]
    spots = [*_spots(protocol, _EUDRACT)]
    for place, match, offset in spots:
        yield Candidate(match[0].replace("–", "-"), weights[place], match.start() + offset, match.end() + offset)
    if not spots:
        pages = protocol.parts.document.pages[:4]
        for match in _EUDRACT.finditer(protocol.text, 0, pages[-1].end if pages else 0):
            yield Candidate(match[0].replace("–", "-"), weights["front"], match.start(), match.end())


def _ind(protocol: Protocol) -> Iterator[Candidate]:
    weights = _WEIGHTS["ind"]
    for place, match, offset in _spots(protocol, _IND):
        yield Candidate(match[1].replace(",", ""), weights[place], match.start() + offset, match.end() + offset)


def phases(protocol: Protocol) -> Iterator[Candidate]:
    """Readings of the phase from label rows, the words of the title page, running heads, synopsis and design section."""
    weights = _WEIGHTS["phase"]
    text = protocol.text
    for _place, row in protocol.labelled("phase"):
        match = _BARE_PHASE.match(text[row.start : row.start + 40])
        if match and row.colon and (value := phase_value(*match.groups())):
            yield Candidate(value, weights["labelled"], row.label, row.start + match.end())
    for match in _PHASE.finditer(text, 0, protocol.parts.title.end):
        if value := phase_value(*match.groups()):
            yield Candidate(value, weights["title words"], match.start(), match.end())
    for running in protocol.parts.running:
        for match in _PHASE.finditer(running.text):
            if value := phase_value(*match.groups()):
                yield Candidate(value, weights["running"], running.start + match.start(), running.start + match.end())
    zones = [*filter(None, [protocol.synopsis()]), *protocol.zones("design", _DESIGN, 1, 4000)]
    for zone in zones:
        yield from _phase_mentions(text, zone)


def _phase_mentions(text: str, zone: Zone) -> Iterator[Candidate]:
    """Phases named in prose: "this is a phase 3 study" tells, "a phase 2 study (A123) showed" hardly."""
    weights = _WEIGHTS["phase"]
    for match in list(_PHASE.finditer(text, zone.start, zone.end))[:12]:
        if not (value := phase_value(*match.groups())):
            continue
        before = text[max(zone.start, match.start() - 40) : match.start()].lower()
        after = text[match.end() : match.end() + 40].lower()
        kind = "mention"
        if re.search(r"\bthis\b[^.]*$", before):
            kind = "this"
        elif after[:1] == "\n" and re.search(r"(?:^|\n|\d\s?)\s*$", before):
            kind = "alone"
        elif re.match(
            r",?\s+(?:\w+-?\w*,? ){0,3}(?:multi|random|double|open|single|placebo|global|international)", after
        ):
            kind = "study"
        yield Candidate(value, weights[kind], match.start(), match.end())


def phase_value(first: str, letter: str | None, second: str | None = None, letter2: str | None = None) -> str | None:
    """The phase as one of "1", "1/2", "2", "2/3", "3", "3b", "4".

    >>> phase_value("III", None), phase_value("1", "b", "2", None), phase_value("3", "b"), phase_value("II", "b")
    ('3', '1/2', '3b', '2')
    """
    one = _ROMAN.get(first.lower(), first)
    two = _ROMAN.get((second or "").lower(), second)
    if two and two != one:
        return f"{one}/{two}" if (one, two) in (("1", "2"), ("2", "3")) else one
    return "3b" if one == "3" and (letter or "").lower() == "b" else one
