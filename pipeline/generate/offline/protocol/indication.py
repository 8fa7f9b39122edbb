"""The condition studied: from label rows, the title's "patients with ...", what a vaccine protects against."""

import re
from collections.abc import Iterator

from pipeline.generate.offline.protocol.candidates import Candidate, choose, fold
from pipeline.generate.offline.protocol.lines import prose
from pipeline.generate.offline.protocol.sources import Protocol
from schemas import FieldAnswer

_WEIGHTS = {"labelled": 0.8, "title": 0.7, "population": 0.3}

_WITH = re.compile(
    r"(?i)\b(?:patients?|subjects?|participants?|adults?|children|adolescents?|infants?|women|men|males?|females?|individuals|people|persons|outpatients|volunteers)\b[^.;:]{0,60}?\s(?:with|suffering from|diagnosed with|who have|affected by|undergoing|living with|hospitali[sz]ed (?:for|with)|at risk (?:of|for))\s+(?!at least|inadequate|an? (?:history|inadequate))"
)
_TREATMENT_OF = re.compile(
    r"(?i)\b(?:treatment|prevention|prophylaxis|management|relief|reduction|incidence|prophylactic treatment|therapy)\s+(?:of|for|in)\s+(?:the )?(?:prevention of |treatment of )?(?!patients|subjects|participants|adults|children)"
)
_VACCINE = re.compile(
    r"(?i)\b(?:vaccine|vaccination|immunization)\s+against\s+|active immunization (?:to prevent|for the prevention of|against)\s+|\bto prevent\s+|prevention of\s+|\bagainst\s+(?-i:(?=[A-Z]))"
)
_FOR = re.compile(
    r"(?i)\b(?:in|for|as)\s+(?:the\s+)?((?:[A-Za-z-]+\s){0,5}(?:cancer|carcinoma|leuk[ae]mia|lymphoma|myeloma|melanoma|arthritis|disease|syndrome|diabetes|asthma|infection|psoriasis|disorder|sclerosis|depression|schizophrenia|hypertension|failure|tumou?rs?))\b"
)
_LAST_IN = re.compile(
    r"\s(?:in|for|as)\s(?!combination|addition|adult\b|adults\b|patients\b|subjects\b|participants\b|children\b|healthy\b|the\b|an?\b)"
)
_DISEASE = re.compile(
    r"(?i)cancer|carcinoma|leuk[ae]mia|lymphoma|myeloma|melanoma|sarcoma|tumou?r|neoplas|metast|arthritis|disease|syndrome|diabetes|asthma|infection|psoriasis|disorder|sclerosis|depress|schizophreni|hypertension"
    r"|failure|itis\b|osis\b|emia\b|pathy\b|oma\b|algia\b|migraine|epilepsy|obesity|insomnia|stroke|pain|fibrosis|dystrophy|deficiency|hepat|virus|covid|influenza|malaria|tubercul|HIV|NSCLC"
)
_TAIL = re.compile(
    r"(?i)(?:\s*[,;:.]?\s(?:who\b|whose\b|that (?:is|are|has|have)\b|receiving\b|treated\b|on (?:stable|a |background|maint)|undergoing\b|previously\b|already\b|requiring\b|currently\b|not (?:adequately|receiving|previously)"
    r"|inadequately controlled (?:on|with|by)\b|uncontrolled (?:on|with)|using\b|taking\b|compared\b|versus\b|vs\b|despite\b|aged?\b|\d+ years|and (?:a |an )?(?:inadequate|history|elevated|high)|with (?:an )?inadequate|with or without|failing|having|after\b|following\b|in combination|eligible"
    r"|on\b|at (?:increased|high) risk|as (?:an? )?(?:add|adjunct|measured|assessed|first|second)|followed by|based on|designed|naive to|intolerant).*"
    r"|\s[–—-]\s.*|\s*[.;]\s.*|\.$|[“\"].*)$",
    re.DOTALL,
)


def indication(protocol: Protocol, title: FieldAnswer) -> FieldAnswer:
    """The condition studied, short.

    Args:
        protocol: the opened protocol.
        title: the title as read.
    """
    return choose(protocol.text, _indications(protocol, title), key=_core, at_least=0.25)


