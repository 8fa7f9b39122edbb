"""The population: condition studied, age limits, sex."""

import re
from collections.abc import Iterator, Mapping, Sequence

from pipeline.generate.offline.protocol.ages import AGE_TALK, age_limits
from pipeline.generate.offline.protocol.candidates import Candidate, choose
from pipeline.generate.offline.protocol.indication import indication
from pipeline.generate.offline.protocol.lines import prose
from pipeline.generate.offline.protocol.sources import Protocol
from schemas import FieldAnswer, Quote

_WEIGHTS = {
    "age": {"criterion": 0.8, "later criterion": 0.3, "labelled": 0.7, "synopsis": 0.35, "title": 0.5},
    "sex": {"labelled": 0.8, "criterion": 0.75, "synopsis": 0.4, "inferred": 0.4, "default": 0.45},
}  # fmt: skip

_BOTH = re.compile(
    r"(?i)\b(?:males?|men|man|boys?)\s*(?:,|/|or|and|and/or|&)\s*(?:\w+[- ]){0,3}?(?:females?|women|woman|girls?)\b|\b(?:females?|women|woman)\s*(?:,|/|or|and|and/or|&)\s*(?:\w+[- ]){0,3}?(?:males?|men|man)\b|either (?:sex|gender)|both (?:sexes|genders)|(?:any|all) (?:sex|gender)|regardless of (?:sex|gender)|any gender|sex: all|all sexes"
)
_FEMALE = re.compile(r"(?i)\b(?:females?|women|woman|pregnant|postmenopausal|girls)\b")
_MALE = re.compile(r"(?i)\b(?:males?|men|man|boys)\b")
_PREGNANCY = re.compile(
    r"(?i)child-?\s?bearing|pregnan|breast-?feeding|contracepti|lactat|WOCBP|female partner|birth control"
)
_MALE_DISEASE = re.compile(r"(?i)prostate|prostatic|testic|hypogonad|erectile|penile|duchenne")
_FEMALE_DISEASE = re.compile(
    r"(?i)ovarian cancer|cervical (?:cancer|dysplasia|intraepithelial)|endometri|uterine|postmenopausal|menopaus|pregnan\w+ women|vaginal|vulvo|fallopian|preterm labor|hot flas|contracepti|polycystic ovar|lactat"
)


def population(protocol: Protocol, read: Mapping[str, FieldAnswer]) -> dict[str, FieldAnswer]:
    """Condition studied, lowest and highest age, sex.

    Args:
        protocol: the opened protocol.
        read: answers so far: the title, and the inclusion criteria as read by `eligibility`.
    """
    text = protocol.text
    criteria = [*_criteria(read.get("inclusion_criteria", FieldAnswer()))]
    lows, highs = _ages(protocol, criteria)
    condition = indication(protocol, read.get("title", FieldAnswer()))
    return {
        "indication": condition,
        "min_age_years": choose(text, lows, key=float),
        "max_age_years": choose(text, highs, key=float),
        "sex": choose(text, _sexes(protocol, criteria, read, condition)),
    }


def _criteria(answer: FieldAnswer) -> Iterator[tuple[str, Quote]]:
    """The inclusion criteria with their places."""
    yield from zip(answer.value or [], answer.quotes, strict=False)


def _ages(protocol: Protocol, criteria: Sequence[tuple[str, Quote]]) -> tuple[list[Candidate], list[Candidate]]:
    """Age limits from the inclusion criteria; from title and synopsis only as support or where there are no criteria."""
    weights = _WEIGHTS["age"]
    lows: list[Candidate] = []
    highs: list[Candidate] = []
    seen = False
    for words, quote in criteria:
        if not AGE_TALK.search(words[:400]):
            continue
        low, high = age_limits(words[:400])
        if low is None and high is None:
            continue
        weight = weights["later criterion" if seen else "criterion"]
        if low is not None:
            lows.append(Candidate(low, weight, quote.start, quote.end))
        if high is not None:
            highs.append(Candidate(high, weight, quote.start, quote.end))
        seen = seen or low is not None
    for _place, row in protocol.labelled("age"):
        low, high = age_limits(protocol.value(row)[:120])
        lows += [Candidate(low, weights["labelled"], row.start, row.end)] if low is not None else []
        highs += [Candidate(high, weights["labelled"], row.start, row.end)] if high is not None else []
    if not seen:
        for _place, row in [
            *protocol.labelled("population"),
            *protocol.labelled("eligibility"),
            *protocol.labelled("enrollment"),
        ]:
            low, high = age_limits(prose(protocol.text[row.start : min(row.end, row.start + 500)]))
            lows += (
                [Candidate(low, weights["synopsis"], row.start, min(row.end, row.start + 200))]
                if low is not None
                else []
            )
            highs += (
                [Candidate(high, weights["synopsis"], row.start, min(row.end, row.start + 200))]
                if high is not None
                else []
            )
    if not lows:
        title = prose(protocol.text[protocol.parts.title.start : min(protocol.parts.title.end, 3000)])
        low, high = age_limits(title)
        lows += (
            [Candidate(low, weights["title"], protocol.parts.title.start, protocol.parts.title.start + 200)]
            if low is not None
            else []
        )
    return lows, highs


def _sexes(
    protocol: Protocol, criteria: Sequence[tuple[str, Quote]], read: Mapping[str, FieldAnswer], condition: FieldAnswer
) -> Iterator[Candidate]:
    weights = _WEIGHTS["sex"]
    for _place, row in protocol.labelled("sex"):
        value = protocol.value(row)[:80]
        if sex := sex_of(value):
            yield Candidate(sex, weights["labelled"], row.start, min(row.end, row.start + 80))
    for words, quote in criteria:
        head = words[:300]
        if _BOTH.search(head):
            yield Candidate("all", weights["criterion"], quote.start, quote.end)
        elif not _PREGNANCY.search(words) and (sex := sex_of(head[:120])):
            yield Candidate(sex, weights["criterion"], quote.start, quote.end)
    title = str(read.get("title", FieldAnswer()).value or "")
    about = f"{title} {condition.value or ''}"
    quote = next(iter(read.get("title", FieldAnswer()).quotes), Quote("", 0, 0))
    if _MALE_DISEASE.search(about):
        yield Candidate("male", 0.7, quote.start, quote.end)
    elif _FEMALE_DISEASE.search(about) or (re.search(r"(?i)\bwomen\b", title) and not re.search(r"(?i)\bmen\b", title)):
        yield Candidate("female", 0.7, quote.start, quote.end)
    elif both := next(((w, q) for w, q in criteria if _PREGNANCY.search(w)), None):
        yield Candidate("all", weights["inferred"], both[1].start, both[1].end)
    elif quote.end and criteria:
        yield Candidate("all", weights["default"] * 0.7, criteria[0][1].start, criteria[0][1].end)


def sex_of(words: str) -> str | None:
    """The sex that words name.

    >>> sex_of("Males and postmenopausal females"), sex_of("Women aged 18"), sex_of("Able to swallow")
    ('all', 'female', None)
    """
    if _BOTH.search(words) or re.match(r"(?i)\s*(?:all|both|any|either)\b", words):
        return "all"
    female, male = _FEMALE.search(words), _MALE.search(words)
    if female and male:
        return "all"
    return "female" if female else "male" if male else None
