"""The arms participants are assigned to, as the document words them."""

import re
from collections.abc import Iterator, Mapping, Sequence

from pipeline.generate.offline.protocol.candidates import fold, quotes
from pipeline.generate.offline.protocol.drug_names import find_drugs
from pipeline.generate.offline.protocol.lines import BULLET, TextLine, prose, without_mark
from pipeline.generate.offline.protocol.sources import Protocol, Zone
from schemas import FieldAnswer

Found = tuple[list[str], list[tuple[int, int]], float]

_WEIGHTS = {"row": 0.6, "named": 0.65, "bullets": 0.55, "sentence": 0.5, "listed": 0.55, "products": 0.3}
_DESIGN = re.compile(
    r"(?i)(?:study|trial|overall|investigational|summary of).{0,14}(?:design|plan)\b|^design$|description of (?:the )?(?:study|trial)"
)
_TREATMENT = re.compile(
    r"(?i)(?:study|treatment) arms?|treatment groups?|arms and interventions|treatments? administered|interventions? administered|study (?:treatments?|interventions?|drugs?|medication)$|assignment|dosage and administration|treatment regimens?"
)
_NAMED = re.compile(
    r"^(?:[•●▪■o–-]\s*)?((?:(?:Treatment|Study|Dose|Intervention|Vaccine|Experimental|Control|Investigational|Comparator)\s)?(?:Arm|ARM|Group|GROUP|Regimen|Treatment|Cohort)\s(?:[A-H]\d?|\d{1,2}[A-C]?|I{1,3}V?)\b)\s*(?:\(([^)]{0,60})\))?\s*(?:[:;,=–—-]|\bwill receive\b)\s*(\S.*)$"
)
_LEAD = re.compile(
    r"(?i)(?:randomi[sz]|assign|allocat|treatment (?:arms|groups|regimens|sequences)|study arms|following (?:arms|groups|treatments|regimens|doses)|treatment groups)[^.]{0,220}:\s*$"
)
_MEDICINE = re.compile(
    r"(?i)\bplacebo\b|\bmg\b|\bstandard of care\b|\bcontrol\b|\bvehicle\b|\bsham\b|vaccine|\bchemotherapy\b|\bµg\b|\bmcg\b|\bdose\b|\bgroup\b|\barm\b|\bsaline\b|\btherapy\b|\bcare\b"
)
_IN = r"(?:[^.;:]|(?<=\d)[.:](?=\d))"
_SENTENCE = re.compile(
    r"(?i)(?:randomi[sz](?:ed|ation)\b(?![,-])|(?<=randomly )(?:assigned|allocated)|\bassigned\b)"
    + _IN
    + r"{0,140}?\bto\s+(?:(?:one|1|\d) of (?:the )?(?:following )?\w+ [^.;:(]{0,40}[:(]\s*|receive\s+|either\s+|treatment with\s+|be treated with\s+|an? )*((?:(?!ratio\b)"
    + _IN
    + r"){6,260}?\s(?:or(?! without)|versus|vs\.?|and)\s(?:(?!ratio\b)"
    + _IN
    + r"){3,220}?)(?=\.\s|\.$|;|\)\s|\n\n|:|$)",
)
_LISTED = re.compile(
    r"(?i)\b(?:treatment )?(?:arms|groups)\s+(?:will include|include|are|will be|consist of|will consist of)\s*:?\s+([^.]{20,400})\."
)
_SPLIT = re.compile(
    r"(?i),?\s+(?:or|versus|vs\.?)\s+(?:either\s+)?|,\s+(?=(?:an?\s|placebo|matching)|\w+\s\d+\s?mg|\d+\s?(?:mg|µg|mcg))"
)
_SPLIT_LIST = re.compile(r"(?i),?\s+and\s+(?=an?\s)|,\s+(?=an?\s)|\s+or\s+")
_SPLIT_AND = re.compile(r"\s+and\s+")
_CUT = re.compile(
    r"(?i)\s*(?:,?\s(?:in (?!combination|addition)|in an? \d|in a (?:ratio|blinded|double)|using|by|stratified|with stratification|based on|according to|to be taken|for (?:a |up to |approximately )?\d+|for the|until|via|regardless|so that|such that|if|when|followed by a|through|by (?:the|an?|means)|after|before|beginning|starting|at (?:the|baseline|visit|day|week)|and will|groups? and|who|within|during|while|as (?:described|follows|per)|from day|on day|administered)\b|\(\d+:\d+).*$",
    re.DOTALL,
)
_TALK = re.compile(
    r"(?i)\b(?:will|option|compare|evaluate|assess|should|must|were|was|have|has|eligible|efficacy|discontinu|permanent)\b"
)
_RATIO = re.compile(
    r"(?i)^(?:(?:receive|either|to|an?|the|treatment with|be treated with|receive either|one of)\s+)+|^\(?\d+(?::\d+)+\)?\s+(?:ratio\s+)?(?:to\s+)?(?:receive\s+)?"
)


