"""How long a participant is treated."""

import re
from collections.abc import Iterator

from pipeline.generate.offline.protocol.candidates import Candidate, choose, fold
from pipeline.generate.offline.protocol.lines import prose
from pipeline.generate.offline.protocol.sources import Protocol, Zone
from schemas import FieldAnswer

_WEIGHTS = {
    "labelled": 0.7, "labelled prose": 0.6, "participation": 0.3, "period": 0.5, "for": 0.4, "week study": 0.3, "until": 0.55, "design": 0.9, "cycles": 0.4,
}  # fmt: skip
_DESIGN = re.compile(
    r"(?i)(?:study|trial|overall|investigational|summary of).{0,14}(?:design|plan)\b|^design$|description of (?:the )?(?:study|trial)"
)
_TREATMENT = re.compile(
    r"(?i)^(?:study |investigational )?(?:treatments?|drugs?|interventions?)(?: administration| regimens?| and administration)?$|duration of (?:the )?(?:study )?(?:treatment|participation|therapy)|treatment (?:duration|period)|study duration|(?:study|treatment|dosing) (?:regimen|schedule)|dosage and administration|treatments? administered"
)

_UNIT = r"(?:weeks?|months?|years?|days?|cycles?)"
_NUM = r"(?:\d{1,3}(?:\.\d)?|one|two|three|four|five|six|eight|ten|twelve|twenty-four|fifty-two)"
_LENGTH = rf"(?:(?:up to |approximately |about |at least |a maximum of |maximum of |a minimum of |minimum of |an estimated )*{_NUM}(?:\s?(?:to|-|–|or)\s?(?:approximately )?{_NUM})?[\s-]+(?:\(\d+\)\s)?{_UNIT})"
_UNIT_WORD = re.compile(r"(?i)(?<=[\s-])(?:weeks?|months?|years?|days?|cycles?)\b")
_COUNT = re.compile(
    rf"(?i)(?:up to |approximately |about |at least |a maximum of |maximum of |a minimum of |minimum of |an estimated )*(?<![\w.]){_NUM}(?:\s?(?:to|-|–|or)\s?(?:approximately )?{_NUM})?[\s-]+(?:\(\d+\)\s)?$"
)
_CLAUSE_END = re.compile(r"[.;]\s|,\s|\bfollowed by\b|\band\b")
_AFTER = (
    (
        "period",
        re.compile(
            r"(?i)(?:[\s-]\(?[\w-]+\)?,?){0,5}?\s(?:treatment|dosing|therapy|intervention)(?:\s(?:period|phase|duration)|\s*[.,;)])"
        ),
    ),
    ("period", re.compile(r"(?i)\s(?:of\s)?(?:[\w-]+\s){0,3}?(?:treatment|therapy|dosing)\b(?!-)")),
    ("week study", re.compile(r"(?i),?\s(?:[\w-]+,?\s){0,6}?(?:study|trial)\b")),
    ("for", re.compile(r"(?i)(?:[’']s?)? duration\b")),
)
_BEFORE = (
    ("for", re.compile(r"(?i)\breceives?\s(?:either\s)?$")),
    (
        "period",
        re.compile(
            r"(?i)\b(?:treatment|dosing|therapy|intervention|vaccination|double-blind|open-label|maintenance)(?:[\s\w-]{0,25}?)\s(?:period|phase|duration)\b\s*(?:\([^)]{0,40}\))?[^.;\d]{0,40}$"
        ),
    ),
    (
        "for",
        re.compile(
            r"(?i)\b(?:treated|receiv\w+\b[^.;]{3,110}?|treatment|dosed|administered(?: [\w-]+){0,8}?|(?:once |twice )?daily|weekly|dose[sd]?)\s(?:for|over)\s(?:an? (?:total|period|duration|maximum|minimum) of )?$"
        ),
    ),
    (
        "participation",
        re.compile(
            r"(?i)\b(?:participate|participation|be in the (?:study|trial)|remain in the (?:study|trial)|on study)\b[^.;]{0,60}?\b(?:for|of|is|be)\s+$"
        ),
    ),
)
_UNTIL = re.compile(
    r"(?i)\b(?:until|till)\s+((?:(?:radiograph\w+|confirmed|documented|objective|clinical|investigator-assessed|symptomatic|the|first|of|occurrence|loss of|unacceptable|an?|evidence of|either|there is|BICR-\w+) ){0,5}(?:disease progression|progressive disease|progression of (?:the )?disease|progression|toxicity|loss of clinical benefit|clinical benefit|PD\b|death)(?:[^.;]|\.\d){0,200})"
)
_OPEN = re.compile(
    r"(?i)screening|follow[- ]?up|run-in|washout|wash-out|lead-in|prior to|before|until randomi|previous|after the last|preceding|at least \d+ (?:days|weeks) (?:after|before)|every|within|interval|apart|observation|extension|\bcycles?\b|\bafter (?:the )?(?:completion|end|first|start|discont|randomi|vaccin)|\bsince\b"
)
_PROSE = re.compile(
    rf"(?i){_LENGTH}|(?:the|each|all|treatment|study|subjects?|patients?|participants?|approximately|up to|until|this|total|for|double|once|one|single|dosing|there|in|a)\b"
)
_SINGLE = re.compile(r"(?i)\bsingle (?:dose|vaccination|administration|infusion|injection|oral dose)\b|\bone[- ]time\b")


