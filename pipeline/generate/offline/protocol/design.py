"""Study design: allocation, masking, planned enrolment, number of sites."""

import re
from collections.abc import Iterator

from pipeline.generate.offline.protocol.candidates import Candidate, choose
from pipeline.generate.offline.protocol.sources import Protocol, Zone
from pipeline.values.numerals import cardinal
from schemas import FieldAnswer

_WEIGHTS = {
    "words": {"title": 0.85, "labelled": 0.8, "this": 0.6, "first": 0.4, "mention": 0.08},
    "enrollment": {"labelled": 0.7, "synopsis": 0.4, "sample size": 0.4, "design": 0.35, "population": 0.3},
    "sites": {"labelled": 0.75, "synopsis": 0.5, "design": 0.45, "sample size": 0.4, "population": 0.4},
}  # fmt: skip
_CUES = {
    "goal": 1.35,
    "about": 1.25,
    "randomised": 1.2,
    "means": 0.6,
    "other": 0.25,
    "part": 0.35,
    "plain": 0.5,
}  # how a number's surroundings change its weight

_DESIGN = re.compile(
    r"(?i)(?:study|trial|overall|investigational|summary of|experimental).{0,14}(?:design|plan)\b|^design$|description of (?:the )?(?:study|trial)|study overview|study description"
)
_SAMPLE = re.compile(
    r"(?i)sample size|number of (?:study )?(?:subjects|patients|participants)|power (?:and|calc)|determination of .*size|study size|planned (?:number|enrol)"
)
_POPULATION = re.compile(
    r"(?i)^(?:study |trial |target |patient |subject |selection of (?:the )?(?:study )?)?(?:population|enrol?lment|subjects|patients)$|selection (?:and|of)|study sites|investigative sites|recruitment"
)

_RANDOM = re.compile(
    r"(?i)\b(non-?\s?)?randomi[sz](?:ed|ation)\b|\bsingle[- ]arm\b|\bone[- ]arm\b|\bsingle[- ]group\b|\buncontrolled\b"
)
_BLIND = re.compile(
    r"(?i)\b(?:(open)[- ]\s?label(?:led|ed)?|(un)(?:blinded|masked)|(single|double|triple|quadruple)[-– ]\s?(?:blind|mask)(?:ed|ing)?|(observer|evaluator|assessor|rater|investigator)[- ]\s?(?:blind|mask)(?:ed)?)\b"
)
_ASIDE = re.compile(
    r"(?i)^[\s,]*(?:\w+[- ]){0,2}(?:extension|run-in|lead-in|follow-up|phase\b(?!\s*[I\d])|period|rescue|treatment|therapy|part|study drug|placebo|maintenance)\b"
)
_THIS = re.compile(
    r"(?i)\bthis (?:is|will be|study|trial|phase|protocol|randomi|prospective|multicent|clinical|single|double|open|global)[^.]{0,160}$"
)