def arms(protocol: Protocol, read: Mapping[str, FieldAnswer]) -> dict[str, FieldAnswer]:
    """The arms: a named list, bullets after "randomised to one of:", the sentence on randomisation, else the products.

    Args:
        protocol: the opened protocol.
        read: answers so far: products and comparators stand in where the document describes no arms.
    """
    names = _core(read)
    found = [
        f
        for f in _candidates(protocol)
        if f[2] >= _WEIGHTS["named"] * 0.85
        or not names
        or sum(_mentions(item, names) for item in f[0]) * 2 >= len(f[0])
    ]
    if found:
        items, places, weight = max(found, key=lambda f: f[2])
        return {"arms": FieldAnswer(items, quotes(protocol.text, places), round(weight, 3))}
    return {"arms": _from_products(read)}


def _core(read: Mapping[str, FieldAnswer]) -> set[str]:
    """The words of the products and comparators, one of which an arm should mention."""
    found = {"placebo", "control", "sham", "vehicle"}
    for field in ("investigational_products", "comparators"):
        for name in (read.get(field) or FieldAnswer()).value or []:
            found |= {fold(w) for w in re.findall(r"[\w-]{4,}", name)}
    return found if len(found) > 4 else set()


def _mentions(item: str, names: set[str]) -> bool:
    """Whether an arm names one of the medicines, or a dose."""
    return bool(re.search(r"\d\s?(?:mg|µg|mcg|ml|mL|IU)\b", item)) or any(
        fold(w) in names for w in re.findall(r"[\w-]{4,}", item)
    )


def _candidates(protocol: Protocol) -> Iterator[Found]:
    text = protocol.text
    zones = [
        z
        for z in [
            protocol.synopsis(),
            *protocol.zones("design", _DESIGN, 2, 7000),
            *protocol.zones("treatment", _TREATMENT, 3, 4000),
        ]
        if z
    ]
    for place, row in protocol.labelled("arms"):
        if place == "synopsis":
            listed = _listed_items(protocol.parts.lines.between(row.start, min(row.end, row.start + 2500)))
            if listed:
                yield [i[0] for i in listed], [(i[1], i[2]) for i in listed], _WEIGHTS["row"]
    for zone in zones:
        lines = protocol.parts.lines.between(zone.start, zone.end)
        factor = 0.9 if zone.name == "treatment" else 1.0
        for items, places, weight in (*_named(lines), *_bulleted(lines)):
            yield items, places, weight * factor
        for items, places, weight in _sentences(text, zone):
            yield items, places, weight * factor


def _named(lines: Sequence[TextLine]) -> Iterator[Found]:
    """Lines such as "Arm A (experimental): X 5 mg" or "Group 1: placebo"; cohorts only where nothing finer is named."""
    found: dict[str, tuple[str, int, int]] = {}
    for index, line in enumerate(lines):
        match = _NAMED.match(line.text)
        if not match or fold(match[1]) in found:
            continue
        last = _continued(lines, index)
        words = prose("\n".join(x.text for x in lines[index : last + 1]))
        found[fold(match[1])] = (_short(without_mark(words)), line.start, lines[last].end)
    arms = {k: v for k, v in found.items() if not k.startswith("cohort")} or found
    if len(arms) >= 2:
        weight = _WEIGHTS["named"] * (0.6 if all(k.startswith("cohort") for k in arms) else 1.0)
        items = [*arms.values()][:10]
        yield [i[0] for i in items], [(i[1], i[2]) for i in items], weight


def _continued(lines: Sequence[TextLine], index: int) -> int:
    """The last line of an item: up to a bullet, another item, a full stop, or four lines on."""
    last = index
    while last + 1 < len(lines) and last - index < 3:
        following = lines[last + 1].text
        ended = lines[last].text.endswith((".", ";"))
        short = len(lines[last].text) < 55 and following[:1].isupper()
        prose_line = re.match(
            r"(?:The|Subjects|Patients|Participants|All|After|If|Randomi|Each|Eligible|During|In|No|At)\b", following
        )
        if (
            ended
            or short
            or prose_line
            or BULLET.match(following)
            or _NAMED.match(following)
            or following[:1].isdigit()
        ):
            break
        last += 1
    return last


def _bulleted(lines: Sequence[TextLine]) -> Iterator[Found]:
    """Bullets after a line such as "will be randomised 1:1 to one of two arms:"."""
    for index, line in enumerate(lines):
        if not line.text.endswith(":") or index + 2 >= len(lines):
            continue
        before = " ".join(x.text for x in lines[max(0, index - 2) : index + 1])
        if not _LEAD.search(before[-320:]):
            continue
        items: list[tuple[str, int, int]] = []
        at = index + 1
        while at < len(lines) and (BULLET.match(lines[at].text) or re.match(r"(?:\d|[a-d])[.)]\s", lines[at].text)):
            last = _continued(lines, at)
            words = without_mark(prose("\n".join(x.text for x in lines[at : last + 1])))
            items.append((_short(words), lines[at].start, lines[last].end))
            at = last + 1
        if not items:
            items = _plain(lines, index + 1)
        if 2 <= len(items) <= 8 and sum(_is_arm(i[0]) for i in items) >= len(items) * 0.7:
            yield [i[0] for i in items], [(i[1], i[2]) for i in items], _WEIGHTS["bullets"]


