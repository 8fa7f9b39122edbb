"""The title of a protocol and the study's short name."""

import re
from collections.abc import Iterator, Sequence

from pipeline.generate.offline.protocol.candidates import Candidate, choose, fold
from pipeline.generate.offline.protocol.lines import TextLine, prose
from pipeline.generate.offline.protocol.rows import has_label
from pipeline.generate.offline.protocol.sources import Protocol
from schemas import FieldAnswer

_WEIGHTS = {
    "title": {"title:": 0.85, "title": 0.6, "synopsis:": 0.75, "synopsis": 0.3, "block": 0.6, "weak block": 0.35, "below synopsis": 0.4},
    "acronym": {"labelled": 0.8, "lead": 0.75, "bracket": 0.7, "dash": 0.65, "own line": 0.75, "named": 0.35},
}  # fmt: skip
_LONGEST = 700

_TOPIC = re.compile(
    r"(?i)\b(?:study|trial|phase|randomi[sz]ed|double-blind|open-label|placebo|controlled|evaluat\w+|efficacy|safety|compar\w+"
    r"|multicent\w+|assess\w*|investigat\w+|patients|subjects|participants|adults|children|effects?|treatment of|immunogenicity"
    r"|pharmacokinetics|combination|versus|tolerability)\b"
)
_OPENING = re.compile(
    r"(?i)^(?:[A-Z0-9][\w +-]{1,24}: )?(?:an?|the|phase|study|randomi[sz]ed|double|open|multi|prospective|efficacy|safety|evaluation|effects?"
    r"|long|international|global|pivotal|single|adaptive|comparison|clinical|combined|two|three|pragmatic|cluster|pilot|observer|active)\b"
)
_STOP = re.compile(
    r"(?i)^(?:confidential|redacted|includes redaction|protocol originator|trial operations|cover page|title page|study purpose|\w+ study drug|\w+ protocol (?:number|no\b)|this (?:document|protocol|study will|confidential|submission|clinical (?:study|trial) (?:protocol )?(?:has|is|will))|the information|property of"
    r"|page \d|\(?(?:brief|short|public) title|version|(?:final |global )?(?:protocol )?amendment|amended|final protocol|original|original protocol|incorporating"
    r"|protocol (?:no|num|id|code|amend|version|date|history)|protocol:|eudract|ind\b|nct\d|date\b|sponsor|principal invest|investigat\w+ (?:product|drug|new)|study drug"
    r"|compound|product|phase:|document|approv|prepared|authors?\b|copyright|©|status|\*|u1111|statement|clinical (?:study |trial )?protocol|protocol [A-Z0-9-]*\d|drug substance"
    r"|phase (?:i{1,3}v?|[1-4])\b.{0,3}$|study (?:code|number|no|id|phase|sponsor|product|drug|design|title)|version|keywords|template|imp\b|coordinating|medical monitor|developed by|supported by|funded)"
)
_DATE_LINE = re.compile(
    r"^\d{1,2}[ -][A-Z][a-z]{2,8}[ -]\d{4}\b|^[A-Z][a-z]{2,8} \d{1,2}, \d{4}\b|^NCT\d|^[\w-]*\d[\w-]*$"
)
_COMPANY = re.compile(
    r"\b(?:Inc\.?|LLC|Ltd\.?|GmbH|Corporation|Limited|A/S|AG)[,.*]?$|^\d+ .*(?:Street|Road|Avenue|Drive|Way|Blvd)"
)

