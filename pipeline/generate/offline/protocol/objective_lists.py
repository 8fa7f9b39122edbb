"""Lists of primary objectives and endpoints under headings: where they begin and end, and their items, each whole."""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from pipeline.generate.offline.protocol.candidates import fold
from pipeline.generate.offline.protocol.labels import label_key
from pipeline.generate.offline.protocol.lines import BULLET, NUMBERED, TextLine, prose, without_mark

Side = Literal["objectives", "endpoints"]
_MOST_LINES = 70
_THING = r"(?:objectives?|end\s?-?points?|outcomes?(?: measures?| variables?)?|variables?|aims?|measures?|parameters?|criteri(?:a|on))(?:\(s\))?"
_HEAD = re.compile(
    rf"^(?:\d{{1,2}}(?:\.\d{{1,2}})*\.?\s+|[A-Z]\.\s+)?(?:the )?(?:study )?(?:co-?|dual |multiple )?primary(?:/(?:co-primary|main|key secondary))?(?: clinical)?((?:\s+(?!secondary|analys|and\b|is\b|are\b|of\b)[\w/-]+){{0,3}}?)\s+({_THING})"
    rf"(?P<rest>(?:\s*(?:and|/|&|,)\s*(?:(?:corresponding|primary|associated) )?{_THING})?)(?P<tail>.*)$",
    re.IGNORECASE,
)
_INTRODUCES = re.compile(
    rf"(?:^|\s)(?:the )?(?:co-?)?primary(?: [\w/-]+){{0,2}}? ({_THING})(?: (?:of|for) (?:this|the) (?:study|trial))?\s+(?:is|are|include|includes|will be)(?: the following| as follows)?\s*:$",
    re.IGNORECASE,
)
_RUN_IN = re.compile(r"\s+(?=(?:The (?:primary|main)|To|Evaluate|Assess|Determine|Demonstrate|Compare|•)\s)")
_ALONE = re.compile(
    r"^(?:co-)?primary(?: \((?:efficacy|safety|all|double|part|main)[^)]{0,30}\))?\s*:?$", re.IGNORECASE
)
_ROW = re.compile(r"^Primary\s+(?=(?:•\s*)?(?:To\b|Evaluate|Assess|Determine|Demonstrate|Compare|•))")
_OTHER = re.compile(
    r"^(?:\d[\d.]*\s+)?primary (?:and secondary )?estimands?\b|^(?:\d{1,2}(?:\.\d{1,2})*\.?\s+|[A-Z]\.\s+)?(?:the )?(?:main |key |other |additional |major |selected |multiplicity-controlled )*"
    r"(?:secondary|exploratory|tertiary|safety (?:objective|endpoint|outcome)|other (?:secondary|objective|endpoint|pre)|additional (?:objective|endpoint)|pharmacokinetic|immunogenicity (?:objective|endpoint)"
    r"|biomarker|hypothes[ie]s|statistical|study design|study (?:population|treatment|drug)|intercurrent|health|rationale|number of|table \d|abbreviations?|efficacy endpoints?$|methodology|overview|safety:|objectives?(?: and)? (?:and )?endpoints?$|"
    r"intervention groups|overall design|sub-?study|part [b2]\b|patient-reported|objectives?\s*:?$|endpoints?\s*:?$|estimands?\b|supportive|sensitivity)",
    re.IGNORECASE,
)
_HYPOTHESIS = re.compile(r"(?i)^(?:\(?\d\)?\s*)?(?:primary )?hypothes[ie]s\b[^:]{0,20}:\s*\S")
_CORRESPONDING = re.compile(
    r"(?i)^(?:corresponding |estimand description/)?(?:endpoints?|outcome measures?|outcomes?|estimands?)(?:/\w+)?\s*:?$"
)
AIM = re.compile(
    r"^(?:[^.]{0,160}?,\s)?(?:[Tt]o|TO)\s+(?:[a-z]|further)|^(?:Evaluate|Assess|Determine|Demonstrate|Compare|Establish|Characteri[sz]e|Investigate|Estimate|Describe|Confirm|Show|Examine|Test|Evaluation|Demonstration)\b|^The (?:(?:primary|main|overall) )?(?:objective|purpose|aim|goal)s?\b",
    re.ASCII,
)
LEAD_IN = re.compile(
    r"(?i)^(?:the )?(?:(?:study’s|study's) )?(?:(?:following|co-?)?\s?primary|objectives?|following|main)\b[^.]{0,140}?\b(?:is|are|was|were|include[sd]?|follows?|following|as follows|be)\s*(?:the following[\w ]{0,30}|as follows|to)?\s*:?\s*$"
)
_SENTENCE_LEAD = re.compile(
    r"(?i)^(?:the )?(?:study’s |study's |co-?|main )?(?:primary|main)(?: \(?[\w/-]+\)?){0,3}? (?:objectives?|end-?points?|outcomes?(?: measures?| variables?)?|variables?|estimands?|measures?|parameters?|purposes?|aims?|criteri(?:a|on))(?:\(s\))?(?:(?: of| for| in| to)[^.:]{0,90}?)?\s+(?:is|are|will be|was|were)\s+(?!analy|tested|compared|evaluated|summari|based)(?:defined as\s+|:\s*|as follows:?\s*|the following:?\s*)?"
)
_LABELLED = re.compile(
    r"^(?:\(?\d\)?[.)]?\s*)?(?:Primary )?(?:Objectives?|Endpoints?|Aim|OBJECTIVE)\s*(?:\d\s*)?[:–]\s*(?=\S)"
)
_ANALYSIS = re.compile(
    r"(?i)\bwill be (?:analy[sz]ed|conducted|performed|compared|tested|summari[sz]ed|estimated|presented|carried|made|used|calculated|included)\b|^(?:primary )?analys[ie]s of\b|null hypothesis|analyses will"
)


