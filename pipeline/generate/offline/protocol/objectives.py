"""Primary objectives and primary endpoints, each item whole."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from pipeline.generate.offline.protocol.candidates import fold, quotes
from pipeline.generate.offline.protocol.labels import label_key
from pipeline.generate.offline.protocol.lines import BULLET, NUMBERED, TextLine, prose, without_mark
from pipeline.generate.offline.protocol.objective_tables import primary_pairs
from pipeline.generate.offline.protocol.sources import Protocol
from schemas import FieldAnswer

Side = Literal["objectives", "endpoints"]

_WEIGHTS = {"table": 0.78, "section": 0.72, "synopsis": 0.68, "sentence": 0.5, "statistics": 0.35, "unlabelled": 0.35}
_MOST_LINES = 70
_MOST_ITEMS = 12
_NARROW = 62  # characters of a line that stands in a column of a table

_THING = r"(?:objectives?|end\s?-?points?|outcomes?(?: measures?| variables?)?|variables?|aims?|measures?|parameters?|criteri(?:a|on))(?:\(s\))?"
_HEAD = re.compile(
    rf"^(?:\d{{1,2}}(?:\.\d{{1,2}})*\.?\s+|[A-Z]\.\s+)?(?:the )?(?:study )?(?:co-?|dual |multiple )?primary(?:/(?:co-primary|main|key secondary))?(?: clinical)?((?:\s+(?!secondary|analys|and\b|is\b|are\b|of\b)[\w/-]+){{0,3}}?)\s+({_THING})"
    rf"(?P<rest>(?:\s*(?:and|/|&|,)\s*(?:(?:corresponding|primary|associated) )?{_THING})?)(?P<tail>.*)$",
    re.IGNORECASE,
)
_ALONE = re.compile(r"^(?:co-)?primary(?: \((?:efficacy|safety|all|double|part|main)[^)]{0,30}\))?\s*:?$", re.IGNORECASE)
_ROW = re.compile(r"^Primary\s+(?=(?:•\s*)?(?:To\b|Evaluate|Assess|Determine|Demonstrate|Compare|•))")
_OTHER = re.compile(
    r"^(?:\d[\d.]*\s+)?primary (?:and secondary )?estimands?\b|^(?:\d{1,2}(?:\.\d{1,2})*\.?\s+|[A-Z]\.\s+)?(?:the )?(?:main |key |other |additional |major |selected |multiplicity-controlled )*"
    r"(?:secondary|exploratory|tertiary|safety (?:objective|endpoint|outcome)|other (?:secondary|objective|endpoint|pre)|additional (?:objective|endpoint)|pharmacokinetic|immunogenicity (?:objective|endpoint)"
    r"|biomarker|hypothes[ie]s|statistical|study design|study (?:population|treatment|drug)|intercurrent|health|rationale|number of|table \d|abbreviations?|efficacy endpoints?$|methodology|overview|safety:|objectives?(?: and)? (?:and )?endpoints?$|"
    r"intervention groups|overall design|sub-?study|part [b2]\b|patient-reported|objectives?\s*:?$|endpoints?\s*:?$|estimands?\b|supportive|sensitivity)",
    re.IGNORECASE,
)
_CORRESPONDING = re.compile(r"(?i)^(?:corresponding |estimand description/)?(?:endpoints?|outcome measures?|outcomes?|estimands?)(?:/\w+)?\s*:?$")
_AIM = re.compile(r"^(?:[^.]{0,160}?,\s)?(?:[Tt]o|TO)\s+(?:[a-z]|further)|^(?:Evaluate|Assess|Determine|Demonstrate|Compare|Establish|Characteri[sz]e|Investigate|Estimate|Describe|Confirm|Show|Examine|Test|Evaluation|Demonstration)\b|^The (?:primary|main) objectives?\b", re.ASCII)
_LEAD_IN = re.compile(r"(?i)^(?:the )?(?:(?:study’s|study's) )?(?:(?:following|co-?)?\s?primary|objectives?|following|main)\b[^.]{0,140}?\b(?:is|are|was|were|include[sd]?|follows?|following|as follows|be)\s*(?:the following[\w ]{0,30}|as follows|to)?\s*:?\s*$")
_SENTENCE_LEAD = re.compile(
    r"(?i)^(?:the )?(?:study’s |study's |co-?|main )?(?:primary|main)(?: \(?[\w/-]+\)?){0,3}? (?:objectives?|end-?points?|outcomes?(?: measures?| variables?)?|variables?|estimands?|measures?|parameters?|purposes?|aims?|criteri(?:a|on))(?:\(s\))?(?:(?: of| for| in| to)[^.:]{0,90}?)?\s+(?:is|are|will be|was|were)\s+(?:defined as\s+|:\s*|as follows:?\s*|the following:?\s*)?"
)
_SENTENCE = {
    "objectives": re.compile(r"(?i)\b(?:the )?(?:primary|main|overall) (?:study |efficacy )?(?:objectives?|purpose|aim|goal)(?: of| for)?[^.:]{0,80}?\s(?:is|are)\s+(?:to\s+[^.]{20,600}?)\.(?=\s|$)"),
    "endpoints": re.compile(r"(?i)\b(?:the )?(?:study’s |co-?)?primary (?:\(?[\w/-]+\)? ){0,3}?(?:end-?points?|outcomes?(?: measures?| variables?)?|variables?|measures?)(?:\s(?:of|for|in)[^.:]{0,80}?)?\s+(?:is|are|will be)\s+(?!analy|tested|evaluated|assessed by|met|compared|based|reached|similar|summari|described|not|presented|achieved|significant|positive)[^.]{12,500}?(?:\.(?=\s|$))"),
}  # fmt: skip
_OBJECTIVES = re.compile(r"(?i)objective|purpose of the (?:study|trial)|\baims?\b|hypothes")
_ENDPOINTS = re.compile(r"(?i)end\s?-?point|outcome|efficacy (?:variable|criteri|measure|parameter|assessment)|primary (?:variable|efficacy|criteri|measure)|variables")
_STATISTICS = re.compile(r"(?i)primary .{0,30}(?:end\s?-?point|outcome|variable|analys|efficacy)|efficacy (?:analys|endpoint|variable)")
_LABELLED = re.compile(r"^(?:\(?\d\)?[.)]?\s*)?(?:Primary )?(?:Objectives?|Endpoints?|Aim|OBJECTIVE)\s*(?:\d\s*)?[:–]\s*(?=\S)")
_ANALYSIS = re.compile(
    r"(?i)\bwill be (?:analy[sz]ed|conducted|performed|compared|tested|summari[sz]ed|estimated|presented|carried|made|used|calculated|included)\b|^(?:primary )?analys[ie]s of\b|null hypothesis|analyses will"
)


class Item(NamedTuple):
    """An objective or endpoint and where it stands."""

    text: str
    start: int
    end: int


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
            items = [_cleaned(*i) for i in listed]
            if kept := [i for i in items if not _LEAD_IN.match(i.text)]:
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
            first, last = protocol.parts.document.page_at(part.start).number, protocol.parts.document.page_at(part.end - 1).number
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


def primary_items(lines: Sequence[TextLine]) -> dict[Side, list[Item]]:
    """The primary objectives and endpoints that some lines list under headings such as "Primary Objective".

    Args:
        lines: a section, or the synopsis.
    """
    found: dict[Side, list[Item]] = {"objectives": [], "endpoints": []}
    index = 0
    while index < len(lines):
        head = _head(lines, index)
        if head is None:
            index += 1
            continue
        sides, first, start = head
        last = first
        while last < len(lines) and last - first < _MOST_LINES and not _ends(lines, last):
            last += 1
        block = _trimmed(lines[first:last], start)
        for side, items in _assigned(sides, itemise(block)).items():
            known = {fold(i.text)[:60] for i in found[side]}
            found[side] += [i for i in items if fold(i.text)[:60] not in known]
        index = max(last, index + 1)
    return found


def _head(lines: Sequence[TextLine], index: int) -> tuple[set[Side], int, int] | None:
    """Whether a line is a heading of primary things: what of, the line its content begins in, the offset there."""
    line = lines[index]
    text = line.text
    if "rimary" not in text and "RIMARY" not in text:
        return None
    if _ALONE.match(text):
        return {"objectives", "endpoints"}, index + 1, 0
    if match := _ROW.match(text):
        return {"objectives", "endpoints"}, index, line.start + match.end()
    match = _HEAD.match(text)
    if not match:
        return None
    tail = match["tail"]
    side: Side = "objectives" if match[2].lower()[:3] in ("obj", "aim") else "endpoints"
    sides = {side}
    if match["rest"]:
        sides.add("objectives" if re.search(r"(?i)obj|aim", match["rest"]) else "endpoints")
    if re.search(r"(?i)^[\s:/]*(?:corresponding |primary )?(?:end\s?-?point|outcome|estimand)", tail):
        return {"objectives", "endpoints"}, index + 1, 0
    colon = tail.find(":")
    if colon >= 0 and colon < 60 and tail[colon + 1 :].strip():
        if re.match(r"(?i)\s*(?:corresponding |primary )?(?:end\s?-?points?|outcome measures?|outcomes?)\s*:?\s*$", tail[colon + 1 :]):
            return {"objectives", "endpoints"}, index + 1, 0
        offset = line.end - len(tail) + colon + 1
        return sides, index, offset + (len(tail[colon + 1 :]) - len(tail[colon + 1 :].lstrip()))
    if len(text) < 110 and not re.search(r"(?i)\b(?:is|are|will|was|were|of the|analys|that|which|for the|at|by)\b", tail) and not text.endswith((".", ",")):
        return sides, index + 1, 0
    return None


def _ends(lines: Sequence[TextLine], index: int) -> bool:
    """Whether the list ends before this line."""
    text = lines[index].text
    if len(text) < 120 and _OTHER.match(text):
        return True
    if ("rimary" in text or "RIMARY" in text) and _head(lines, index) is not None:
        return True
    if len(text) < 60 and not _CORRESPONDING.match(text):
        words = text.rstrip(":")
        key = label_key(words)
        return bool(key) and text[0].isupper() and not BULLET.match(text)
    return False


def _trimmed(lines: Sequence[TextLine], start: int) -> list[TextLine]:
    """The lines of a list, the first cut to where its content begins, without column heads."""
    kept = []
    for line in lines:
        if start and line.start < start <= line.end:
            line = line._replace(text=line.text[start - line.start :], start=start)
        if line.text and not _CORRESPONDING.match(line.text):
            kept.append(line)
    return kept


def itemise(lines: Sequence[TextLine]) -> list[Item]:
    """The items of a list: bullets, numbers, or sentences set apart; sub-items stay with their item.

    Args:
        lines: the lines under a heading.
    """
    groups: list[list[TextLine]] = []
    nested = False
    for line in lines:
        bullet = BULLET.match(line.text) or NUMBERED.match(line.text)
        deeper = bool(re.match(r"(?:o|–|—|-|○|▪|[a-z][.)])\s", line.text))
        if not groups or (bullet and not deeper):
            nested = bool(groups) and _opens_sub_list(prose("\n".join(x.text for x in groups[-1])))
            if nested and groups:
                groups[-1].append(line)
            else:
                groups.append([line])
        elif not bullet and not deeper and _begins_anew(groups[-1][-1].text, line.text):
            groups.append([line])
        else:
            groups[-1].append(line)
    return [_item(group) for group in groups]


def _opens_sub_list(text: str) -> bool:
    """Whether the bullets that follow a text are its parts rather than items of their own."""
    whole = without_mark(text)
    if not re.search(r"(?i):\s*(?:[•●▪■\uf0b7\d(].*)?$", whole):
        return False
    lead = whole[: whole.index(":") + 1] if ":" in whole else whole
    return len(lead) > 25 and not _LEAD_IN.match(lead) and (bool(_AIM.match(lead)) or bool(re.search(r"(?i)composite|components|defined as|any of|either of|consist", lead)))


def _begins_anew(previous: str, line: str) -> bool:
    """Whether a line without a mark begins something new: after a full stop, with a capital."""
    if not line[:1].isupper():
        return False
    return bool(re.search(r"[.;:]\)?\s*$", previous)) or (bool(re.match(r"To [a-z]", line)) and len(previous) < 100)


def _item(group: Sequence[TextLine]) -> Item:
    text = without_mark(prose("\n".join(line.text for line in group)))
    return _cleaned(text, group[0].start, group[-1].end)


def _cleaned(text: str, start: int, end: int) -> Item:
    """An item without "The primary endpoint is" and "Objective:" before it."""
    text = _LABELLED.sub("", text)
    lead = _SENTENCE_LEAD.match(text)
    if lead and len(text) - lead.end() > 10:
        text = text[lead.end() :]
        text = text[:1].upper() + text[1:]
    return Item(text.strip(" ;"), start, end)


def _assigned(sides: set[Side], items: Sequence[Item]) -> dict[Side, list[Item]]:
    """Which items are objectives, which endpoints; lead-ins and remarks are neither."""
    items = [i for i in items if len(i.text) > 2 and not _LEAD_IN.match(i.text) and not _ANALYSIS.search(i.text[:300])]
    if len(sides) == 2:
        aims = [i for i in items if _AIM.match(i.text)]
        return {"objectives": aims, "endpoints": [i for i in items if not _AIM.match(i.text)]}
    side = next(iter(sides))
    if side == "objectives":
        aims = [i for i in items if _AIM.match(i.text)]
        others = [i for i in items if not _AIM.match(i.text)]
        return {"objectives": aims or items[:1], "endpoints": []} if aims else {"objectives": others, "endpoints": []}
    return {"endpoints": _without_remarks(items), "objectives": []}


def _without_remarks(items: Sequence[Item]) -> list[Item]:
    """Endpoints up to where explanations begin: definitions, analyses, what is derived how."""
    kept: list[Item] = []
    for item in items:
        if kept and re.match(r"(?i)(?:definitions?|confirmatory|the (?:primary|definition|analysis|null|following|composite)|for (?:the|each|this)|this |these |if |see |refer|in addition|details|an? (?:event|subject|patient|independent)|all |where|note|it |subjects? |patients? |participants? |see section|rationale)", item.text):
            break
        kept.append(item)
    return kept


def _near(protocol: Protocol) -> list[tuple[int, int]]:
    """The stretches in which a sentence is likely to name the primary objective or endpoint."""
    found = [(s.start, min(s.end, s.start + 9000)) for p in (_OBJECTIVES, _ENDPOINTS, _STATISTICS) for s in protocol.sections(p, 3)]
    synopsis = protocol.parts.first("synopsis")
    return [(synopsis.start, synopsis.end), *found] if synopsis else found


def _sentences(protocol: Protocol, side: Side, spans: Sequence[tuple[int, int]]) -> list[Reading]:
    """What a sentence such as "The primary endpoint is ..." names."""
    text = protocol.text
    for start, end in spans:
        for match in _SENTENCE[side].finditer(text, start, end):
            if text[match.end() - 40 : match.end()].count(".") > 3:
                continue
            item = _item([TextLine(prose(match[0]), match.start(), match.end(), 0, 0.0, False)])
            if len(item.text) > 12:
                return [Reading((item,), _WEIGHTS["sentence"])]
    return []


def _unlabelled(protocol: Protocol) -> list[Reading]:
    """The objectives of a protocol that calls none of them primary: the first list under "Objectives"."""
    places = [protocol.parts.lines.between(s.body, min(s.end, s.body + 4000)) for s in protocol.sections(_OBJECTIVES, 1)]
    for _place, row in protocol.labelled("objectives"):
        places.append(protocol.parts.lines.between(row.start, row.end))
    for lines in places:
        block = []
        for index, line in enumerate(lines[:40]):
            if block and (_ends(lines, index) or re.match(r"(?i)period 2|part (?:2|b)\b", line.text)):
                break
            block.append(line)
        aims = [i for i in itemise(block) if _AIM.match(i.text)]
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