_SHORT = r"(?:[A-Z][A-Za-z0-9]*?[A-Z0-9][A-Za-z0-9]*?|[A-Z][a-z]+(?=-[A-Z]{2}))(?:[- –]{1,3}(?!(?:[Tt]rial|[Ss]tudy|TRIAL|STUDY)\b)[A-Z0-9][A-Za-z0-9]*){0,3}?"
_STUDY = r"(?:TM|™|®)?[”\"]?(?:\s(?:[Ss]tudy|[Tt]rial|STUDY|TRIAL))"
_LEAD = re.compile(rf"^(?:[Tt]he )?[“\"]?({_SHORT}){_STUDY}?[”\"]?\s*(?::|[–—-] )\s*(?=[A-Z])")
_BRACKET = re.compile(rf"[(\[][“\"]?(?:[Tt]he )?({_SHORT}){_STUDY}?[”\"]?[)\]]\.?(?:\s*$|\s+[Ss]tudy\b)")
_DASH = re.compile(rf"\s[–—-]\s(?:[Tt]he )?({_SHORT}){_STUDY}?\.?$")
_OWN_LINE = re.compile(rf"^(?:(?:The|THE) )?[(“\"]?({_SHORT}){_STUDY}?[)”\"]?$")
_NAMED = re.compile(rf"\b[Tt]he ({_SHORT}){_STUDY}\b")

_CITED = re.compile(r"\[\d|et al|\(NCT|\b(?:19|20)\d\d\)|showed|demonstrated|reported|results")


def title_and_acronym(protocol: Protocol) -> dict[str, FieldAnswer]:
    """The full title, and the acronym if the document gives one."""
    title = choose(protocol.text, _titles(protocol), key=_alike)
    return {"title": title, "acronym": choose(protocol.text, _acronyms(protocol, title))}


def _alike(title: str) -> str:
    """Titles are the same if their first words are; an acronym in front does not count."""
    return fold(_LEAD.sub("", title))[:50]


def _titles(protocol: Protocol) -> Iterator[Candidate]:
    weights = _WEIGHTS["title"]
    for place, row in protocol.labelled("title"):
        lines = (
            protocol.parts.lines.between(row.start, row.end)
            if place != "title"
            else _within(protocol.title_lines, row.start, row.end)
        )
        end = _title_end(lines, row.start, row.end)
        value = (
            prose(protocol.text[row.start : end]) if place == "title" else protocol.parts.lines.prose(row.start, end)
        )
        if 25 < len(value) < _LONGEST and place != "running":
            yield Candidate(_tidy(value), weights[place + (":" if row.colon else "")], row.start, end)
    for block in blocks(protocol.title_lines):
        value = prose("\n".join(line.text for line in block))
        topics = len({m[0].lower() for m in _TOPIC.finditer(value)})
        if 40 < len(value) < _LONGEST and topics >= 2:
            kind = "block" if topics >= 3 or _OPENING.match(value) else "weak block"
            yield Candidate(_tidy(value), weights[kind], block[0].start, block[-1].end)
    if synopsis := protocol.parts.first("synopsis"):
        below = list(protocol.parts.of(synopsis)[1:12])
        for block in blocks(below)[:1]:
            value = prose("\n".join(line.text for line in block))
            if 40 < len(value) < _LONGEST and len(_TOPIC.findall(value)) >= 3:
                yield Candidate(_tidy(value), weights["below synopsis"], block[0].start, block[-1].end)


def _within(lines: Sequence[TextLine], start: int, end: int) -> list[TextLine]:
    return [line for line in lines if start <= line.start < end]


def _title_end(lines: Sequence[TextLine], start: int, end: int) -> int:
    """Where a labelled title ends: before a line that begins something else."""
    last = start
    for line in lines:
        if line.start > start and (_stops(line.text) or line.start - last > 200):
            break
        last = min(line.end, end)
    if last == start:  # the value begins within its label's line
        return next((line.start for line in lines if line.start > start), end)
    return last


def _stops(line: str) -> bool:
    return bool(_STOP.match(line) or _DATE_LINE.match(line) or _COMPANY.search(line))


