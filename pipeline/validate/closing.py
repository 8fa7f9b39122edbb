"""How a lease closes: whether there are signatures, or places for them, in whatever layout."""

import re

from pipeline.knowledge.cues import WORDS
from pipeline.validate.finding import Finding
from pipeline.validate.passages import ReadText
from schemas import LeaseTerms, Terms

_TAIL = 1_500  # characters at the end in which signatures stand
_FOUND = 0.95
_ABSENT = 0.9
_PLACE_TO_SIGN = re.compile(
    rf"_{{4,}}|/s/|\(signed\)|\b(?:signed|executed|witness(?:ed)?|agreed)\b[^.]{{0,60}}[:_]|\bin witness\b|\bsignatures?\b"
    rf"|\b(?:{WORDS['landlord']}|{WORDS['tenant']})(?: ?\(s\))? ?: "
)
_SIGNED_BEFORE = re.compile(  # anywhere: exhibits, riders and acknowledgments follow the signatures of many leases
    rf"\bin witness w?here?of\b|/s/ ?[a-z]|\bby: ?_{{3,}}|\bby:[^.]{{0,80}}\b(?:name|title|its) ?:|\b(?:{WORDS['landlord']}|{WORDS['tenant']})(?: ?\(s\))?(?: signature)? ?:? ?_{{5,}}"
    r"|_{6,}[ (]*(?:signature|landlord|lessor|owner|tenant|lessee|resident)\b|\bhave (?:hereunto |hereto )?(?:set|affixed|executed|signed)\b[^.]{0,80}\b(?:hands?|lease|agreement|seals?)\b"
    r"|(?<!be )\bexecuted (?:and delivered )?(?:by [^.]{0,60} )?as (?:a|their) deed\b|\bsigned,? sealed and delivered by\b"
)
_CLOSES = re.compile(
    r"\b(?:signed|executed|sealed|agreed to|subscribed)\b|\bwitness(?:ed)?\b[^.]{0,30}\bhands?\b|\bour hands\b|\(seal\)"
)
_AS = rf", ?(?:the |as |its )?(?:{WORDS['landlord']}|{WORDS['tenant']}|agent|president|manager|member)\b|\s*\(seal\)"
_DATE = r"(?:\d{1,2}[-/]\d{1,2}[-/]\d{2,4}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d{1,2},? \d{4})"


def check_signatures(text: ReadText, terms: Terms) -> Finding:
    """Look for signatures, or places for them, at the end of a document.

    Args:
        text: the document.
        terms: the parties' names, which a signature block repeats.
    """
    start = max(0, len(text.plain) - _TAIL)
    tail = text.plain[start:]
    places = list(_PLACE_TO_SIGN.finditer(tail))
    names = [m for name in _last_names(terms) for m in re.finditer(rf"\b{re.escape(name)}\b", tail)]
    dated = [m for m in names if re.search(_DATE, tail[m.end() : m.end() + 40])]
    signed = (
        dated
        or _named_at_the_close(tail, names)
        or ([m for m in places if any(abs(m.end() - n.start()) < 120 for n in names)] or places[-1:])
    )
    if not signed and (mark := _SIGNED_BEFORE.search(text.plain)):
        return Finding("satisfied", _FOUND, (text.evidence(*mark.span()),))
    if not signed:
        return Finding("missing", _ABSENT, explanation="The document does not close with places for signatures.")
    at = start + signed[0].start()
    return Finding("satisfied", _FOUND, (text.evidence(*text.bare_sentence(at, at + 1), (at, at + 1)),))


def _named_at_the_close(tail: str, names: list[re.Match[str]]) -> list[re.Match[str]]:
    """Words such as "signed this day", with a party and its role, or two parties, after them."""
    for close in reversed(list(_CLOSES.finditer(tail))):
        after = [m for m in names if m.start() > close.start()]
        if len({m[0] for m in after}) > 1 or any(re.match(_AS, tail[m.end() : m.end() + 40]) for m in after):
            return [close]
    return []


def _last_names(terms: Terms) -> list[str]:
    """The last word of each party's name, levelled."""
    if not isinstance(terms, LeaseTerms):
        return []
    names = [*(terms.owner_name.value or ()), *(terms.tenant_name.value or ())]
    words = [re.findall(r"[\w'-]{3,}", name.lower()) for name in names]
    return [found[-1] for found in words if found]
