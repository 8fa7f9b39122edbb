"""A deposit taken in two sums: what a lease asks for beside the security deposit that it names."""

import re
from decimal import Decimal

from pipeline.validate.passages import ReadText
from pipeline.values.money import find_money
from schemas import Evidence

_WITHIN = 320  # characters before and after the deposit's sum
_FURTHER = re.compile(
    r"\b(?:further|additional|second|another|extra|supplementary|separate)\s(?:(?:and\sseparate|refundable|security|damage|cleaning|key|appliance)\s)*"
    r"(?P<deposit>deposit|security|sum|amount)?(?:\s(?:of|in\sthe\s(?:sum|amount)\sof|equal\sto))?\s*[:(]?\s*$"
)
_AS_SECURITY = re.compile(
    r"^[^.;$]{0,60}\b(?:held|kept|paid|taken|given|collected|as|in|for)\b[^.;$]{0,40}\b(?:security|deposit)\b"
)
_OTHER = re.compile(r"\b(?:pets?|animals?|dogs?|cats?|waterbeds?|no|not|unless|if|may)\b[^.;]{0,50}$")


def further_deposit(deposit: Evidence, text: ReadText) -> Decimal:
    """What the paragraph of the deposit asks for as a further deposit; 0 where it asks for none.

    Args:
        deposit: where the deposit's sum stands.
        text: the document.
    """
    low, high = text.paragraphs[text.paragraph_at(deposit.start)]
    low, high = max(low, deposit.start - _WITHIN), min(high, deposit.end + _WITHIN)
    total = Decimal(0)
    for found in find_money(text.document.text[low:high]):
        start, end = low + found.start, low + found.end
        if start < deposit.end and end > deposit.start:
            continue
        before = text.plain[low:start]
        said = _FURTHER.search(before)
        if said is None or _OTHER.search(before[: said.start()]):
            continue
        if said["deposit"] in ("deposit", "security") or _AS_SECURITY.search(text.plain[end:high]):
            total += found.value.number
    return total
