"""Late charges as the sentences of a lease state them: where no value was read, or one that is another charge's."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pipeline.knowledge.cues import Span
from pipeline.validate.charges import late_charge
from pipeline.validate.passages import ReadText, is_heading
from pipeline.validate.rows import spoken
from pipeline.values.money import find_money
from pipeline.values.percents import find_percents
from pipeline.values.shares import find_shares
from schemas import Evidence, Term

_LATE = re.compile(
    r"\blate (?:fee|charge|payment)s?\b|\b(?:fee|charge|penalty|surcharge)s? (?:for|on) (?:late|overdue|unpaid)\b"
    r"|\b(?:rent|payment|instal?lment|it|part of it|any part|balance|amount)s?\b[^.;?]{0,60}\b(?:late\b|unpaid|overdue|past due|delinquent|in arrears?|outstanding|missing"
    r"|not (?:been )?(?:paid|received|arrived|in\b|in hand|here|come in)|\w*n't (?:been )?(?:paid|received|arrived|in\b|here))"
    r"|\b(?:rent|payment|instal?lment)s?\b (?:that |which )?(?:it )?(?:comes?|coming|arriv\w+|paid|received|made) [^.;?]{0,40}\b(?:after|past|later)\b"
    r"|\b(?:rent|payment|instal?lment)s? (?:that is |which is )?(?:later than|more than|over|beyond) [^.;?]{0,24}\b(?:days?|weeks?)\b|\b(?:days?|weeks?)'? delay\b"
    r"|\b(?:not|n't|no) (?:got|had|received|seen) (?:any |the |your |all )?(?:rent|payment)\b|\bdays?'? (?:of )?grace\b"
    r"|\b(?:late|overdue|unpaid|delinquent|past[- ]due) (?:rent|payment|instal?lment)s?\b|\bpays? (?:the rent )?late\b|\bfail(?:s|ure)? to pay (?:the )?rent\b"
)
_CHARGED = re.compile(
    r"\b(?:fees?|charges?|charged|penalt(?:y|ies)|surcharges?|owes?|owed|pays?|adds?|added|adding|costs?|bears?|draws?|carries|incurs?|brings?)\b"
)
_OTHER = re.compile(
    r"\b(?:returned|bounced?s?|bounces|dishonou?r\w*|insufficient|nsf|checks?|cheques?|pets?|dogs?|cats?|animals?|attorney|lawyer|court|evict\w*|lockout|lock|keys?"
    r"|hold(?:s|ing)? ?over|utilit\w+|parking|water|electric\w*|insurance|smok\w+|damages?|repairs?|discount|rebate|interest on)\b"
)
_NONE = re.compile(r"\b(?:no|without(?: a| any)?) (?:late )?(?:fee|charge|penalty)\b[^,;]{0,40}(?:$|[.])")
_NAMED = re.compile(r"\blate (?:fee|charge)s?\b")
_EACH_DAY = re.compile(r"\b(?:for )?(?:each|every) (?:\w+ )?day\b")  # "for each day rent is late, $10"
_FOLLOWS = re.compile(  # "Rent is late after the fifth; a tenth of it is then owed", "... The charge is $50."
    r"(?<=;)\s+(?=\w)|\s+(?=(?:then|after that|from then on|thereafter|that costs|(?:the|a|an) (?:fee|charge|penalty|surcharge))\b)"
)
_AROUND = 260


@dataclass(frozen=True, slots=True)
class LateFee:
    """A late charge as one sentence states it."""

    amount: Decimal
    evidence: Evidence


def late_fees(text: ReadText, rent: Decimal | None) -> list[LateFee]:
    """What every sentence on late rent charges.

    Args:
        text: the document.
        rent: of which shares are taken.
    """
    found = []
    for low, high in _sentences(text):
        start = _first_amount(text.document.text[low:high], rent)
        if start is None:
            continue
        if _of_other(text.plain[low : low + start]):
            continue
        other = _OTHER.search(text.plain, low + start, high)
        daily = _EACH_DAY.search(text.plain, low, low + start)
        begin = daily.start() if daily else low + start
        phrase = text.document.text[begin : other.start() if other else high]
        amount = late_charge(phrase, rent, _going_on(text, high))
        if amount is not None and amount > 0:
            found.append(LateFee(amount, text.evidence(low, high, (low + start, high))))
    return found


def unread_late_fee(term: Term[object], text: ReadText, rent: Decimal | None) -> LateFee | None:
    """The greatest late charge of the sentences, where the term was not read or was read from another charge; else None.

    Args:
        term: the late fee as it was read.
        text: the document.
        rent: of which shares are taken.
    """
    if term.value is not None and all(_of_late_rent(text, (e.start, e.end)) for e in term.evidence[:1]):
        return None
    return max(late_fees(text, rent), key=lambda fee: fee.amount, default=None)


def _of_late_rent(text: ReadText, place: Span) -> bool:
    """Whether the words before a sum, in its sentence, are about no other charge."""
    low, _ = spoken(text, *place)
    return not _of_other(text.plain[low : place[0]])


def _of_other(before: str) -> bool:
    """Whether the last charge that is spoken of is another than that for late rent."""
    other = [m.end() for m in _OTHER.finditer(before)]
    late = [m.end() for m in _LATE.finditer(before)]
    return bool(other) and (not late or late[-1] < other[-1])


def _sentences(text: ReadText) -> Iterator[Span]:
    seen: set[Span] = set()
    for match in _LATE.finditer(text.plain):
        low, high = spoken(text, *match.span())
        said = text.plain[low:high]
        if said.rstrip().endswith("?") or is_heading(said.strip()):  # what is asked is answered in the next sentence
            low, high = spoken(text, min(high + 1, len(text.plain) - 1), min(high + 2, len(text.plain)))
            said = text.plain[low:high]
        named = _NAMED.search(said)
        if not named and not _CHARGED.search(said) and (follows := _FOLLOWS.match(text.plain, high)):
            high = spoken(text, follows.end(), follows.end() + 1)[1]
            said = text.plain[low:high]
        if (low, high) in seen or _NONE.search(said) or not (named or _CHARGED.search(said)):
            continue
        if not named and _OTHER.search(said):
            continue
        seen.add((low, high))
        yield low, high


def _first_amount(said: str, rent: Decimal | None) -> int | None:
    """Where the charge begins: at the first sum or share, other than the rent itself."""
    sums = [f.start for f in find_money(said) if f.value.number != rent]
    shares = [f.start for f in (*find_percents(said), *find_shares(said))]
    return min((*sums, *shares), default=None)


def _going_on(text: ReadText, end: int) -> str:
    """What the paragraph goes on to say, as far as it is still about this charge."""
    last = text.paragraphs[text.paragraph_at(max(0, end - 1))][1]
    following = text.plain[end : min(last, end + _AROUND)]
    other = _OTHER.search(following)
    return following[: other.start()] if other else following
