"""A deposit taken in two sums: what a lease asks for beside the security deposit that it names, and rent that is paid ahead."""

import re
from collections.abc import Iterator
from decimal import Decimal

from pipeline.knowledge.cues import Span
from pipeline.validate.passages import ReadText
from pipeline.validate.rows import row
from pipeline.values.money import find_money
from pipeline.values.shares import find_shares
from schemas import Evidence

_KIND = r"(?:refundable|security|damage|cleaning|key|appliance|furniture|fob|and\sseparate|such|like)"
_NOUN = r"(?P<deposit>deposits?|security|sum|amount|payment)"
_MORE_WORD = re.compile(r"^(?:another|further|additional|second|extra)\s")
_OF = r"(?:\s\([^()]{1,30}\))?(?:,?\s(?:is|of|in\sthe\s(?:sum|amount)\sof|equal\sto|being|comes\sto))?\s*[:(,]?\s*"
_MORE = r"(?:further|additional|second|another|extra|supplementary|supplemental|separate)"
_FURTHER = re.compile(rf"\b{_MORE}(?:\s{_KIND})*(?:\s{_NOUN}(?:\spayment|\sdeposit)?)?{_OF}$")
_DEPOSITS = re.compile(r"\bdeposits are (?:held|paid|taken|collected|made)\b")
_PARTIAL = re.compile(rf"\b(?:cleaning|appliance|furniture|damage)\sdeposit{_OF}$")
_BESIDE = re.compile(
    r"\b(?:in\saddition\sto|on\stop\sof|over\sand\sabove|besides|beside|apart\sfrom|beyond)\s(?:the|this|that|your|said|its)\s(?:[\w$.,-]+\s){0,4}?(?:deposit|sum|security)\b[^.;$]{0,120}$"
)
_AS_SECURITY = re.compile(
    r"^[^.;$]{0,60}\b(?:held|kept|paid|taken|given|collected|as|in|for|of|hold)\b[^.;$]{0,40}\b(?:security|deposit)\b(?!\s(?:interest|act|law|statute))|^[^.;$]{0,30}\bagainst\sdamage"
)
_TOTAL = re.compile(
    r"^\s?(?:\([^()]*\)\s)?(?:as\s(?:deposits|security)\s)?(?:in\sall|altogether|in\stotal|all\stold)\b"
)
_DEPOSITS_COME_TO = re.compile(r"\b(?:deposits|deposits\sand\ssecurity)\b[^.;$]{0,30}$|\bhold(?:s|ing)?\s$")
_ADD_UP = re.compile(r"\bdeposits\s(?:together\s)?(?:add\sup\sto|come\sto|total|amount\sto|make)\s$")
_EACH = re.compile(r"\b(two|three)\s(?:security\s)?deposits\sof\s$")
_SAID_AGAIN = re.compile(  # the deposit stated a second time, and otherwise: the greater of both is what is asked for
    r"\b(?:pays?|paid|deposits|deposited|posts?|posted|lodges?|gives?|given|requires?|takes?|holds?)\s(?:\w+\s){0,4}?(?:a\s|the\s|as\s|total\s)?(?:refundable\s)?(?:security\sdeposit|security|deposit)"
    r"(?:\sequal\sto\s[^.;$]{0,60}?)?(?:,?\s(?:of|in\sthe\s(?:sum|amount)\sof|namely|being|to\swit|that\sis|amounting\sto))?[:(,]?\s*$"
)
_MORE_AFTER = re.compile(r"^\smore\b[^.;$]{0,60}\b(?:deposit|security|same\spurpose)\b")
_ALSO = re.compile(r"\balso\s(?:pays?|leaves?|deposits?|lodges?|gives?|hands?\sover)\b[^.;$]{0,60}$")
_OTHER = re.compile(
    r"\b(?:pets?|animals?|dogs?|cats?|waterbeds?|no|not|nor|never|unless|if|should|where|may(?!\s\d)|might|could|penalty|damages|halves|instal?lments?|payments)\b[^.;]{0,70}$"
)
_PREPAID = re.compile(
    r"\b(?:(?:last|final)\s(?P<months>two|three)?\s?month(?:'?s'?)?'?\s?(?:of\s)?rent\b|first\sand\s(?:last|final)\smonth|(?:last|final)\s(?P<more>two|three)?\s?month(?:s|'s)?\s(?:is|are)\s(?:pre)?paid|rent\sfor\sthe\s(?:last|final)\smonth)"
)
_PAID = re.compile(
    r"\b(?:pays?|paid|paying|prepays?|prepaid|collects?|collected|deposits|deposited|due\s(?:at|on|upon|before)|at\ssigning|at\smove-?in|upon\ssigning|in\sadvance|received|receipt)\b"
)
_NOT_PREPAID = re.compile(
    r"\b(?:no|not|nor|never|neither|none|without|instead\sof|n/a|nil|if|like\sany|use|applied|apply|towards?|in\slieu)\b"
)
_COUNTS = {None: 1, "two": 2, "three": 3}