class Item(NamedTuple):
    """An objective or endpoint and where it stands."""

    text: str
    start: int
    end: int


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
        last = max(first, index + 1)  # a run-in heading's own line is content
        while last < len(lines) and last - first < _MOST_LINES and not ends(lines, last):
            last += 1
        block = trimmed(lines[first:last], start)
        for side, items in _assigned(sides, itemise(block, columns=len(sides) == 2)).items():
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
    if len(text) < 120 and (match := _INTRODUCES.search(text)) and not re.search(r"(?i)component|definition", text):
        return {"objectives" if match[1].lower()[:3] in ("obj", "aim") else "endpoints"}, index + 1, 0
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
        if re.match(
            r"(?i)\s*(?:corresponding |primary )?(?:end\s?-?points?|outcome measures?|outcomes?)\s*:?\s*$",
            tail[colon + 1 :],
        ):
            return {"objectives", "endpoints"}, index + 1, 0
        offset = line.end - len(tail) + colon + 1
        return sides, index, offset + (len(tail[colon + 1 :]) - len(tail[colon + 1 :].lstrip()))
    if run_in := _RUN_IN.match(tail):
        return sides, index, line.end - len(tail) + run_in.end()
    if (
        len(text) < 110
        and not re.search(r"(?i)\b(?:is|are|will|was|were|of the|analys|that|which|for the|at|by)\b", tail)
        and not text.endswith((".", ","))
    ):
        return sides, index + 1, 0
    return None


def ends(lines: Sequence[TextLine], index: int) -> bool:
    """Whether the list ends before this line."""
    text = lines[index].text
    if len(text) < 120 and _OTHER.match(text) and not _HYPOTHESIS.match(text):
        return True
    if ("rimary" in text or "RIMARY" in text) and _head(lines, index) is not None:
        return True
    if len(text) < 60 and not _CORRESPONDING.match(text):
        words = text.rstrip(":")
        key = label_key(words)
        return bool(key) and text[0].isupper() and not BULLET.match(text)
    return False