def blocks(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """The title-like blocks of a page: lines that follow each other, parted by labels, dates, numbers, company names."""
    found: list[list[TextLine]] = []
    block: list[TextLine] = []
    for line in lines:
        if _stops(line.text) or has_label(line):
            if block:
                found.append(block)
            block = []
            continue
        changed = block and (
            abs(line.size - block[-1].size) > 1.5 or line.bold != block[-1].bold or line.page != block[-1].page
        )
        if changed or (block and _OPENING.match(line.text) and block[-1].text.endswith((".", ":")) and len(block) > 1):
            found.append(block)
            block = []
        block.append(line)
    return [*found, block] if block else found


def _tidy(title: str) -> str:
    title = re.sub(r"^[\s:–-]+|[\s:;]+$|^(?i:(?:protocol |study |full |official )?title:?\s+)(?=[A-Z])", "", title)
    return title[1:-1] if title[:1] in '“"' and title[-1:] in '”"' else title


def _acronyms(protocol: Protocol, title: FieldAnswer) -> Iterator[Candidate]:
    weights = _WEIGHTS["acronym"]
    for _place, row in protocol.labelled("acronym"):
        value = prose(protocol.text[row.start : row.end].split("\n")[0])
        first = re.split(r"[:(,;]|\s[–-]\s", value, maxsplit=1)[0].strip(' “”"')
        if 2 < len(first) < 40 and not re.match(r"(?i)n/?a\b|not applicable|none", first):
            yield Candidate(first, weights["labelled"], row.start, row.start + len(first))
    sources = [(title.value, (title.quotes[0].start, title.quotes[0].end))] if title.quotes else []
    for place, row in protocol.labelled("short_title"):
        if place != "running" and row.end - row.start < 400:
            value = protocol.value(row)
            sources.append((value, (row.start, row.end)))
            if re.fullmatch(_SHORT, value) and _is_acronym(value, ""):
                yield Candidate(value, weights["dash"], row.start, row.end)
    for words, (start, end) in sources:
        for kind, pattern in (("lead", _LEAD), ("bracket", _BRACKET), ("dash", _DASH)):
            if (match := pattern.search(words)) and _is_acronym(match[1], words[: match.start()]):
                yield Candidate(match[1], weights[kind], start, end)
    for line in protocol.title_lines:
        match = _OWN_LINE.match(line.text)
        if match and _is_acronym(match[1], "") and re.search(r"(?i)\b(?:study|trial)$|^\(", line.text):
            yield Candidate(match[1], weights["own line"], line.start, line.end)
    yield from _named(protocol, weights["named"])


def _named(protocol: Protocol, weight: float) -> Iterator[Candidate]:
    """Names in "the X study" of the synopsis; other studies are named so too, but not again and again."""
    if not (synopsis := protocol.synopsis()):
        return
    text = protocol.text
    found = [
        m
        for m in _NAMED.finditer(text, synopsis.start, synopsis.end)
        if _is_acronym(m[1], "") and not _CITED.search(text[m.end() : m.end() + 80])
    ]
    for match in found:
        yield Candidate(match[1], weight if len(found) > 1 else weight * 0.8, match.start(1), match.end(1))


def _is_acronym(name: str, before: str) -> bool:
    """Whether a name is a study's: not the abbreviation of the words before it, not a number, not a common word."""
    letters = re.sub(r"[^A-Za-z]", "", name)
    if len(letters) < 3 or sum(c.isupper() for c in letters) < 0.6 * len(letters):
        return False
    if re.match(
        r"(?i)(?:phase|protocol|title|study|part|amendment|version|nct|eudract|ind|gcp|ich|sap|covid|clinical|synopsis)\b",
        name,
    ):
        return False
    if re.fullmatch(r"[A-Z]{1,5}-?\d{3,}.*", name):
        return False
    return not _abbreviates(letters.lower(), before)


def _abbreviates(name: str, before: str) -> bool:
    """Whether a name is made of the letters of the words right before it, from a word on that begins like it.

    >>> _abbreviates("nash", "Subjects with Non-Alcoholic Steatohepatitis"), _abbreviates("gemini", "relapsing forms of multiple sclerosis")
    (True, False)
    """
    words = re.findall(r"[a-z0-9]+", before.lower())
    return any(
        word[0] == name[0] and _is_subsequence(name, "".join(words[index:]))
        for index, word in enumerate(words)
        if index >= len(words) - len(name) - 1
    )


def _is_subsequence(short: str, long: str) -> bool:
    rest = iter(long)
    return all(char in rest for char in short)
