"""Clauses that must not be there: found and quoted; a negation or a carve-out around them does not trip the check."""

import re

from pipeline.knowledge.cues import occurs
from pipeline.validate.finding import Finding
from pipeline.validate.passages import ReadText, is_heading
from schemas import ClauseForbidden

FOUND = 0.95
ABSENT = 0.99  # few leases have such a clause, and most wordings of it are found

_CARVED_OUT = re.compile(
    r"\b(?:nothing (?:in|contained|herein|stated)|no (?:provision|term|clause|part|language) (?:of|in|contained)"
    r"|(?:to|only to) the (?:fullest |full |maximum |greatest )?extent (?:that )?(?:it is |is |may be )?(?:permitted|allowed|permissible|lawful)"
    r"|(?:as|where|when|if) (?:otherwise )?(?:expressly |specifically )?(?:permitted|allowed|authori[sz]ed) (?:by|under) (?:\w+ ){0,3}(?:law|statute|code|section)"
    r"|(?:unless|except as|except where|except when|only as|only if|only when|only where) (?:otherwise )?(?:expressly |specifically )?"
    r"(?:permitted|allowed|authori[sz]ed|provided|prohibited|required|limited) (?:by|under) (?:\w+ ){0,3}(?:law|statute|code|section)"
    r"|unless (?:and to the extent )?(?:\w+ ){0,3}law (?:permits|provides|allows|requires)"
    r"|(?:is|are|be|being|null and) (?:void|unenforceable|unlawful|illegal|prohibited)|not enforceable)\b"
)
_NEGATED = re.compile(
    r"\b(?:not|never|neither|nor|cannot|nothing|without limiting|no (?:provision|term|clause|waiver|right|agreement|party|landlord|tenant)|prohibited from|refrain from|instead of)\b"
    r"[^,;:.]{0,60}$"
)
_NEGATIVE_CUE = re.compile(r"\{not\}|\b(?:no|not|without|only)\b")
_NEGATED_WITHIN = re.compile(
    r"\b(?:(?:may|shall|will|can|must|agrees?|promises?) (?:not|never)|cannot|never"
    r"|(?:does|do|did) not (?:hereby |thereby )?(?:waive|give up|relinquish|release|indemnify|assume|authorize|confess))\b"
)
_NEGATED_ASIDE = re.compile(r"\b(?:not|never),[^,;.]{0,50},[^,;.]{0,40}$")


def check_clause_forbidden(check: ClauseForbidden, text: ReadText) -> Finding:
    """Look for a clause the law does not allow.

    Args:
        check: cues of the clause, and cues that excuse it in the same sentence.
        text: the document, prepared.
    """
    excused = False
    for start, end, negative in _places(check, text):
        low, high = text.bare_sentence(start, end)
        sentence = text.plain[low:high]
        if is_heading(sentence):
            continue
        if (
            _CARVED_OUT.search(sentence)
            or (not negative and (is_negated(text.plain[low:start]) or _NEGATED_WITHIN.search(text.plain, start, end)))
            or occurs(check.unless, text.plain, low, high)
        ):
            excused = True
            continue
        return Finding(
            "violated",
            FOUND,
            (text.evidence(low, high, (start, end)),),
            "The document has a clause that is not allowed.",
        )
    told = "Such wording occurs only negated or carved out." if excused else ""
    return Finding("satisfied", ABSENT, (), told)


def _places(check: ClauseForbidden, text: ReadText) -> list[tuple[int, int, bool]]:
    """Where the patterns occur, in order, and whether the pattern itself speaks of something not being so."""
    return sorted(
        (start, end, bool(_NEGATIVE_CUE.search(cue)))
        for cue in check.patterns
        for spans in text.hits(cue).values()
        for start, end in spans
    )


def is_negated(before: str) -> bool:
    """Whether what follows `before` (levelled, from the start of the sentence) is denied by it.

    >>> is_negated("landlord shall not "), is_negated("if tenant does not pay, landlord may ")
    (True, False)
    """
    return bool(_NEGATED.search(before) or _NEGATED_ASIDE.search(before))
