"""The population: condition studied, age limits, sex."""

import re
from collections.abc import Iterator, Mapping, Sequence

from pipeline.generate.offline.protocol.candidates import Candidate, choose, fold
from pipeline.generate.offline.protocol.lines import prose
from pipeline.generate.offline.protocol.sources import Protocol
from schemas import FieldAnswer, Quote

_WEIGHTS = {
    "age": {"criterion": 0.8, "later criterion": 0.3, "labelled": 0.7, "synopsis": 0.35, "title": 0.5},
    "sex": {"labelled": 0.8, "criterion": 0.75, "synopsis": 0.4, "inferred": 0.4, "default": 0.45},
    "indication": {"labelled": 0.8, "title": 0.7, "population": 0.3, "design": 0.3},
}  # fmt: skip

_YEARS = r"(?:\s*[- ]?(?:years?|yrs?\.?|y/o)\b(?:[- ]old)?)"
_OF_AGE = r"(?:\s*(?:of age|old|in age))?"
_RANGE = re.compile(rf"(?i)(?<![\d.])(\d{{1,2}})(?:{_YEARS}(?:\s+of\s+age)?)?\s*(?:\(inclusive\)\s*)?(?:to|through|-|–|and|until|up to)\s*(?:(?:≤|<=|<|under|less than|including)\s*)?(\d{{1,3}})\s*(?:\(?inclusive\)?,?\s*)?(?:{_YEARS}|\s*\(?inclusive)")
_RANGE_AFTER = re.compile(r"(?i)(?:\bages?d?|age range|between(?: the ages of)?)\s*(?:is|of|:|between|from)?\s*(\d{1,2})\s*(?:to|through|-|–|and)\s*(\d{1,3})\b(?!\s*(?:weeks|months|days|kg|mg|%))")
_RANGE_SIGNS = re.compile(rf"(?i)(?:≥|>=|>|at least|over)\s*(\d{{1,2}}){_YEARS}?\s*(?:{_OF_AGE})\s*(?:and|to|,|but)\s*(?:≤|<=|<|no (?:more|older) than|less than|under|up to|not older than)\s*(\d{{1,3}}){_YEARS}?")
_MIN = (
    re.compile(rf"(?i)(?:≥|>=|⩾|\bat least|\bminimum (?:age )?(?:of )?|greater than or equal to|equal to or (?:greater|older) than|not less than|no younger than|\bfrom|older than or equal to)\s*(?:≥\s*)?(\d{{1,2}}){_YEARS}"),
    re.compile(rf"(?i)(?<![\d.≤<])(\d{{1,2}}){_YEARS}{_OF_AGE},?\s*(?:\([^)]{{0,40}}\)\s*)?(?:or|and|&)\s*(?:older|above|over|greater|more|up\b|elder)"),
    re.compile(rf"(?i)(?:\bage[ds]?|\baged)\s*(?:≥|>=|of|:|is|must be|over)?\s*(?:≥\s*)?(\d{{1,2}})\s*(?:{_YEARS}|\s*(?:or|and)\s*(?:older|over|above)|\s*$)"),
    re.compile(rf"(?i)(?:older than|over the age of|above the age of|>|over)\s*(\d{{1,2}}){_YEARS}"),
    re.compile(rf"(?i)\bage[sd]?\s*(?:≥|>=|>)\s*(\d{{1,2}})\b"),
    re.compile(rf"(?i)(?:^|\b(?:man|woman|men|women|males?|females?|adults?|subjects?|patients?|participants?|who (?:is|are))\s+(?:\w+\s+){{0,2}}?)(?:is|are|be)?\s*(\d{{1,2}}){_YEARS}"),
)  # fmt: skip
_MAX = (
    re.compile(rf"(?i)(?:≤|<=|⩽|no (?:older|more) than|not (?:older|more) than|\bup to|maximum (?:age )?(?:of )?|less than or equal to|through|not exceed(?:ing)?)\s*(?:≤\s*)?(\d{{1,3}}){_YEARS}"),
    re.compile(rf"(?i)(?:<|less than|under|younger than|below)\s*(\d{{1,3}}){_YEARS}"),
    re.compile(rf"(?i)(?<!\d)(\d{{1,3}}){_YEARS}{_OF_AGE}\s*(?:or|and)\s*(?:younger|under|less|below)"),
)  # fmt: skip
_MONTHS = re.compile(r"(?i)(?:≥|>=|at least|from|aged?|between)\s*(\d{1,2})\s*(weeks?|months?)\b(?!\s*(?:prior|before|after|of treatment))")
_BIRTH = re.compile(r"(?i)(?:from|at) birth|newborn|neonat")
_AGE_TALK = re.compile(r"(?i)\bage[ds]?\b|\byears?\b|\byrs?\b|\bold(?:er)?\b")
_NOT_AGE = re.compile(r"(?i)\b(?:within|during|in|over|for|past|last|previous|preceding|than) (?:the )?(?:last |past |previous |preceding |prior )?$|\b(?:history|duration|diagnos\w+|expectancy|smok\w+|disease|since|free|remission|follow)\b[^.;]{0,60}$")
_LOCAL = re.compile(r"(?i)\b(?:japan|korea|taiwan|china|india|only for|in countries|country|legal age|where|thailand|germany|EU)\b")

