"""Primary objectives and primary endpoints, each item whole."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.generate.offline.protocol.candidates import fold, quotes
from pipeline.generate.offline.protocol.lines import TextLine, prose
from pipeline.generate.offline.protocol.objective_lists import (
    AIM,
    LEAD_IN,
    Item,
    Side,
    cleaned,
    ends,
    itemise,
    primary_items,
    trimmed,
)
from pipeline.generate.offline.protocol.objective_tables import primary_pairs
from pipeline.generate.offline.protocol.sources import Protocol
from schemas import FieldAnswer

_WEIGHTS = {"table": 0.78, "section": 0.72, "synopsis": 0.68, "sentence": 0.5, "statistics": 0.35, "unlabelled": 0.35}
_MOST_ITEMS = 12
_NARROW = 62  # characters of a line that stands in a column of a table
_SENTENCE = {
    "objectives": re.compile(r"(?i)\b(?:the )?(?:primary|main|overall) (?:study |efficacy )?(?:objectives?|purpose|aim|goal)(?: of| for)?[^.:]{0,80}?\s(?:is|are)\s+(?:to\s+[^.]{20,600}?)\.(?=\s|$)"),
    "endpoints": re.compile(r"(?i)\b(?:the )?(?:study’s |co-?)?primary (?:\(?[\w/-]+\)? ){0,3}?(?:end-?points?|outcomes?(?: measures?| variables?)?|variables?|measures?)(?:\s(?:of|for|in)[^.:]{0,80}?)?\s+(?:is|are|will be)\s+(?!analy|tested|evaluated|assessed by|met|compared|based|reached|similar|summari|described|not|presented|achieved|significant|positive)[^.]{12,500}?(?:\.(?=\s|$))"),
}  # fmt: skip
_PLURAL = re.compile(
    r"(?i)\b(?:end\s?-?points|outcomes|outcome (?:measures|variables)|variables|measures)\b[^.]{0,80}?\s(?:are|will be)\s"
)
_OBJECTIVES = re.compile(r"(?i)objective|purpose of the (?:study|trial)|\baims?\b|hypothes")
_ENDPOINTS = re.compile(
    r"(?i)end\s?-?point|outcome|efficacy (?:variable|criteri|measure|parameter|assessment)|primary (?:variable|efficacy|criteri|measure)|variables"
)
_STATISTICS = re.compile(
    r"(?i)primary .{0,30}(?:end\s?-?point|outcome|variable|analys|efficacy)|efficacy (?:analys|endpoint|variable)"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A list read in one place, with the weight of the place."""

    items: tuple[Item, ...]
    weight: float


def objectives(protocol: Protocol) -> dict[str, FieldAnswer]:
    """Primary objectives and primary endpoints: from the body's section, the synopsis, or a sentence that names them."""
    readings: dict[Side, list[Reading]] = {"objectives": [], "endpoints": []}
    for place, lines in _places(protocol):
        for side, items in primary_items(lines).items():
            if items:
                readings[side].append(Reading(tuple(items[:_MOST_ITEMS]), _WEIGHTS[place]))
    for pair in primary_pairs(protocol.parts.document, _pages(protocol)):
        for side, listed in (("objectives", pair.objectives), ("endpoints", pair.endpoints)):
            items = [cleaned(*i) for i in listed]
            if kept := [i for i in items if not LEAD_IN.match(i.text)]:
                readings[side].append(Reading(tuple(kept[:_MOST_ITEMS]), _WEIGHTS["table"]))
    for side, found in readings.items():
        if not any(reading.weight > _WEIGHTS["statistics"] for reading in found):
            found += _sentences(protocol, side, _near(protocol))
    if not readings["objectives"]:
        readings["objectives"] += _unlabelled(protocol)
    for side, found in readings.items():
        if not found:
            found += _sentences(protocol, side, [(protocol.parts.title.end, min(len(protocol.text), 150_000))])
    return {f"primary_{side}": _best(protocol.text, found) for side, found in readings.items()}


def _pages(protocol: Protocol) -> Iterator[int]:
    """The pages of synopsis and body, on which tables of objectives may stand."""
    for part in protocol.parts.parts:
        if part.kind in ("synopsis", "body", "front"):
            first, last = (
                protocol.parts.document.page_at(part.start).number,
                protocol.parts.document.page_at(part.end - 1).number,
            )
            yield from range(first, last + 1)