def _core(condition: str) -> str:
    """What two names of a condition have in common."""
    return fold(re.sub(r"\([^)]*\)", "", condition))[:24]


def _indications(protocol: Protocol, title: FieldAnswer) -> Iterator[Candidate]:
    for place, row in protocol.labelled("indication"):
        value = condition(prose(protocol.text[row.start : min(row.end, row.start + 250)]))
        if value and place != "running" and (row.colon or place == "synopsis"):
            weight = _WEIGHTS["labelled"] * (1.0 if row.colon else 0.5)
            yield Candidate(value, weight, row.start, min(row.end, row.start + 250))
    words = str(title.value or "")
    if title.quotes and (value := vaccine_condition(words) or condition_in(words)):
        brand = bool(_VACCINE_NAME.search(words)) and not (_DISEASE.search(value) or " " in value)
        weight = _WEIGHTS["title"] * (0.5 if brand else 1.0)
        yield Candidate(value, weight, title.quotes[0].start, title.quotes[0].end)
    for _place, row in protocol.labelled("population"):
        sentence = prose(protocol.text[row.start : min(row.end, row.start + 300)])
        if value := condition_in(sentence):
            yield Candidate(value, _WEIGHTS["population"], row.start, min(row.end, row.start + 300))


_VACCINE_NAME = re.compile(
    r"(?i)\b((?:[A-Za-z][\w-]*\s){1,4}?)(?:\(\w+\)\s)?(?:(?:conjugate|polysaccharide|subunit|recombinant|inactivated|live|attenuated|mrna|adjuvanted|split|virus-like|particle|candidate|investigational|virus)\s(?:\([\w-]+\)\s)?)*vaccine"
)
_VACCINE_KIND = re.compile(
    r"(?i)^(?:(?:an?|the|of|study|safety|immunogenicity|efficacy|and|with|investigational|\S*valent|recombinant|inactivated|live|attenuated|adjuvanted|novel|new|two|doses?|booster|\d+\S*|lot|lots|consistency|sanofi|pfizer|pasteur|\S*mrna\S*)\s)*"
)


def vaccine_condition(title: str) -> str | None:
    """What the vaccine named in a title protects against.

    >>> vaccine_condition("Safety of a 20-valent Pneumococcal Conjugate Vaccine in Adults")
    'Pneumococcal disease'
    """
    if not (match := _VACCINE_NAME.search(title)):
        return None
    name = _VACCINE_KIND.sub("", match[1].strip() + " ").strip()
    return (f"{name} disease" if name.lower().endswith("al") else name) if len(name) > 2 else None


def condition_in(words: str) -> str | None:
    """The condition that a title or a sentence on the population names.

    >>> condition_in("A Study of X in Subjects with Active Psoriatic Arthritis Who Have Failed Y")
    'Active Psoriatic Arthritis'
    """
    people = _WITH.search(words)
    if people and (value := condition(words[people.end() :])):
        return value
    for pattern in (_VACCINE, _TREATMENT_OF):
        if found := pattern.search(words):
            return condition(words[found.end() :])
    if named := _FOR.search(words):
        return named[1].strip()
    last = _LAST_IN.split(words)[-1]
    return condition(last) if last != words and _DISEASE.search(last) else None


def condition(words: str) -> str | None:
    """The name of a condition at the beginning of `words`, without what follows it.

    >>> condition("Type 2 Diabetes Mellitus Who Have Failed Metformin."), condition("n/a")
    ('Type 2 Diabetes Mellitus', None)
    """
    value = _TAIL.sub("", re.split(r"\n|•", words)[0].strip(), count=1).strip(" ,.:;(")
    value = re.sub(r"(?i)^(?:the )?(?:treatment|prevention) of (?:patients with |subjects with )?", "", value)
    value = re.sub(
        r"\s*\([A-Z][A-Z0-9 -]{4,}\)$|\s*\([^)]{0,30}:.*$|\s+(?i:subjects|patients|participants|adults)$", "", value
    )
    if value.count("(") > value.count(")"):
        value = value[: value.rindex("(")].strip()
    return value if 3 < len(value) < 200 and not re.match(r"(?i)n/?a|not applicable|none", value) else None