_PEOPLE = r"(?:subjects|patients|participants|adults?|children|infants|adolescents|women|men|volunteers|individuals|people|persons|recipients|toddlers|pairs)"
_COUNT = re.compile(
    rf"(?<![\w.,/$(-])(\d{{1,3}}(?:,\s?\d{{3}})+|\d{{2,6}})(?:\s*\(\s*±[^)]{{1,12}}\)|\s*(?:to|-|–)\s*\d[\d,]*)?\s+(?:males? and females?\s|men and women\s)?(?:(?!at\b|in\b|of\b|and\b|years?\b|weeks?\b|days?\b|sites\b|cent)[\w/’'-]+[ \n]){{0,5}}?{_PEOPLE}\b"
)
_BARE_COUNT = re.compile(
    r"(?<![\w.,/$-])(\d{1,3}(?:,\s?\d{3})+|\d{2,6})(?![\w.]*\d|\s*(?:%|sites|cent|weeks|months|years|days|mg))"
)
_MEANS = re.compile(
    r"(?i)[^.]{0,90}?\bto (?:reach|achieve|obtain|yield)\b"
)  # so many are enrolled to get so many randomised
_SIZE = re.compile(
    r"(?i)\b(?:sample size|total enrol?lment|enrol?lment target|planned enrol?lment)\s(?:of|is|will be|for this study is)\s(?:approximately |about |up to |n ?= ?)?(\d{1,3}(?:,\d{3})+|\d{2,6})(?![\d.,]*\d|\s*(?:%|per\b|sites|weeks|years))"
)
_GOAL = re.compile(r"(?i)randomi[sz]|enrol|sample size|recruit|assigned|included? in|total|accru")
_ABOUT = re.compile(r"(?i)approximately|about|\btotal\b|up to|planned|target|maximum|estimated|~")
_OTHER = re.compile(
    r"(?i)screen|previous|treated with|have received|exposed|completed|data from|evaluable|events|were|who had|pooled|study [A-Z]*\d|stage 1|interim"
)
_PART = re.compile(
    r"(?i)\bper\b|\beach\b|\bevery\b|\barm\b|cohort|\bgroup\b|subset|sub-?study|additional|of (?:whom|which|these)|japan|chin|extension|at least|minimum|part [ab12]|first \d|first$|stratum|replace|lead-in|remaining|\bage"
)
_SITES = re.compile(
    r"(?i)(?<![\w.,/-])(\d{1,4}|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty)(?:\s*(?:-|–|to|or)\s*(?:approximately\s)?(\d{1,4}))?\s+(?:(?!and\b|of\b|years?\b|weeks?\b|subjects\b|patients\b|participants\b)[\w,-]+[ \n]){0,4}?(?:sites|cent(?:er|re)s|institutions|hospitals|clinics)\b(?! of)"
)
_ONE_SITE = re.compile(
    r"(?i)\bsingle[- ](?:cent(?:er|re)|site),?\s(?:[\w-]+,?\s){0,6}?(?:study|trial)\b|\bmono-?cent(?:er|re|ric)\b"
)
_BARE_SITES = re.compile(
    r"(?i)^(?:approximately|about|up to|~|total of|planned:?|n\s?=|\s)*\s*(\d{1,4})\b(?![.,]\d|\s*(?:subjects|patients|participants|countries|weeks|months))"
)


def design(protocol: Protocol) -> dict[str, FieldAnswer]:
    """Allocation, masking, planned enrolment and number of sites."""
    text = protocol.text
    prose = [z for z in [protocol.synopsis(), *protocol.zones("design", _DESIGN, 2, 8000)] if z]
    counted = [
        *prose,
        *protocol.zones("sample size", _SAMPLE, 2, 3500),
        *protocol.zones("population", _POPULATION, 2, 2000),
    ]
    allocation = choose(text, _allocation(protocol, prose), at_least=0.25)
    return {
        "allocation": allocation,
        "masking": choose(text, _masking(protocol, prose), at_least=0.25),
        "planned_enrollment": choose(text, _enrollment(protocol, counted), key=int, at_least=0.2),
        "n_sites": choose(text, _sites(protocol, counted), key=int, at_least=0.25),
    }


def _mentions(
    protocol: Protocol, prose: list[Zone], pattern: re.Pattern[str], key: str
) -> Iterator[tuple[str, re.Match[str]]]:
    """Where design words stand: on the title page, in a label row, in the sentence on this study, first in a part, elsewhere."""
    text = protocol.text
    for match in pattern.finditer(text, protocol.parts.title.start, protocol.parts.title.end):
        yield "title", match
    for place, row in protocol.labelled(key):
        if place == "synopsis" and row.colon:
            for match in list(pattern.finditer(text, row.start, min(row.end, row.start + 300)))[:1]:
                yield "labelled", match
    for zone in prose:
        for index, match in enumerate(pattern.finditer(text, zone.start, min(zone.end, zone.start + 12_000))):
            if index > 8:
                break
            this = _THIS.search(text[max(zone.start, match.start() - 200) : match.start()].replace("\n", " "))
            yield "this" if this else "first" if index == 0 else "mention", match


def _allocation(protocol: Protocol, prose: list[Zone]) -> Iterator[Candidate]:
    weights = _WEIGHTS["words"]
    for kind, match in _mentions(protocol, prose, _RANDOM, "design"):
        negative = match[1] or "randomi" not in match[0].lower()
        value = "non-randomized" if negative else "randomized"
        yield Candidate(value, weights[kind], match.start(), match.end())


def _masking(protocol: Protocol, prose: list[Zone]) -> Iterator[Candidate]:
    weights = _WEIGHTS["words"]
    for kind, match in _mentions(protocol, prose, _BLIND, "masking"):
        aside = kind != "title" and _ASIDE.match(protocol.text[match.end() : match.end() + 50].replace("\n", " "))
        if match[1] or match[2]:
            value = "open-label"
        elif match[3]:
            value = {"single": "single-blind", "double": "double-blind"}.get(match[3].lower(), "triple-blind")
        else:
            value = "double-blind" if match[4].lower() == "observer" else "single-blind"
        factor = 0.3 if aside and value != "double-blind" else 1.0
        if match[4] and match[4].lower() != "observer":
            factor = 0.4
        yield Candidate(value, weights[kind] * factor, match.start(), match.end())


