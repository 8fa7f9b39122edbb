"""How long a participant is treated."""

import re
from collections.abc import Iterator

from pipeline.generate.offline.protocol.candidates import Candidate, choose, fold
from pipeline.generate.offline.protocol.lines import prose
from pipeline.generate.offline.protocol.sources import Protocol
from schemas import FieldAnswer

_WEIGHTS = {
    "labelled": 0.7, "labelled prose": 0.6, "participation": 0.3, "period": 0.5, "for": 0.4, "week study": 0.3, "until": 0.42, "design": 0.9, "cycles": 0.4,
}  # fmt: skip
_DESIGN = re.compile(r"(?i)(?:study|trial|overall|investigational|summary of).{0,14}(?:design|plan)\b|^design$|description of (?:the )?(?:study|trial)")
_TREATMENT = re.compile(r"(?i)duration of (?:the )?(?:study )?(?:treatment|participation|therapy)|treatment (?:duration|period)|study duration|(?:study|treatment|dosing) (?:regimen|schedule)|dosage and administration|treatments? administered")

_UNIT = r"(?:weeks?|months?|years?|days?|cycles?)"
_NUM = r"(?:\d{1,3}(?:\.\d)?|one|two|three|four|five|six|eight|ten|twelve|twenty-four|fifty-two)"
_LENGTH = rf"(?:(?:up to |approximately |about |at least |a maximum of |maximum of |a minimum of |minimum of |an estimated )*{_NUM}(?:\s?(?:to|-|–|or)\s?(?:approximately )?{_NUM})?[\s-]+(?:\(\d+\)\s)?{_UNIT})"
_PERIODS = re.compile(
    rf"(?i)(?:treatment|dosing|therapy|intervention|vaccination|double-blind|open-label|maintenance)(?:[\s\w-]{{0,25}}?)\s(?:period|phase|duration|for)\s*(?:\([^)]{{0,40}}\))?[^.;\d]{{0,40}}?\s?(?:of|is|lasts?|lasting|will be|for|:|from|\()\s*(?:the )?(?P<a>{_LENGTH})"
    rf"|(?P<b>{_LENGTH})(?:\s\(?[\w-]+\)?,?){{0,5}}?\s(?:treatment|dosing|therapy|intervention)(?:\s(?:period|phase|duration)|\s*[.,;)])"
    rf"|(?P<d>{_LENGTH})\s(?:of\s)?(?:[\w-]+\s){{0,3}}?(?:treatment|therapy|dosing)\b(?!-)"
)
_FOR = re.compile(
    rf"(?i)\b(?:treated|receive\b[^.;]{{3,120}}?|treatment|dosed|administered(?: [\w-]+){{0,8}}?|once daily|daily|weekly|dose[sd]?)\s(?:for|over)\s(?:a (?:total|period|duration|maximum) of )?(?P<a>{_LENGTH})"
)
_STUDY = re.compile(rf"(?i)(?P<a>{_LENGTH}),?\s(?:[\w-]+,?\s){{0,6}}?(?:study|trial)\b|(?:study|trial) of (?P<b>{_LENGTH})(?:[’']s?)? duration")
_UNTIL = re.compile(
    r"(?i)\b(?:until|till)\s+((?:(?:radiograph\w+|confirmed|documented|objective|clinical|investigator-assessed|symptomatic|the|first|of|occurrence|loss of|unacceptable|an?|evidence of|either|there is|BICR-\w+) ){0,5}(?:disease progression|progressive disease|progression|toxicity|loss of clinical benefit|clinical benefit|PD\b|death)[^.;]{0,200})"
)
_OPEN = re.compile(r"(?i)screening|follow[- ]?up|run-in|washout|wash-out|lead-in|prior to|before|after the last|preceding|at least \d+ (?:days|weeks) (?:after|before)|every|within|interval|apart|observation|extension")
_PROSE = re.compile(rf"(?i){_LENGTH}|(?:the|each|all|treatment|study|subjects?|patients?|participants?|approximately|up to|until|this|total|for|double|once|one|single|dosing|there|in|a)\b")
_SINGLE = re.compile(r"(?i)\bsingle (?:dose|vaccination|administration|infusion|injection|oral dose)\b|\bone[- ]time\b")


def duration(protocol: Protocol) -> dict[str, FieldAnswer]:
    """The treatment duration, as a short phrase."""
    return {"treatment_duration": choose(protocol.text, _durations(protocol), key=_core, at_least=0.28)}


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
    zones = [z for z in [protocol.synopsis(), *protocol.zones("design", _DESIGN, 2, 7000), *protocol.zones("treatment", _TREATMENT, 2, 2500)] if z]
    for zone in zones:
        for kind, pattern in (("period", _PERIODS), ("for", _FOR), ("week study", _STUDY)):
            for match in list(pattern.finditer(text, zone.start, min(zone.end, zone.start + 14_000)))[:6]:
                phrase = next(g for g in match.groups() if g)
                around = text[max(zone.start, match.start() - 45) : match.end() + 25].replace("\n", " ")
                factor = 0.25 if _OPEN.search(around) else 1.0
                yield Candidate(tidy(phrase), _WEIGHTS[kind] * factor * (1.0 if zone.name == "synopsis" else 0.8), match.start(), match.end(), zone.name + kind)
        for match in list(_UNTIL.finditer(text, zone.start, min(zone.end, zone.start + 14_000)))[:2]:
            before = text[max(zone.start, match.start() - 160) : match.start()].lower()
            if re.search(r"treat|receiv|continu|dos|administ", before) and "follow" not in before[-80:] and "assess" not in before[-80:]:
                yield Candidate("until " + _clause(prose(match[1])), _WEIGHTS["until"], match.start(), match.end())


def _row(text: str, start: int, end: int, weight: float, whole: bool) -> Iterator[Candidate]:
    """What a label row says: its first length of time, or the sentence on when treatment ends."""
    value = prose(text[start:end])
    first = re.split(r"(?<=[a-z)])\.\s", value, maxsplit=1)[0]
    lengths = [m for m in re.finditer(rf"(?i){_LENGTH}", first)]
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
    return re.split(r"(?i),\s(?:whichever|at which|patients|subjects|participants|the )|\s(?:as determined|after an|per RECIST|according|defined as|is documented|as outlined)\b", words, maxsplit=1)[0][:160].strip(" ,")