def _listed_items(lines: Sequence[TextLine]) -> list[tuple[str, int, int]]:
    """The bullets at the head of a label row on arms; none if there are fewer than two."""
    items = []
    index = 0
    while index < len(lines) and BULLET.match(lines[index].text):
        last = _continued(lines, index)
        words = without_mark(prose("\n".join(line.text for line in lines[index : last + 1])))
        items.append((_short(words), lines[index].start, lines[last].end))
        index = last + 1
    return items if 2 <= len(items) <= 8 else []


def _plain(lines: Sequence[TextLine], at: int) -> list[tuple[str, int, int]]:
    """Short lines that each name a medicine or a dose, below each other without bullets."""
    items = []
    for line in lines[at : at + 8]:
        if len(line.text) > 90 or not (line.text[0].isupper() or line.text[0].isdigit()) or not _is_arm(line.text):
            break
        items.append((re.sub(r"[,;.]?(?: and| or)?$", "", line.text), line.start, line.end))
        if line.text.endswith("."):
            break
    return items


def _sentences(text: str, zone: Zone) -> Iterator[Found]:
    """The sentence that says what participants are randomised to."""
    for kind, pattern in (("listed", _LISTED), ("sentence", _SENTENCE)):
        for match in pattern.finditer(text, zone.start, min(zone.end, zone.start + 12_000)):
            parts = split_arms(prose(match[1]), listed=kind == "listed")
            if parts:
                yield parts, [(match.start(), match.end())], _WEIGHTS[kind] - 0.02 * (len(parts) > 4)
                break


def split_arms(words: str, listed: bool = False) -> list[str]:
    """The arms that the end of a sentence on randomisation names; none if it names something else.

    >>> split_arms("ertugliflozin 100 mg or matching placebo to be taken once daily")
    ['ertugliflozin 100 mg', 'matching placebo']
    >>> split_arms("region or age")
    []
    """
    pattern = _SPLIT_LIST if listed else _SPLIT
    pieces = [_piece(p) for p in _outside_brackets(pattern, words)]
    if not listed and len(pieces) == 1:
        pieces = [_piece(p) for p in _outside_brackets(_SPLIT_AND, words)]
        if not any(re.search(r"(?i)placebo|control", p) for p in pieces):
            return []
    pieces = [p for p in pieces if p]
    if (
        not 2 <= len(pieces) <= 7
        or any(len(p) > 160 or _TALK.search(p) for p in pieces)
        or not all(_is_arm(p) for p in pieces)
    ):
        return []
    return pieces


def _piece(words: str) -> str:
    """One arm of a sentence, without what leads to it and what follows it."""
    words = re.sub(r"(?i)^.*?\b(?:namely|arms?|groups?|regimens?)\s*[:,(]\s*|^.*\bnamely\s+", "", words.strip())
    words = re.sub(r"(?i)\s+(?:and|or|plus)$", "", _RATIO.sub("", _CUT.sub("", words)).strip(" ,;:("))
    return words if words.count("(") >= words.count(")") else words.rstrip(")")


def _outside_brackets(pattern: re.Pattern[str], words: str) -> list[str]:
    """The pieces between matches that stand in no brackets."""
    pieces, last = [], 0
    for match in pattern.finditer(words):
        before = words[last : match.start()]
        if before.count("(") <= before.count(")") and before.count("[") <= before.count("]"):
            pieces.append(before)
            last = match.end()
    return [*pieces, words[last:]]


def _is_arm(words: str) -> bool:
    return (
        bool(_MEDICINE.search(words))
        or next(find_drugs(words), None) is not None
        or bool(re.search(r"[A-Z]\w*\d|\d\w*[A-Z]", words))
    )


def _short(words: str) -> str:
    return words if len(words) <= 220 else words[: words.rfind(" ", 0, 220)]


def _from_products(read: Mapping[str, FieldAnswer]) -> FieldAnswer:
    """Tested products as one arm, each comparator as another, where the document describes no arms in words we know."""
    tested, compared = read.get("investigational_products", FieldAnswer()), read.get("comparators", FieldAnswer())
    single = (read.get("allocation") or FieldAnswer()).value == "non-randomized"
    if not tested.value or not (compared.value or single):
        return FieldAnswer()
    items = [" + ".join(tested.value), *(compared.value or [])]
    return FieldAnswer(items, tested.quotes[:1] + compared.quotes[:1], _WEIGHTS["products"], ("derived",))