def duration(protocol: Protocol) -> dict[str, FieldAnswer]:
    """The treatment duration, as a short phrase."""
    return {"treatment_duration": choose(protocol.text, _durations(protocol), key=_core, at_least=0.36)}


def _core(phrase: str) -> str:
    return fold(re.sub(r"(?i)\b(?:up to|approximately|about|a maximum of)\b", "", phrase))[:40]


def _durations(protocol: Protocol) -> Iterator[Candidate]:
    text = protocol.text
    for key, weight in (("duration", "labelled"), ("participation", "participation")):
        for place, row in protocol.labelled(key):
            if place == "running":
                continue
            end = min(row.end, row.start + 500)
            if not row.colon and not _PROSE.match(text[row.start : row.start + 60]):
                continue
            yield from _row(text, row.start, end, _WEIGHTS[weight], key == "duration")
    zones = [
        z
        for z in [
            protocol.synopsis(),
            *protocol.zones("design", _DESIGN, 2, 7000),
            *protocol.zones("treatment", _TREATMENT, 2, 2500),
        ]
        if z
    ]
    for zone in zones:
        yield from _lengths(text, zone)
        for match in list(_UNTIL.finditer(text, zone.start, min(zone.end, zone.start + 14_000)))[:2]:
            before = text[max(zone.start, match.start() - 160) : match.start()].lower()
            if (
                re.search(r"treat|receiv|continu|dos|administ", before)
                and "follow" not in before[-80:]
                and "assess" not in before[-80:]
            ):
                yield Candidate("until " + _clause(prose(match[1])), _WEIGHTS["until"], match.start(), match.end())


def _lengths(text: str, zone: Zone) -> Iterator[Candidate]:
    """Lengths of time in prose that the words around them make a treatment period."""
    factor = {"synopsis": 1.0, "treatment": 0.92}.get(zone.name, 0.8)
    for unit in _UNIT_WORD.finditer(text, zone.start, min(zone.end, zone.start + 14_000)):
        window = text[max(zone.start, unit.start() - 60) : unit.start()]
        count = _COUNT.search(window)
        if not count:
            continue
        start = unit.start() - len(window) + count.start()
        after = text[unit.end() : unit.end() + 80].replace("\n", " ")
        before = text[max(zone.start, start - 150) : start].replace("\n", " ")
        kind = next((k for k, p in _AFTER if p.match(after)), None) or next(
            (k for k, p in _BEFORE if p.search(before)), None
        )
        if kind:
            clause = _CLAUSE_END.split(before[-45:])[-1] + "|" + _CLAUSE_END.split(after[:60])[0]
            aside = 0.5 if "least" in text[start : unit.end()] else 1.0
            aside = 0.25 if _OPEN.search(clause) else aside
            yield Candidate(
                tidy(text[start : unit.end()]), _WEIGHTS[kind] * aside * factor, start, unit.end(), zone.name + kind
            )


def _row(text: str, start: int, end: int, weight: float, whole: bool) -> Iterator[Candidate]:
    """What a label row says: its first length of time, or the sentence on when treatment ends."""
    value = prose(text[start:end])
    first = re.split(r"(?<=[a-z)])\.\s", value, maxsplit=1)[0]
    lengths = list(re.finditer(rf"(?i){_LENGTH}", first))
    if until := _UNTIL.search(prose(text[start:end])):
        yield Candidate("until " + _clause(until[1]), weight * (0.9 if not lengths else 0.6), start, end)
    if lengths and len(first) < 60:
        yield Candidate(tidy(lengths[0][0]) if len(lengths) == 1 else first, weight, start, start + len(first))
    elif lengths:
        best = next((m for m in lengths if not _OPEN.search(first[max(0, m.start() - 40) : m.end() + 20])), lengths[0])
        yield Candidate(tidy(best[0]), weight * 0.8, start, end)
    elif whole and len(first) < 220 and not until:
        yield Candidate(first, weight * 0.7, start, end)


def tidy(phrase: str) -> str:
    """A length of time as words: plural unit, no hyphen, one space.

    >>> tidy("52-week"), tidy("up to\\n24 months"), tidy("1 year")
    ('52 weeks', 'up to 24 months', '1 year')
    """
    phrase = re.sub(r"\s+", " ", phrase).strip()
    phrase = re.sub(r"(?<=\w)-(?=(?:week|month|year|day|cycle)s?$)", " ", phrase)
    number = re.search(r"(\d+(?:\.\d)?|[a-z-]+) \w+$", phrase)
    if number and number[1] not in ("1", "one") and not phrase.endswith("s"):
        phrase += "s"
    return phrase


def _clause(words: str) -> str:
    """The clause up to where another thought begins."""
    return re.split(
        r"(?i),\s(?:whichever|at which|patients|subjects|participants|the )|\s(?:as determined|after an|(?:per|by|according to|\(according to) (?:RECIST|the)|according|defined as|is documented|as outlined)\b",
        words,
        maxsplit=1,
    )[0][:160].strip(" ,")