_BOTH = re.compile(r"(?i)\b(?:males?|men|man|boys?)\s*(?:,|/|or|and|and/or|&)\s*(?:\w+[- ]){0,3}?(?:females?|women|woman|girls?)\b|\b(?:females?|women|woman)\s*(?:,|/|or|and|and/or|&)\s*(?:\w+[- ]){0,3}?(?:males?|men|man)\b|either (?:sex|gender)|both (?:sexes|genders)|(?:any|all) (?:sex|gender)|regardless of (?:sex|gender)|any gender|sex: all|all sexes")
_FEMALE = re.compile(r"(?i)\b(?:females?|women|woman|pregnant|postmenopausal|girls)\b")
_MALE = re.compile(r"(?i)\b(?:males?|men|man|boys)\b")
_PREGNANCY = re.compile(r"(?i)child-?\s?bearing|pregnan|breast-?feeding|contracepti|lactat|WOCBP|female partner|birth control")
_MALE_DISEASE = re.compile(r"(?i)prostate|prostatic|testic|hypogonad|erectile|penile|duchenne")
_FEMALE_DISEASE = re.compile(r"(?i)ovarian cancer|cervical (?:cancer|dysplasia|intraepithelial)|endometri|uterine|postmenopausal|menopaus|pregnan\w+ women|vaginal|vulvo|fallopian|preterm labor|hot flas|contracepti|polycystic ovar|lactat")

_WITH = re.compile(
    r"(?i)\b(?:patients?|subjects?|participants?|adults?|children|adolescents?|infants?|women|men|males?|females?|individuals|people|persons|outpatients|volunteers)\b[^.;:]{0,60}?\s(?:with|suffering from|diagnosed with|who have|affected by|undergoing|living with|hospitali[sz]ed (?:for|with)|at risk (?:of|for))\s+(?!at least|inadequate|an? (?:history|inadequate))"
)
_TREATMENT_OF = re.compile(r"(?i)\b(?:treatment|prevention|prophylaxis|management|relief|reduction|incidence|prophylactic treatment|therapy)\s+(?:of|for|in)\s+(?:the )?(?:prevention of |treatment of )?(?!patients|subjects|participants|adults|children)")
_VACCINE = re.compile(r"(?i)\b(?:vaccine|vaccination|immunization)\s+against\s+|active immunization (?:to prevent|for the prevention of|against)\s+|\bto prevent\s+|prevention of\s+")
_FOR = re.compile(r"(?i)\b(?:in|for|as)\s+(?:the\s+)?((?:[A-Za-z-]+\s){0,5}(?:cancer|carcinoma|leuk[ae]mia|lymphoma|myeloma|melanoma|arthritis|disease|syndrome|diabetes|asthma|infection|psoriasis|disorder|sclerosis|depression|schizophrenia|hypertension|failure|tumou?rs?))\b")
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


