"""Investigational products and comparators: from the title's two sides, label rows and the description of the design."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pipeline.generate.offline.protocol.candidates import fold, quotes
from pipeline.generate.offline.protocol.drug_names import find_drugs
from pipeline.generate.offline.protocol.lines import prose
from pipeline.generate.offline.protocol.sources import Protocol, Zone
from schemas import FieldAnswer

_WEIGHTS = {
    "product": {"title:": 0.7, "title": 0.45, "synopsis:": 0.6, "synopsis": 0.35, "running": 0.35, "running:": 0.4, "title side": 0.65, "head": 0.3},
    "comparator": {"title side": 0.75, "title word": 0.7, "title:": 0.7, "synopsis:": 0.7, "synopsis": 0.5, "title": 0.3, "running": 0.2, "running:": 0.2, "design": 0.5, "control": 0.5},
}  # fmt: skip
_LEAST = 0.42

_VERSUS = re.compile(
    r"(?i)\s(?:versus|vs\.?|compared (?:with|to)|in comparison (?:with|to)|relative to|as compared (?:with|to)|against(?= placebo)|with (?=placebo\b)|or(?= (?:matching )?placebo))\s"
)
_COMPARING = re.compile(
    r"(?i)\bcompar(?:e|es|ing|ison of)\s+(?:the\s+)?(?:(?:efficacy|safety|effects?|immunogenicity|and|,)\s+)*(?:of\s+)?(.{4,160}?)\s+(?:to|with|versus|vs\.?|and)\s+(.{4,160})"
)
_POPULATION = re.compile(
    r"(?i)\s(?:in|for|as|among|on)\s+(?:the |adult |pediatric |adolescent |healthy |treatment|patients|subjects|participants|adults|children|men|women|reducing|hospitali|infants|people|individuals|outpatients|older|\w+ (?:patients|subjects|participants))"
)
_BACKGROUND = re.compile(
    r"(?i)\s(?:added to|add-?on to|on (?:a )?background(?: of)?|in addition to|when added|with (?:stable|background)|plus (?:standard|background|best)|in patients|in subjects|in participants)\b.*"
)
_CONTROLS = re.compile(
    r"(?i)\b(?:matching[- ]|matched[- ]|oral |intravenous |subcutaneous |vehicle[- ])?placebo(?: (?:TTS|patch|gel|cream|injections?|capsules?|tablets?))?\b|\bsham(?: (?:procedure|injection|comparator))?\b|\bstandard[- ]of[- ]care\b(?: \(soc\))?|\bbest supportive care\b|\busual care\b|\bvehicle\b(?=-controlled| control)?"
    r"|\bstandard (?:therapy|treatment|chemotherapy)\b|\bchemotherapy\b|\bno treatment\b|\bnormal saline\b|\bsaline\b(?= \()?|\bobservation\b|\binvestigator[’']?s?[’']? choice\b|\bphysician[’']?s choice\b|\bbest available therapy\b"
)
_CONTROL_NAMED = re.compile(
    r"(?i)\b(?<![\w-])([A-Z0-9][\w-]{0,40}(?: [a-z]{1,30}){0,3})\s*\((?:the )?(?:active )?(?:control|comparator)(?: (?:vaccine|arm|group|drug|treatment))?\)"
)
_CONTROL_ARM = re.compile(
    r"(?i)\b(?:control|comparator|reference) (?:arm|group|treatment|vaccine|product|drug)\)?\s*(?::|\bis\b|\bwill receive\b|\()\s*([^.;\n]{4,80})"
)
_DOSE = re.compile(
    r"(?i)\s*[,(]?\s*(?:\d[\d.,]*\s*(?:-|to)?\s*[\d.,]*\s*(?:mg|µg|μg|mcg|g|ml|iu|units|%|kg)\b|tablets?\b|capsules?\b|injection\b|solution\b|infusion\b|film-coated|will be\b|is\b|are\b|administered|oral\b|for (?:injection|infusion)|prefilled|subcutaneous|intravenous|once|twice|at a dose|provided|supplied|given|dosage|dose).*$",
    re.DOTALL,
)
_NOTHING = re.compile(
    r"(?i)^(?:n/?a\b|not applicable|none|see |refer|number|name|the\b|this\b|to be|upon|following|subjects|patients|participants|all\b|study|treatment|formulation|eligible|drug|code|for\b|in\b|each|investigational (?:product|medicinal)|and\b|or\b|day\b|dose)"
)
_ALIAS = re.compile(
    r"\s*[\[(/]\s*(?:formerly |also known as |INN:? )?([A-Za-z0-9][\w ./-]{1,40}?)\s*[\])]?(?=[\s,;.)\]]|$)"
)
_DESIGN = re.compile(
    r"(?i)(?:study|trial|overall|investigational|summary of).{0,14}(?:design|plan)\b|^design$|description of (?:the )?study"
)
_TREATMENT = re.compile(
    r"(?i)(?:investigational|study|test|comparative|reference|comparator).{0,20}(?:product|drug|treatment|intervention|medication|vaccine)s?\b|treatments? administered|interventions? administered|identity of|comparator|dosage and administration|^treatments?$|^study interventions?$"
)


class Named(NamedTuple):
    """A medicine that is tested or compared with, where it was read, how much that counts."""

    name: str
    weight: float
    start: int
    end: int


def interventions(protocol: Protocol, read: Mapping[str, FieldAnswer]) -> dict[str, FieldAnswer]:
    """Investigational products and comparators.

    Args:
        protocol: the opened protocol.
        read: answers so far; the title is used.
    """
    title = read.get("title", FieldAnswer())
    tested, control = sides(str(title.value or ""))
    place = (title.quotes[0].start, title.quotes[0].end) if title.quotes else (0, 0)
    own = fold((read.get("protocol_id") or FieldAnswer()).value or "-")
    compared = [*_comparators(protocol, str(title.value or ""), control, place)]
    if not tested and (vaccine := _VACCINE.search(str(title.value or ""))):
        tested = [vaccine[1]]
    against = {fold(name) for name in control}
    products = [
        p
        for p in _products(protocol, tested, place)
        if fold(p.name) not in against and fold(p.name) != own and not _is_control(p.name)
    ]
    taken = _merged(products)
    names = {fold(word) for p in taken for word in re.findall(r"[\w-]+", p.name)}
    rivals = [c for c in _merged(compared) if fold(c.name) not in names]
    if (
        any(not _is_control(c.name) and fold(c.name) in against for c in rivals)
        and "placebo" not in str(title.value).lower()
    ):
        rivals = [
            c for c in rivals if "placebo" not in c.name.lower()
        ]  # double-dummy: the placebos only keep the blind
    return {"investigational_products": _answer(protocol, taken), "comparators": _answer(protocol, rivals)}


def sides(title: str) -> tuple[list[str], list[str]]:
    """What a title says is tested, and what it is compared with; what both sides get is background.

    >>> sides("A Study of Nivolumab in Combination with Ramucirumab Compared with Lenvatinib in Patients with X")
    (['Nivolumab', 'Ramucirumab'], ['Lenvatinib'])
    >>> sides("Apalutamide Plus ADT Versus Placebo Plus ADT")
    (['Apalutamide'], ['Placebo'])
    """
    title = re.sub(r"\b[A-Z]{6,}\b", lambda m: m[0].capitalize(), title)
    left, right = title, ""
    if match := _VERSUS.search(title):
        left, right = title[: match.start()], title[match.end() :]
    elif (match := _COMPARING.search(title)) and (_names(match[2]) or _CONTROLS.search(match[2])):
        left, right = title[: match.start()] + " " + match[1], match[2]
    elif match := re.search(r"(?i)\bwith (?:or|and|versus) without\s", title):
        left = title[match.end() :]
    if population := _POPULATION.search(right):
        right = right[: population.start()]
    if not right and (background := _BACKGROUND.search(left)) and find_first(left[: background.start()]):
        left = left[: background.start()]
    tested = _names(left)
    control = [*_names(right), *(m[0].strip() for m in _CONTROLS.finditer(right))]
    if (
        right
        and not control
        and 3 < len(words := re.sub(r"(?i)\s+(?:alone|monotherapy)\b.*", "", right).strip(" .,")) < 80
    ):
        control = [words]
    both = {fold(n) for n in tested} & {fold(n) for n in control}
    return [n for n in tested if fold(n) not in both], [n for n in control if fold(n) not in both]


def find_first(words: str) -> bool:
    """Whether a text names a medicine."""
    return next(find_drugs(words), None) is not None


def _names(words: str) -> list[str]:
    """The medicines in some words, a code in brackets belonging to the name before it."""
    found: list[str] = []
    last = -10
    for drug in find_drugs(words):
        gap = words[last : drug.start] if last >= 0 else "-"
        if found and gap.strip() == "/":
            found[-1] = f"{found[-1]}/{drug.name}"
        elif found and re.fullmatch(r"\s*[(\[]\s*", gap):
            found[-1] = f"{found[-1]} ({drug.name})"
        elif found and gap == " ":
            found[-1] = f"{found[-1]} {drug.name}"
        elif fold(drug.name) not in {fold(f) for f in found}:
            found.append(drug.name)
        last = drug.end
    return found


def _is_control(name: str) -> bool:
    return bool(_CONTROLS.match(name.strip()))


def _products(protocol: Protocol, tested: list[str], place: tuple[int, int]) -> Iterator[Named]:
    weights = _WEIGHTS["product"]
    for name in tested:
        yield Named(name, weights["title side"], *place)
    for where, row in protocol.labelled("product"):
        end = min(row.end, row.start + (260 if row.colon else 200))
        value = protocol.text[row.start : end]
        weight = weights[where + (":" if row.colon else "")]
        if not row.colon and not find_first(value[:80]):
            continue
        number = re.search(r"(?i)number|code", protocol.text[row.label : row.start]) or value.lower().startswith(
            "number"
        )
        for name in row_names(value):
            if number and fold(name) not in {fold(n) for n in tested}:
                continue  # the product's code, which is its name only where the title says so
            yield Named(name, weight, row.start, row.start + min(len(value), 80))
    for running in protocol.parts.running:
        if running.share > 0.4:
            for drug in find_drugs(running.text):
                yield Named(drug.name, weights["head"], running.start + drug.start, running.start + drug.end)


def row_names(value: str) -> list[str]:
    """The products that the value of a label row names, line by line.

    >>> row_names("Nivolumab (XY1112233)\\nRamucirumab (XY4445566)"), row_names("20-valent Conjugate Vaccine (20vC)"), row_names("N/A")
    (['Nivolumab (XY1112233)', 'Ramucirumab (XY4445566)'], ['20-valent Conjugate Vaccine (20vC)'], [])
    """
    if names := _names(prose(value)):
        return names[:4]
    first = prose("\n".join(value.split("\n")[:2])) if value.count("(") else prose(value.split("\n")[0])
    name = _DOSE.sub("", first).strip(" ,;:.")
    if name.count("(") > name.count(")"):
        name = name[: name.rindex("(")].strip()
    return [name] if 2 < len(name) < 70 and not _NOTHING.match(name) and len(name.split()) < 9 else []


_VACCINE = re.compile(
    r"(?i)\b((?:(?!an?\b|the\b|of\b|with\b|and\b|safety\b|investigational\b)[\w-]+\s){1,5}vaccine(?:\s\([\w-]+\))?)"
)


def _comparators(protocol: Protocol, title: str, control: list[str], place: tuple[int, int]) -> Iterator[Named]:
    weights = _WEIGHTS["comparator"]
    for name in control:
        yield Named(name, weights["title side"], *place)
    if re.search(r"(?i)\bplacebo\b", title):
        yield Named("Placebo", weights["title word"], *place)
    elif re.search(r"(?i)\bsham\b", title):
        yield Named("Sham", weights["title word"], *place)
    text = protocol.text
    for where, row in protocol.labelled("comparator"):
        end = min(row.end, row.start + 220)
        value = prose(text[row.start : end])
        weight = weights[where + (":" if row.colon else "")]
        if controls := [m[0] for m in _CONTROLS.finditer(value)]:
            yield Named(controls[0], weight, row.start, end)
        for name in _names(value if not controls else value[: value.lower().find("placebo")]):
            yield Named(name, weight, row.start, end)
    zones = [z for z in [protocol.synopsis(), *protocol.zones("design", _DESIGN, 2, 6000)] if z]
    yield from _controls_of_design(text, zones)


def _controls_of_design(text: str, zones: list[Zone]) -> Iterator[Named]:
    """What the description of the design compares with: "placebo-controlled", "9vXy (control vaccine)"."""
    weight = _WEIGHTS["comparator"]
    for zone in zones:
        end = min(zone.end, zone.start + 10_000)
        controlled = re.compile(
            r"(?i)\b(placebo|sham|vehicle)[- –]?\s?(?:controlled|control\b|group\b|arm\b)|\b(?:or|and|versus|to|matching) (placebo)\b"
        ).search(text, zone.start, end)
        if controlled:
            yield Named(
                (controlled[1] or controlled[2]).capitalize(), weight["design"], controlled.start(), controlled.end()
            )
        for match in _CONTROL_NAMED.finditer(text, zone.start, end):
            if not re.match(r"(?i)(?:arm|group|cohort|part)\b|\d+$", match[1]):
                yield Named(match[1].split(" or ")[-1].strip(), weight["control"], match.start(), match.end())
        for match in list(_CONTROL_ARM.finditer(text, zone.start, end))[:2]:
            for name in _names(match[1])[:2]:
                yield Named(name, weight["control"], match.start(), match.end())


def _merged(found: list[Named]) -> list[Named]:
    """One entry for each medicine with the support of all its readings, the fullest name kept; weak ones are left out."""
    groups: list[list[Named]] = []
    for item in found:
        words = _core_words(item.name)
        group = next((g for g in groups if any(words & _core_words(other.name) for other in g)), None)
        if group is None:
            groups.append([item])
        else:
            group.append(item)
    kept = []
    for group in groups:
        missing = 1.0
        for item in group:
            missing *= 1 - item.weight
        if 1 - missing >= _LEAST:
            best = max(group, key=lambda n: ("(" in n.name, n.weight, -len(n.name)))
            source = max(group, key=lambda n: n.weight)
            kept.append(Named(_tidy(best.name), 1 - missing, source.start, source.end))
    return kept


def _tidy(name: str) -> str:
    return (
        name[:1].upper() + name[1:].lower()
        if name.isupper() and len(name) > 6 and not any(c.isdigit() for c in name)
        else name.strip()
    )


def _core_words(name: str) -> frozenset[str]:
    """The telling words of a medicine's name."""
    words = {fold(w) for w in re.findall(r"[\w-]{3,}", name.lower())}
    return frozenset(
        words
        - {
            "mg",
            "arm",
            "cohort",
            "the",
            "and",
            "with",
            "for",
            "matching",
            "oral",
            "tablet",
            "capsule",
            "injection",
            "vaccine",
            "formerly",
            "drug",
            "treatment",
            "acid",
            "group",
            "control",
        }
    )


def _answer(protocol: Protocol, found: list[Named]) -> FieldAnswer:
    if not found:
        return FieldAnswer()
    kept = sorted(found, key=lambda n: -n.weight)[:5]
    confidence = sum(n.weight for n in kept) / len(kept)
    return FieldAnswer(
        [n.name for n in kept], quotes(protocol.text, [(n.start, n.end) for n in kept]), round(min(confidence, 0.95), 3)
    )