def _places(protocol: Protocol) -> Iterator[tuple[str, Sequence[TextLine]]]:
    """The stretches in which primary objectives and endpoints are listed."""
    lines = protocol.parts.lines
    for pattern in (_OBJECTIVES, _ENDPOINTS):
        for section in protocol.sections(pattern, 3):
            chapter = " ".join(s.title for s in protocol.parts.sections if s.start <= section.start < s.end)
            place = "statistics" if re.search(r"(?i)statistic|analys", chapter) else "section"
            yield place, lines.between(section.start, min(section.end, section.start + 9000))
    if synopsis := protocol.parts.first("synopsis"):
        yield "synopsis", protocol.parts.of(synopsis)


def _near(protocol: Protocol) -> list[tuple[int, int]]:
    """The stretches in which a sentence is likely to name the primary objective or endpoint."""
    found = [
        (s.start, min(s.end, s.start + 9000))
        for p in (_OBJECTIVES, _ENDPOINTS, _STATISTICS)
        for s in protocol.sections(p, 3)
    ]
    synopsis = protocol.parts.first("synopsis")
    return [(synopsis.start, synopsis.end), *found] if synopsis else found


def _sentences(protocol: Protocol, side: Side, spans: Sequence[tuple[int, int]]) -> list[Reading]:
    """What a sentence such as "The primary endpoint is ..." names."""
    text = protocol.text
    for start, end in spans:
        for match in _SENTENCE[side].finditer(text, start, end):
            if text[match.end() - 40 : match.end()].count(".") > 3:
                continue
            item = cleaned(prose(match[0]), match.start(), match.end())
            if len(item.text) > 12:
                return [Reading(tuple(_split(item, match[0])), _WEIGHTS["sentence"])]
    return []


def _split(item: Item, sentence: str) -> list[Item]:
    """The endpoints that a sentence lists ("The co-primary endpoints are PFS and OS."), short ones as items of their own."""
    if not _PLURAL.search(sentence[:160]):
        return [item]
    parts = [
        p.strip(" .")
        for p in re.split(r",\s+(?:and\s+)?|\s+and\s+(?:the\s+)?", re.sub(r"^(?:The|Both)\s+", "", item.text))
    ]
    short = all(2 <= len(p) <= 70 for p in parts) and not re.search(
        r"(?i)\bbetween\b|\bsafety and\b|\befficacy and\b", item.text
    )
    return [item._replace(text=p) for p in parts] if short and 2 <= len(parts) <= 5 else [item]


def _unlabelled(protocol: Protocol) -> list[Reading]:
    """The objectives of a protocol that calls none of them primary: the first list under "Objectives"."""
    places: list[Sequence[TextLine]] = [
        protocol.parts.lines.between(s.body, min(s.end, s.body + 4000)) for s in protocol.sections(_OBJECTIVES, 1)
    ]
    for _place, row in protocol.labelled("objectives"):
        places.append(trimmed(protocol.parts.lines.between(row.label, row.end), row.start))
    for lines in places:
        block: list[TextLine] = []
        for index, line in enumerate(lines[:40]):
            if block and (ends(lines, index) or re.match(r"(?i)period 2|part (?:2|b)\b", line.text)):
                break
            block.append(line)
        aims = [i for i in itemise(block) if AIM.match(i.text)]
        if aims:
            return [Reading(tuple(aims[:6]), _WEIGHTS["unlabelled"])]
    return []


def _best(text: str, readings: list[Reading]) -> FieldAnswer:
    """The reading with the best support; readings whose first items agree support each other."""
    if not readings:
        return FieldAnswer()
    support: list[tuple[float, Reading]] = []
    for reading in readings:
        missing = 1.0
        for other in readings:
            if fold(other.items[0].text)[:40] == fold(reading.items[0].text)[:40]:
                missing *= 1 - other.weight * 0.9
        odd = any(len(i.text) > 900 or len(i.text) < 6 for i in reading.items) or len(reading.items) > 8
        support.append(((1 - missing) * (0.6 if odd else 1.0) + reading.weight / 100, reading))
    best = max(support, key=lambda pair: pair[0])
    items = best[1].items
    found = quotes(text, [place for item in items for place in _slices(text, item)])
    return FieldAnswer([i.text for i in items], found, round(min(0.95, best[0]), 3))


def _slices(text: str, item: Item) -> list[tuple[int, int]]:
    """Where an item stands: as one slice, or line by line in a narrow column, beside which other text stands."""
    first = text.find("\n", item.start, item.end)
    if first < 0 or first - item.start > _NARROW:
        return [(item.start, item.end)]
    slices = []
    at = item.start
    for line in text[item.start : item.end].split("\n")[:6]:
        if line.strip():
            slices.append((at, at + len(line.rstrip())))
        at += len(line) + 1
    return slices