def population(protocol: Protocol, read: Mapping[str, FieldAnswer]) -> dict[str, FieldAnswer]:
    """Condition studied, lowest and highest age, sex.

    Args:
        protocol: the opened protocol.
        read: answers so far: the title, and the inclusion criteria as read by `eligibility`.
    """
    text = protocol.text
    criteria = [*_criteria(read.get("inclusion_criteria", FieldAnswer()))]
    lows, highs = _ages(protocol, criteria)
    indication = choose(text, _indications(protocol, read.get("title", FieldAnswer())), key=_core, at_least=0.25)
    return {
        "indication": indication,
        "min_age_years": choose(text, lows, key=float),
        "max_age_years": choose(text, highs, key=float),
        "sex": choose(text, _sexes(protocol, criteria, read, indication)),
    }


def _criteria(answer: FieldAnswer) -> Iterator[tuple[str, Quote]]:
    """The inclusion criteria with their places."""
    yield from zip(answer.value or [], answer.quotes, strict=False)


def _core(condition: str) -> str:
    """What two names of a condition have in common."""
    return fold(re.sub(r"\([^)]*\)", "", condition))[:24]


def _ages(protocol: Protocol, criteria: Sequence[tuple[str, Quote]]) -> tuple[list[Candidate], list[Candidate]]:
    """Age limits from the inclusion criteria; from title and synopsis only as support or where there are no criteria."""
    weights = _WEIGHTS["age"]
    lows: list[Candidate] = []
    highs: list[Candidate] = []
    seen = False
    for words, quote in criteria:
        if not _AGE_TALK.search(words[:400]):
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
    for place, row in protocol.labelled("age"):
        low, high = age_limits(protocol.value(row)[:120])
        lows += [Candidate(low, weights["labelled"], row.start, row.end)] if low is not None else []
        highs += [Candidate(high, weights["labelled"], row.start, row.end)] if high is not None else []
    if not seen and (synopsis := protocol.synopsis()):
        for _place, row in [*protocol.labelled("population"), *protocol.labelled("eligibility"), *protocol.labelled("enrollment")]:
            low, high = age_limits(prose(protocol.text[row.start : min(row.end, row.start + 500)]))
            lows += [Candidate(low, weights["synopsis"], row.start, min(row.end, row.start + 200))] if low is not None else []
            highs += [Candidate(high, weights["synopsis"], row.start, min(row.end, row.start + 200))] if high is not None else []
    if not lows:
        title = prose(protocol.text[protocol.parts.title.start : min(protocol.parts.title.end, 3000)])
        low, high = age_limits(title)
        lows += [Candidate(low, weights["title"], protocol.parts.title.start, protocol.parts.title.start + 200)] if low is not None else []
    return lows, highs


def age_limits(words: str) -> tuple[float | None, float | None]:
    """The lowest and the highest age that a sentence admits, in years; None where it sets no limit.

    >>> age_limits("Male or female, aged ≥18 years at the time of consent"), age_limits("18 to 55 years of age, inclusive")
    ((18, None), (18, 55))
    >>> age_limits("Age 65 years or younger"), age_limits("No surgery within 5 years")
    ((None, 65), (None, None))
    """
    ranges = [
        (int(m[1]), int(m[2]), m.start(), m.end())
        for pattern in (_RANGE_SIGNS, _RANGE, _RANGE_AFTER)
        for m in pattern.finditer(words)
        if int(m[1]) < int(m[2]) and 3 <= int(m[2]) <= 120 and not _NOT_AGE.search(words[: m.start()])
    ]
    lows = [(m.start(), float(m[1])) for p in _MIN for m in p.finditer(words) if _is_age(words, m)]
    highs = [(m.start(), float(m[1])) for p in _MAX for m in p.finditer(words) if float(m[1]) >= 3 and _is_age(words, m)]
    if ranges:
        return _whole(min([r[0] for r in ranges] + [v for _, v in lows])), _highest(ranges, lows)
    low = min(lows)[1] if lows else None
    high = highs[0][1] if highs else None
    if low is not None and high is not None and high <= low:
        high = None
    if low is None and (months := _MONTHS.search(words)) and re.search(r"(?i)\bage", words):
        low = round(int(months[1]) / (12 if months[2].lower().startswith("m") else 52), 2)
    return _whole(low), _whole(high)