def _number(digits: str) -> int:
    return int(re.sub(r"\D", "", digits))


def _counted(words: str) -> int:
    """A count in digits or in words."""
    return int(words) if words.isdigit() else cardinal(words) or 0


def _enrollment(protocol: Protocol, zones: list[Zone]) -> Iterator[Candidate]:
    weights = _WEIGHTS["enrollment"]
    text = protocol.text
    for _place, row in protocol.labelled("enrollment"):
        end = min(row.end, row.start + 400)
        found = [*_people(text, row.start, end, weights["labelled"])]
        match = _BARE_COUNT.search(text, row.start, min(end, row.start + 60)) if not found else None
        if match and row.colon and _number(match[1]) > 9:
            yield Candidate(_number(match[1]), weights["labelled"], row.start, match.end())
        yield from found
    for zone in zones:
        for match in list(_SIZE.finditer(text, zone.start, zone.end))[:2]:
            if 9 < _number(match[1]) < 200_000 and not _PART.search(match[0]):
                yield Candidate(_number(match[1]), weights[zone.name] * 0.8, match.start(), match.end(), zone.name)
        yield from (c._replace(source=zone.name) for c in _people(text, zone.start, zone.end, weights[zone.name]))


def _people(text: str, start: int, end: int, weight: float) -> Iterator[Candidate]:
    """Numbers of people in prose, weighed by what is said about them."""
    for match in _COUNT.finditer(text, start, end):
        number = _number(match[1])
        if number < 6 or number > 200_000:
            continue
        before = text[max(start, match.start() - 70) : match.start()]
        before = before[
            max(before.rfind(". "), before.rfind(".\n"), before.rfind(";"), before.rfind(":")) + 1 :
        ].replace("\n", " ")
        after = text[match.end() : match.end() + 70]
        after = re.split(r"[.;(]\s?|,? and |, ", after.replace("\n", " "), maxsplit=1)[0]
        around = f"{before} {after}"
        factor = 1.0
        goal, about = _GOAL.search(around), _ABOUT.search(before[-45:])
        if not goal and not about:
            factor = _CUES["plain"] * 0.6
        else:
            factor = (_CUES["goal"] if goal else _CUES["plain"]) * (_CUES["about"] if about else 0.8)
        if "andomi" in match[0] or re.search(r"(?i)\bbe (?:randomi[sz]ed|randomly)", after):
            factor *= _CUES["randomised"]
        if _MEANS.match(text, match.end()):
            factor *= _CUES["means"]
        if _OTHER.search(match[0]) or _OTHER.search(after[:40]) or _OTHER.search(before[-30:]):
            factor *= _CUES["other"]
        if _PART.search(around):
            factor *= _CUES["part"]
        yield Candidate(
            number,
            min(0.9, weight * factor),
            match.start() - len(before) if len(before) < 40 else match.start(),
            match.end(),
        )


def _sites(protocol: Protocol, zones: list[Zone]) -> Iterator[Candidate]:
    weights = _WEIGHTS["sites"]
    text = protocol.text
    for place, row in protocol.labelled("sites"):
        match = _BARE_SITES.match(text[row.start : min(row.end, row.start + 60)])
        if match and row.colon and place != "running" and int(match[1]) > 0:
            yield Candidate(int(match[1]), weights["labelled"], row.start, row.start + match.end())
    start, end = protocol.parts.title.start, protocol.parts.title.end
    for zone in (Zone("design", start, end), *zones[:1]):
        for match in list(_ONE_SITE.finditer(text, zone.start, zone.end))[:1]:
            yield Candidate(1, weights.get(zone.name, 0.4) * 0.8, match.start(), match.end(), "single")
    for zone in zones:
        for match in _SITES.finditer(text, zone.start, zone.end):
            around = text[max(zone.start, match.start() - 50) : match.start()] + match[0]
            factor = 1.2 if _ABOUT.search(around) else 0.8
            if _PART.search(around) or re.search(
                r"(?i)\bevents?\b|additional|first|\bin (?:japan|china|the us)", around
            ):
                factor *= 0.4
            if 1 < (number := _counted(match[1])) < 3000:
                yield Candidate(number, weights[zone.name] * factor, match.start(), match.end(), zone.name)
