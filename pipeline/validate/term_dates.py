"""The dates of the term as they are written, one after the other: the second lies after the first."""

import re
from collections.abc import Iterator, Sequence

from pipeline.validate.finding import Finding
from pipeline.validate.passages import ReadText
from pipeline.validate.term_rule import compare
from pipeline.values.dates import find_dates
from pipeline.values.found import Found
from pipeline.values.leaders import without_leaders

_READ = 40_000  # characters: a lease gives its term early
_CERTAIN = 0.95
_BEFORE = re.compile(r"\b(?:from|term|begin(?:s|ning)?|commenc\w+|start(?:s|ing)?|runs?|between)\b[^.;]{0,80}$", re.I)
_BETWEEN = re.compile(
    r"[\s,(]*(?:at [\w:. ]{1,12})?[\s,]*(?:and )?(?:(?:shall |will )?(?:end|expire|terminate|run|continue|last|extend)(?:s|ing)?(?: thereafter)? ?)?"
    r"(?:to|until|till|through|thru|on|up to|and|-|–|—|/)?(?: and including)?(?: \(?inclusive)?(?: (?:noon|midnight|\d{1,2}(?::\d\d)? ?[ap]\.?m\.?))?(?: on| of)?[\s,]*",
    re.I,
)
_OF_TERM = r"(?: ?\(?(?:date|day|of|the|this|your|its|lease|term|tenancy|agreement|letting|is|will be|shall be|falls|on|at|noon|midnight)\b\)?)"
_LABEL_END = r"[\s:.|=_—–-]*$"
_BEGINS = re.compile(
    rf"\b(?:begin(?:s|ning)?|commenc(?:es|ing|ement)|start(?:s|ing)?|first day|move-?in|effective|takes effect|from){_OF_TERM}{{0,7}}{_LABEL_END}",
    re.I,
)
_ENDS = re.compile(
    rf"\b(?:end(?:s|ing)?|expir(?:es|y|ing|ation)|terminat(?:es|ing|ion)|last(?: day)?|until|till|through|runs out|is over|is up|finish(?:es)?|conclu(?:des|sion)|clos(?:es|ing)|to){_OF_TERM}{{0,7}}{_LABEL_END}",
    re.I,
)
_LABEL = 60  # characters before a date in which it is said to begin or end a term
_NEXT = 3  # dates within which an end follows its beginning
_APART = 500  # characters, at most, between them
_ANOTHERS = re.compile(
    r"\b(?:previous|prior|former|earlier|old|existing|current|original|renew\w*|extension|option|offer|school|season|insurance|policy|warranty|inspect\w*|notice|rent of|rent is|rent shall|rent will|rate of|pays?)\b",
    re.I,
)


def check_term_dates(text: ReadText) -> Finding:
    """Compare the two dates between which a term is said to run.

    Args:
        text: the document.
    """
    written = without_leaders(text.document.text[:_READ])
    satisfied = None
    for first, second in _terms(written, find_dates(written)):
        evidence = (text.evidence(first.start, second.end),)
        ordered = compare(first.value, "<", second.value)
        if ordered is False:
            told = f"The term is said to run from {first.value} to {second.value}."
            return Finding("violated", _CERTAIN, evidence, told)
        satisfied = satisfied or (Finding("satisfied", _CERTAIN, evidence) if ordered else None)
    return satisfied or Finding("not_applicable")


def _terms(written: str, dates: Sequence[Found[str]]) -> Iterator[tuple[Found[str], Found[str]]]:
    """The pairs of dates that a text calls the beginning and the end of a term, in one breath or in rows of a form."""
    for at, first in enumerate(dates):
        before = written[max(0, first.start - 120) : first.start]
        if at + 1 < len(dates) and _BEFORE.search(before):
            between = written[first.end : dates[at + 1].start]
            if between.strip(" \n,") and _BETWEEN.fullmatch(between):
                yield first, dates[at + 1]
                continue
        if _BEGINS.search(before[-_LABEL:]) and (ends := _end_of(written, first, dates[at + 1 : at + 1 + _NEXT])):
            yield first, ends


def _end_of(written: str, first: Found[str], following: Sequence[Found[str]]) -> Found[str] | None:
    """The first of some dates that is said to end what `first` begins."""
    for date in following:
        between = written[first.end : date.start]
        if len(between) > _APART or _ANOTHERS.search(between):
            return None
        if _ENDS.search(between[-_LABEL:]):
            return date
        if _BEGINS.search(between[-_LABEL:]):
            return None
    return None