def _highest(ranges: Sequence[tuple[int, int, int, int]], lows: Sequence[tuple[int, float]]) -> float | None:
    """The top of several age groups; none if one of them is open above."""
    top = max(high for _, high, _, _ in ranges)
    open_above = any(value >= top - 1 and all(not start <= at < end for _, _, start, end in ranges) for at, value in lows)
    return None if open_above or (top >= 95) else top


def _is_age(words: str, match: re.Match[str]) -> bool:
    """Whether years are an age, not the length of an illness; limits for one country do not count."""
    before, after = words[max(0, match.start() - 80) : match.start()], words[match.end() : match.end() + 40]
    if _NOT_AGE.search(before) or re.match(r"\s*(?:prior|before|after|ago|from|since|history|of (?!age)|post)", after):
        return False
    clause = before[max(before.rfind(";"), before.rfind("("), before.rfind(". ")) + 1 :]
    return not _LOCAL.search(clause) and not re.match(r"\s*(?:of age)?\s*(?:or older )?(?:\(?in|for) (?:japan|korea|taiwan|sites)", after, re.IGNORECASE)


def _whole(value: float | None) -> float | None:
    return int(value) if value is not None and value == int(value) else value


def _sexes(protocol: Protocol, criteria: Sequence[tuple[str, Quote]], read: Mapping[str, FieldAnswer], indication: FieldAnswer) -> Iterator[Candidate]:
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
    about = f"{title} {indication.value or ''}"
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


def _indications(protocol: Protocol, title: FieldAnswer) -> Iterator[Candidate]:
    weights = _WEIGHTS["indication"]
    for place, row in protocol.labelled("indication"):
        value = condition(prose(protocol.text[row.start : min(row.end, row.start + 250)]))
        if row.colon and value and place != "running":
            yield Candidate(value, weights["labelled"], row.start, min(row.end, row.start + 250))
    words = str(title.value or "")
    if words and title.quotes:
        place = title.quotes[0]
        if value := vaccine_condition(words) or condition_in(words):
            yield Candidate(value, weights["title"], place.start, place.end)
    for _place, row in protocol.labelled("population"):
        sentence = prose(protocol.text[row.start : min(row.end, row.start + 300)])
        if value := condition_in(sentence):
            yield Candidate(value, weights["population"], row.start, min(row.end, row.start + 300))


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
    matches = list(_WITH.finditer(words))
    for match in matches[:1]:
        if value := condition(words[match.end() :]):
            return value
    for pattern in (_VACCINE, _TREATMENT_OF):
        if match := pattern.search(words):
            return condition(words[match.end() :])
    if match := _FOR.search(words):
        return match[1].strip()
    last = re.split(r"\s(?:in|for|as)\s(?!combination|addition|adult\b|adults\b|patients\b|subjects\b|participants\b|children\b|healthy\b|the\b|an?\b)", words)
    return condition(last[-1]) if len(last) > 1 and _DISEASE.search(last[-1]) else None


def condition(words: str) -> str | None:
    """The name of a condition at the beginning of `words`, without what follows it.

    >>> condition("Type 2 Diabetes Mellitus Who Have Failed Metformin."), condition("n/a")
    ('Type 2 Diabetes Mellitus', None)
    """
    value = _TAIL.sub("", re.split(r"\n|•", words)[0].strip(), count=1).strip(" ,.:;(")
    value = re.sub(r"(?i)^(?:the )?(?:treatment|prevention) of (?:patients with |subjects with )?", "", value)
    if value.count("(") > value.count(")"):
        value = value[: value.rindex("(")].strip()
    return value if 3 < len(value) < 200 and not re.match(r"(?i)n/?a|not applicable|none", value) else None