def trimmed(lines: Sequence[TextLine], start: int) -> list[TextLine]:
    """The lines of a list, the first cut to where its content begins, without column heads."""
    kept = []
    for line in lines:
        if start and line.end <= start:
            continue
        if start and line.start < start:
            line = line._replace(text=line.text[start - line.start :], start=start)
        if line.text and not _CORRESPONDING.match(line.text):
            kept.append(line)
    return kept


def itemise(lines: Sequence[TextLine], columns: bool = False) -> list[Item]:
    """The items of a list: bullets, numbers, or sentences set apart; sub-items stay with their item.

    Args:
        lines: the lines under a heading.
        columns: whether they may come from two columns of a table, one read after the other.
    """
    width = max((len(line.text) for line in lines), default=0)
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
        elif (
            not bullet
            and not deeper
            and (
                _begins_anew(groups[-1][-1].text, line.text)
                or (columns and line.text[0].isupper() and len(groups[-1][-1].text) < 0.55 * width)
            )
        ):
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
    return (
        len(lead) > 25
        and not LEAD_IN.match(lead)
        and (
            bool(AIM.match(lead))
            or bool(re.search(r"(?i)composite|components|defined as|any of|either of|consist", lead))
        )
    )


def _begins_anew(previous: str, line: str) -> bool:
    """Whether a line without a mark begins something new: after a full stop, with a capital."""
    if not line[:1].isupper():
        return False
    if len(previous) < 60 and re.match(r"(?:The|This|These|For|If|All) [a-z]", line):
        return True
    return bool(re.search(r"[.;:]\)?\s*$", previous)) or (bool(re.match(r"To [a-z]", line)) and len(previous) < 100)


def _item(group: Sequence[TextLine]) -> Item:
    text = without_mark(prose("\n".join(line.text for line in group)))
    return cleaned(text, group[0].start, group[-1].end)


def cleaned(text: str, start: int, end: int) -> Item:
    """An item without "The primary endpoint is" and "Objective:" before it."""
    text = _LABELLED.sub("", text)
    lead = _SENTENCE_LEAD.match(text)
    if lead and len(text) - lead.end() > 10:
        text = text[lead.end() :]
        text = text[:1].upper() + text[1:]
    return Item(text.strip(" ;"), start, end)


def _assigned(sides: set[Side], items: Sequence[Item]) -> dict[Side, list[Item]]:
    """Which items are objectives, which endpoints; lead-ins and remarks are neither."""
    items = [
        i
        for i in items
        if len(i.text) > 2
        and not LEAD_IN.match(i.text)
        and not _HYPOTHESIS.match(i.text)
        and not _ANALYSIS.search(i.text[:300])
    ]
    if len(sides) == 2:
        aims = [i for i in items if AIM.match(i.text)]
        return {"objectives": aims, "endpoints": [i for i in items if not AIM.match(i.text)]}
    side = next(iter(sides))
    if side == "objectives":
        aims = [i for i in items if AIM.match(i.text)]
        others = [i for i in items if not AIM.match(i.text)]
        return {"objectives": aims or items[:1], "endpoints": []} if aims else {"objectives": others, "endpoints": []}
    return {"endpoints": _without_remarks(items), "objectives": []}


def _without_remarks(items: Sequence[Item]) -> list[Item]:
    """Endpoints up to where explanations begin: definitions, analyses, what is derived how."""
    kept: list[Item] = []
    for item in items:
        if kept and re.match(
            r"(?i)(?:definitions?|confirmatory|the (?:primary|definition|analysis|null|following|composite)|for (?:the|each|this)|this |these |if |see |refer|in addition|details|an? (?:event|subject|patient|independent)|all |where|note|it |subjects? |patients? |participants? |see section|rationale)",
            item.text,
        ):
            break
        kept.append(item)
    return kept
