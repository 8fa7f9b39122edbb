"""The dates of the term as they are written, one after the other: the second lies after the first."""

import re
from itertools import pairwise

from pipeline.validate.finding import Finding
from pipeline.validate.passages import ReadText
from pipeline.validate.term_rule import compare
from pipeline.values.dates import find_dates
from pipeline.values.leaders import without_leaders

_READ = 40_000  # characters: a lease gives its term early
_CERTAIN = 0.95
_BEFORE = re.compile(r"\b(?:from|term|begin(?:s|ning)?|commenc\w+|start(?:s|ing)?|runs?|between)\b[^.;]{0,80}$", re.I)
_BETWEEN = re.compile(
    r"[\s,(]*(?:at [\w:. ]{1,12})?[\s,]*(?:and )?(?:(?:shall |will )?(?:end|expire|terminate|run|continue|last|extend)(?:s|ing)?(?: thereafter)? ?)?"
    r"(?:to|until|till|through|thru|on|up to|and|-|–|—|/)?(?: and including)?(?: \(?inclusive)?(?: (?:noon|midnight|\d{1,2}(?::\d\d)? ?[ap]\.?m\.?))?(?: on| of)?[\s,]*",
    re.I,
)


def check_term_dates(text: ReadText) -> Finding:
    """Compare the two dates between which a term is said to run.

    Args:
        text: the document.
    """
    written = without_leaders(text.document.text[:_READ])
    satisfied = None
    for first, second in pairwise(find_dates(written)):
        between = written[first.end : second.start]
        before = written[max(0, first.start - 120) : first.start]
        if not between.strip(" \n,") or not _BETWEEN.fullmatch(between) or not _BEFORE.search(before):
            continue
        evidence = (text.evidence(first.start, second.end),)
        ordered = compare(first.value, "<", second.value)
        if ordered is False:
            told = f"The term is said to run from {first.value} to {second.value}."
            return Finding("violated", _CERTAIN, evidence, told)
        satisfied = satisfied or (Finding("satisfied", _CERTAIN, evidence) if ordered else None)
    return satisfied or Finding("not_applicable")
