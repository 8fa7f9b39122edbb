"""Eligibility: the inclusion and the exclusion criteria of a protocol's main eligibility section."""

from collections.abc import Sequence

from pipeline.generate.offline.protocol.criteria import CriteriaList, Criterion, Eligibility
from pipeline.generate.offline.protocol.criteria_items import items
from pipeline.generate.offline.protocol.criteria_section import Region, main_part, regions
from schemas import Document, FieldAnswer, Quote

_QUOTE = 200
_MOST = 60


def criteria(document: Document) -> Eligibility:
    """The criteria of the main eligibility section; both lists are empty where none is found.

    A protocol lists criteria several times: in the synopsis, in the section, in amendment histories, in appendices. The
    section is the one with a numbered heading and the most criteria.

    >>> criteria(Document("a.txt", "", "", "No criteria here.", ()))
    Eligibility(inclusion=CriteriaList(start=-1, end=-1, items=()), exclusion=CriteriaList(start=-1, end=-1, items=()))
    """
    best, top = Eligibility(), 0.0
    for inclusion, exclusion in regions(document):
        first = _list(document, inclusion, 1)
        second = _list(document, exclusion, _last_number(first) + 1)
        if not first.items and not second.items:
            continue
        score = _weight(first) + _weight(second) + 4.0 * bool(first.items and second.items)
        score += 8 * (len(inclusion.heading.order) > 1) + 8 * (len(exclusion.heading.order) > 1)
        if not main_part(document, inclusion.heading):
            score *= 0.3
        if score > top:
            best, top = Eligibility(first, second), score
    return best


def _weight(found: CriteriaList) -> float:
    """How much a list looks like one of criteria: marked items count, bare paragraphs hardly, endless lists less."""
    marked = sum(item.marked for item in found.items)
    weight = min(marked, 25) + 0.2 * min(len(found.items) - marked, 10)
    return weight if len(found.items) <= _MOST else 0.5 * weight


def _list(document: Document, region: Region, first: int) -> CriteriaList:
    stem = ".".join(str(n) for n in region.heading.order)
    return CriteriaList(region.heading.start, region.heading.end, items(document, region.rows, stem, first))


def _last_number(found: CriteriaList) -> int:
    digits = "".join(c for c in found.items[-1].number.split(".")[-1] if c.isdigit()) if found.items else ""
    return int(digits) if digits else 0


def read(document: Document) -> dict[str, FieldAnswer]:
    """The fields inclusion_criteria, exclusion_criteria and their counts, each with quotes from the document."""
    return fields(document, criteria(document))


def fields(document: Document, found: Eligibility) -> dict[str, FieldAnswer]:
    """The fields of criteria that were found already."""
    return {
        **_fields(document, "inclusion_criteria", found.inclusion),
        **_fields(document, "exclusion_criteria", found.exclusion),
    }


def _fields(document: Document, name: str, found: CriteriaList) -> dict[str, FieldAnswer]:
    current = found.current
    if not current:
        return {name: FieldAnswer(), f"{name}_count": FieldAnswer()}
    sure = _confidence(current)
    heading = Quote(document.slice(found.start, found.end).strip(), *_trimmed(document, found.start, found.end))
    return {
        name: FieldAnswer([c.text for c in current], tuple(quote(document, c) for c in current), sure),
        f"{name}_count": FieldAnswer(len(current), (heading, quote(document, current[-1])), 0.9 * sure),
    }


def _confidence(found: Sequence[Criterion]) -> float:
    """Numbered lists are told apart nearly without error, bulleted ones less so, bare paragraphs often wrongly."""
    if all(c.number for c in found):
        return 0.95 if 3 <= len(found) <= _MOST else 0.7
    return 0.75 if 3 <= len(found) <= _MOST and not any(len(c.text) > 3000 for c in found) else 0.5


def quote(document: Document, criterion: Criterion, length: int = _QUOTE) -> Quote:
    """The first lines of a criterion, at most about `length` characters and not beyond its page, as an exact slice."""
    start, end = _trimmed(document, criterion.start, criterion.end)
    end = min(end, document.page_at(start).end)
    if end - start > length:
        cut = max(document.text.rfind("\n", start, start + length), document.text.rfind(" ", start, start + length))
        end = cut if cut > start else start + length
    start, end = _trimmed(document, start, end)
    return Quote(document.slice(start, end), start, end)


def _trimmed(document: Document, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends."""
    text = document.slice(start, end)
    return start + len(text) - len(text.lstrip()), end - len(text) + len(text.rstrip())