def further_deposit(deposit: Evidence, text: ReadText, rent: Decimal | None = None) -> Decimal:
    """What the lease asks for as a further deposit; 0 where it asks for none.

    Args:
        deposit: where the deposit's sum stands.
        text: the document.
        rent: the monthly rent, of which shares are taken.
    """
    counted: dict[Decimal, Span] = {}
    total = Decimal(0)
    own = next((f.value.number for f in find_money(deposit.quote)), None)
    for start, end, amount in _amounts(text, rent):
        if start < deposit.end and end > deposit.start:
            total += _first_of_two(start, text)
            continue
        low, high = row(text, start, end)
        before, after = text.plain[low:start], text.plain[end:high]
        if own is not None and amount > own and (_is_total(before, after) or _is_said_again(before)):
            return amount - own
        if amount == own and (several := _EACH.search(before)) and after.lstrip().startswith("each"):
            return amount * (_COUNTS[several[1]] - 1)
        if _is_further(before, after) and amount not in counted:
            counted[amount] = (start, end)
            total += amount
    return total


def _first_of_two(start: int, text: ReadText) -> Decimal:
    """The sum named before a deposit that is itself called the second one ("$900 and, beside it, a second deposit of $900")."""
    low, _ = row(text, start, start + 1)
    before = text.plain[low:start]
    said = _FURTHER.search(before)
    if said is None or _OTHER.search(before[: said.start()]):
        return Decimal(0)
    return max((f.value.number for f in find_money(text.document.text[low:start])), default=Decimal(0))


def _is_total(before: str, after: str) -> bool:
    """Whether a sum is what all deposits come to."""
    return bool(_ADD_UP.search(before) or (_TOTAL.search(after) and _DEPOSITS_COME_TO.search(before)))


def _is_said_again(before: str) -> bool:
    """Whether the words before a sum state the security deposit once more.

    >>> _is_said_again("tenant has paid security equal to four months of the rent, namely "), _is_said_again("pet deposit of ")
    (True, False)
    """
    again = _SAID_AGAIN.search(before)
    return bool(again) and not _OTHER.search(before) and not _FURTHER.search(before)


def _is_further(before: str, after: str) -> bool:
    """Whether the words around a sum make it a deposit beside the deposit."""
    said = _FURTHER.search(before)
    if said is not None and not _OTHER.search(before[: said.start()]):
        named = said["deposit"] in ("deposit", "deposits", "security") or _DEPOSITS.search(before)
        return bool(named or _AS_SECURITY.search(after))
    partial = _PARTIAL.search(before)
    if partial is not None and not _OTHER.search(before[: partial.start()]):
        return True
    if _MORE_AFTER.search(after) and not _OTHER.search(before):
        return True
    return bool((_BESIDE.search(before) or _ALSO.search(before)) and _AS_SECURITY.search(after)) and not _OTHER.search(
        before
    )


def prepaid_rent(text: ReadText, rent: Decimal | None) -> Decimal:
    """The rent of the last months that is paid ahead; 0 where none is, or the rent is not known.

    Args:
        text: the document.
        rent: the monthly rent.
    """
    for match in _PREPAID.finditer(text.plain):
        low, high = row(text, *match.span())
        said = text.plain[low:high]
        labelled = said[match.end() - low :].lstrip().startswith(":") and find_money(said)
        if not _NOT_PREPAID.search(said) and (labelled or _PAID.search(said)):
            return (rent or Decimal(0)) * _COUNTS[match["months"] or match["more"]]
    return Decimal(0)


def _amounts(text: ReadText, rent: Decimal | None) -> Iterator[tuple[int, int, Decimal]]:
    """Every sum of the document, and every share of the rent in the paragraphs that speak of a deposit."""
    for found in find_money(text.document.text):
        yield found.start, found.end, found.value.number
    for low, high in text.paragraphs if rent is not None else ():
        if "deposit" in text.plain[low:high] or "security" in text.plain[low:high]:
            for share in find_shares(text.document.text[low:high]):
                said = text.plain[low + share.start : low + share.end]
                more = len(said) - len(_MORE_WORD.sub("", said))
                yield (
                    low + share.start + more,
                    low + share.end,
                    round((rent or Decimal(0)) * Decimal(str(share.value)), 2),
                )
