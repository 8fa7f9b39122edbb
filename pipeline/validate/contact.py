"""Where the landlord is reached: the addresses of a lease, and whether one of them is the landlord's or the manager's."""

import re
from collections.abc import Iterator

from pipeline.knowledge.cues import WORDS, Span
from pipeline.validate.finding import Finding
from pipeline.validate.passages import ReadText, is_heading
from pipeline.values.addresses import find_addresses
from pipeline.values.places import STATE_NAMES, STATE_SHORT
from schemas import LeaseTerms, Terms

_FOUND = 0.95
_ABSENT = 0.9
_BEFORE = 400  # characters before an address in which its sentence says whose it is
_AFTER = 120
_FAR = 60  # characters between an address and the word for what lies there
_BY_ZIPCODE = re.compile(
    r"\b\d{1,6}[A-Z]?(?:\s[\w.'’&/-]+){1,5}(?:,\s[\w.'’#&/ -]{1,30}){0,3},?\s"
    rf"(?:(?i:{STATE_NAMES})|{STATE_SHORT})\.?,?\s\d{{5}}\b"
)
_WORDS_OF_LANDLORD = (
    rf"\b(?:{WORDS['landlord']}|housing provider|(?:managed|maintained|collected|looked after|cared for|run|let|represented)(?: and [a-z]+)?,? by|managing|authori[sz]ed|notices?|demands?|service of process|process|served?"
    r"|legal papers|(?:rent|payments?|checks?) (?:is|are|shall be|may be|will be)? ?(?:made |delivered |mailed |sent |paid )?(?:payable )?(?:to|at)|letters|write to|reach(?:ed)?"
    r"|(?:my|our|whose|business|mailing|office|street|its|his|her|their) address(?:es)?|addresses|principal (?:office|place)|residing at|resides? at|office|c/o|care of|contact"
    r"|i am|we are|by and between|between|(?<=: )me|us|responsible for)\b"
)
_LANDLORDS = re.compile(_WORDS_OF_LANDLORD)
_TENANTS = re.compile(
    rf"\b(?:{WORDS['tenant']}|to you|(?:your|forwarding|new|former|prior|last known) (?:mailing |new |forwarding )?address)\W"
)
_DWELLING = (
    r"\b(?:premises|apartment|unit|dwelling|house|home|property|residence|rooms?|flat|townho(?:me|use)|duplex|bungalow|cottage|half"
    r"|condominium|building|community|rowhouse|studio|loft)\b(?:[ ,]*\([^)]{0,80}\))?"
)
_PREMISES = re.compile(
    rf"{_DWELLING}(?:(?:,? (?:nos?[.,]?|number|#)? ?(?:[\w-]*\d[\w-]*|[a-z]))?[ ,:]*(?:\b(?:at|is|as)\b[ ,:]*)?"
    r"|[^.;]{0,100}\b(?:at|as|located|known|situated|called|described|numbered)\b[ ,:]*(?:\b(?:at|as|on|in)\b[ ,:]*)?)$"
)
_MANAGES = re.compile(
    r"\b(?:manag\w+|operat\w+|represent\w+|maintain\w*) the (?:premises|property|building|apartment|unit|dwelling|house) (?:is|are|at|:)"
)
_LETS = re.compile(
    r"\b(?:leases?|rents?|lets?|demises?|hires?|sublets?)\b(?! (?:is|are|shall|may|must|payments?|to me|to us)\b)"
)
_ELSEWHERE = re.compile(
    r"\b(?:bank|credit union|savings|trust company|financial institution|depository|escrow|account|deposit(?:ed)? (?:is|with|in|at)|held"
    r"|department|commission|enforcement|agency|bureau|court|division|police|authority|city hall|hud|epa|health|board|ombudsman|legal aid|society|insurer|insurance)\b"
)
_LANDLORD_AFTER = re.compile(
    rf"^\W*(?:[^.;]{{0,90}}?\b(?:manages\b|authori[sz]ed|is the (?:owner|manager|agent|landlord)|as (?:landlord|owner|agent|manager|lessor))"
    rf"|[^.;]{{0,60}}?\((?:[^)]{{0,40}}\b)?{WORDS['landlord']})"
)


def check_landlord_address(text: ReadText, terms: Terms) -> Finding:
    """Look for an address that is said to be the landlord's, the manager's, or that of who receives notices for them.

    Args:
        text: the document.
        terms: the landlord's names, which stand before an address of theirs.
    """
    names = _names(terms)
    places = sorted(_places(text.document.text))
    for number, (start, end) in enumerate(places):
        low = _context_start(text, start, places[number - 1][1] if number else 0)
        before = text.plain[low:start]
        after = text.plain[end : end + _AFTER]
        if _is_landlords(before, after, names):
            return Finding("satisfied", _FOUND, (text.evidence(low, end, (start, end)),))
    return Finding("missing", _ABSENT, explanation="The document gives no address of the landlord or the manager.")


def _names(terms: Terms) -> list[str]:
    return (
        [name.lower() for name in terms.owner_name.value or () if len(name) > 3]
        if isinstance(terms, LeaseTerms)
        else []
    )


def _places(text: str) -> Iterator[Span]:
    """Every address, by its street or by the state and ZIP code it ends with."""
    found = [(a.start, a.end) for a in find_addresses(text)]
    yield from found
    for match in _BY_ZIPCODE.finditer(text):
        if not any(start < match.end() and end > match.start() for start, end in found):
            yield match.span()


def _context_start(text: ReadText, start: int, last: int) -> int:
    """Where the words begin that say whose an address is: its sentence with a heading before it, not beyond another address."""
    row = text.document.text.rfind("\n", 0, start) + 1
    low, _ = text.bare_sentence(start, start + 1)
    if ":" in text.plain[row:start] or not text.plain[low:row].strip():
        low = max(low, row)
    if low > 0 and text.paragraph_at(low - 1) == text.paragraph_at(start):
        earlier, _ = text.bare_sentence(max(0, low - 2), low - 1)
        if is_heading(text.plain[earlier:low].strip()):
            low = earlier
    return max(low, start - _BEFORE, last)


def _is_landlords(before: str, after: str, names: list[str]) -> bool:
    """Whether the words before and after an address say that the landlord is reached there.

    >>> _is_landlords("notices to us: maple homes, ", "", []), _is_landlords("landlord leases to tenant unit 2, ", "", [])
    (True, False)
    """
    if _LANDLORD_AFTER.match(after) and not _PREMISES.search(before):
        return True
    said = max((m.end() for m in _LANDLORDS.finditer(before)), default=-1)
    named = max((before.rfind(name) + len(name) for name in names if name in before), default=-1)
    tenants = max((m.end() for m in _TENANTS.finditer(before)), default=-1)
    if max(said, named) < 0 or max(said, named) < tenants:
        return False
    if _ELSEWHERE.search(before, max(0, max(said, named, len(before) - _FAR))):
        return False
    if _MANAGES.search(before):
        return True
    return not _PREMISES.search(before) and not _LETS.search(before, max(said, named))
