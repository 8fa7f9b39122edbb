"""The eligibility criteria as public data: each with its kind, category, thresholds and evidence."""

from typing import Literal

from pipeline.generate.offline.protocol.criteria import Criterion, Eligibility
from pipeline.generate.offline.protocol.criteria_category import category
from pipeline.generate.offline.protocol.criteria_threshold import thresholds
from schemas import RUNNING, Document, Evidence, Page
from schemas import Criterion as PublicCriterion


def public_criteria(document: Document, found: Eligibility) -> tuple[PublicCriterion, ...]:
    """The criteria in force, inclusion first, as every user of the library sees them.

    Args:
        document: what they were found in.
        found: as `eligibility.criteria` gave them.
    """
    inclusion = [_public(document, c, "inclusion") for c in found.inclusion.current]
    return (*inclusion, *(_public(document, c, "exclusion") for c in found.exclusion.current))


def _public(
    document: Document, criterion: Criterion, kind: Literal["inclusion", "exclusion"], bounded: bool = True
) -> PublicCriterion:
    """The criterion with its sub-items; they set no bounds (`bounded`) where the whole sets none."""
    bounds = thresholds(criterion.text) if bounded else []
    return PublicCriterion.model_construct(
        kind=kind, number=criterion.number, text=criterion.text, group=criterion.group,
        category=category(criterion.text, criterion.group, kind), thresholds=bounds,
        children=[_public(document, child, kind, bool(bounds)) for child in criterion.children],
        evidence=_evidence(document, criterion),
    )  # fmt: skip


def _evidence(document: Document, criterion: Criterion) -> list[Evidence]:
    """Where the criterion stands: a slice for each page it runs over, without running heads and feet."""
    places: list[Evidence] = []
    first = document.page_at(criterion.start).number - document.pages[0].number if document.pages else 0
    for page in document.pages[first:]:
        if page.start >= criterion.end:
            break
        whole = page.start <= criterion.start and criterion.end <= page.end
        start, end = (criterion.start, criterion.end) if whole else _within(page, criterion)
        text = document.slice(start, end)
        start += len(text) - len(text.lstrip())
        if quote := text.strip():
            places.append(
                Evidence.model_construct(page=page.number, start=start, end=start + len(quote), quote=quote, boxes=[])
            )
    return places


def _within(page: Page, criterion: Criterion) -> tuple[int, int]:
    """The part of a criterion that stands on a page."""
    lines = [
        line
        for line in page.lines
        if line.kind not in RUNNING and line.end > criterion.start and line.start < criterion.end
    ]
    if not lines:
        return page.start, page.start
    return max(criterion.start, lines[0].start), min(criterion.end, lines[-1].end)
