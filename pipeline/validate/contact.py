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
_DIGIT = re.compile(r"\d")  # "Three Rivers Landing" is a name
_BY_ZIPCODE = re.compile(
    r"\b\d{1,6}[A-Z]?(?:\s[\w.'’&/-]+){1,5}(?:,\s[\w.'’#&/ -]{1,30}){0,3},?\s"
    rf"(?:(?i:{STATE_NAMES})|{STATE_SHORT})\.?,?\s\d{{5}}\b"
)
_WORDS_OF_LANDLORD = (
    rf"\b(?:{WORDS['landlord']}|housing provider|(?:managed|maintained|collected|looked after|cared for|run|let|represented|owned)(?: and [a-z]+)?,? by|managing|authori[sz]ed|notices?|demands?|service of process|process|served?"
    r"|legal papers|(?:rent|payments?|checks?) (?:is|are|shall be|may be|will be)? ?(?:made |delivered |mailed |sent |paid )?(?:payable )?(?:to|at)|letters|write to|reach(?:ed)?"
    r"|(?:my|our|whose|business|mailing|office|street|its|his|her|their) address(?:es)?|addresses|principal (?:office|place)|residing at|resides? at|office|c/o|care of|contact"
    r"|i am|we are|(?<!do )(?<!will )(?<!may )(?:i|we) (?:live|reside|stay|get mail)|(?:i|we),|(?:to|for|at|with|(?<=: ))me|us|by and between|between|responsible for|in charge of|(?:send|mail|pay) (?:the|my|our|your|all) (?:rent|mail|letters|notices|payments)|who owns|(?:speaks|acts) for the owner)\b"
)
_LANDLORDS = re.compile(_WORDS_OF_LANDLORD)
_TENANTS = re.compile(
    rf"\b(?:{WORDS['tenant']}|to you|(?:your|forwarding|new|former|prior|last known) (?:mailing |new |forwarding )?address)\W"
)
_DWELLING = (
    r"\b(?:premises|apartment|unit|dwelling|house|home|property|residence|rooms?|flat|townho(?:me|use)|duplex|bungalow|cottage|half"
    r"|condominium|building|community|rowhouse|studio|loft)\b(?:[ ,]*\([^)]{0,80}\))?"
)
_DWELLING_WORD = re.compile(_DWELLING)
_PREMISES = re.compile(
    rf"{_DWELLING}(?:(?:,? (?:nos?[.,]?|number|#)? ?(?:[\w-]*\d[\w-]*|[a-z]))?[ ,:]*(?:\b(?:at|is|as)\b[ ,:]*)?"
    r"|[^.;]{0,100}\b(?:at|as|located|known|situated|called|described|numbered)\b[ ,:]*(?:\b(?:at|as|on|in)\b[ ,:]*)?)$"
)
_PLACE = r"(?:premises|apartments?|units?|dwelling|house|home|property|residence|flat|townho(?:me|use)|duplex|cottage|condominium|building|community|place)"
_KEEPS = re.compile(  # "who manages the house himself and ... at", "the person in charge of the property is ..., found at"
    r"\b(?:manag\w+|operat\w+|represent\w+|maintain\w*|owns?|owned|owners? of|runs?|run|look(?:s|ed)? after|cares? for|care of|in charge of|responsible for|live[sd]? (?:in|next to)|next door to)"
    rf" (?:the|this|your|our|its|that|his|her|their) (?:whole |rental |same )?{_PLACE}\b(?=[^.;]*(?:[,:]| and | is | are | can | may |self|selves))"
)
_HAS_OWNER = re.compile(  # "the house is owned by X of", "the building is run by X, whose office is at"
    rf"\b(?:the|this|your|our) {_PLACE} (?:is|are) (?:\w+ and )?(?:owned|run|managed|looked after|cared for|kept|operated|let|rented out|maintained)(?: and \w+)? by "
)
_LETS = re.compile(
    r"\b(?:leases?|rents?|lets?|demises?|hires?|sublets?)\b(?!\s*[:,;)]| (?:is|are|shall|may|must|can|payments?|checks?|due|and|or|by|in person|to me|to us|to the (?:office|manager|owner|landlord))\b)"
)
_LETS_VERB = re.compile(  # in "accepts rent and notices" it is none
    r"\b(?:leases|rents|lets|demises|sublets|(?:i|we|you|they|landlords?|owners?|tenants?|to) (?:rent|lease|let|sublet))\b"
)
_ELSEWHERE = re.compile(
    r"\b(?:bank|credit union|savings|trust company|financial institution|depository|escrow|account|deposit(?:ed)? (?:is|with|in|at)|held"
    r"|department|commission|enforcement|agency|bureau|(?:the|county|district|superior|municipal|circuit|housing|supreme|claims) court|division|police|(?<!housing )authority|city hall|hud|epa|health|board|ombudsman|legal aid|society|insurer|insurance)\b"
)
_LANDLORD_AFTER = re.compile(
    rf"^\W*(?:[^.;]{{0,90}}?\b(?:manages\b|authori[sz]ed|(?:is|are|am) (?:the|your|our) (?:sole |only |legal )?{WORDS['landlord']}|as (?:landlord|owner|agent|manager|lessor)|(?:herein(?:after)?|hereafter|called|styled)\b[^.;]{{0,24}}?{WORDS['landlord']})"
    rf"|(?:(?!\b(?:which|that|where|wherein|{WORDS['landlord']}|{WORDS['tenant']}))[^.;]){{0,70}}?\bowns? (?:the|this|your|it\b)"
    rf"|[^.;]{{0,60}}?\((?:[^)]{{0,40}}\b)?{WORDS['landlord']})"
)
_PERSON_AGAIN = re.compile(  # the sentence goes on about whom the one before named
    r"\W*(?:both(?: of (?:them|these))?|each|all(?: of them)?|he|she|they|we|(?:his|her|its|their|whose) (?:\w+ )?(?:address|office|home|place|mail\w*))\b"
)
_ASKS_WHERE = re.compile(
    rf"\b(?:{WORDS['landlord']}|notices?|letters|legal|send|write|reach|contact|owns|pay|call)\b[^.;?!]*\?\s*$"
)
_ON_SITE = re.compile(  # "the landlord lives upstairs", "our office is on the premises", "the owner's address is that of the premises"
    rf"(?:\b(?:{WORDS['landlord']}|i|we)(?:,[^.;?!,]{{2,60}},)?(?: (?:also|himself|herself|themselves|itself|both|currently))* (?:lives?|resides?|(?:is|are|can be|may be) reached|(?:has|have|keeps?) (?:an?|its|his|her|our|the) office)\b"
    rf"|\b(?:{WORDS['landlord']}|our|my|(?:his|her|its|their)) (?:mailing |business |street )?address(?:es)?(?: for [\w ,]{{3,50}})? (?:is|are)\b"
    r"|\b(?:leasing|management|manager's|landlord's|owner's|rental|our) office\b[^.;?!]{0,40}?\bis\b)"
    r"(?:(?!\b(?:when|if|telephone|phone|e-?mail|online|portal)\b)[^.;?!]){0,50}?\b(?:(?:the )?same (?:address|building|house|property|place|as)|address (?:above|of the (?:premises|property|house|home|building))|(?:that|those) of the (?:premises|property|house|home|building)|upstairs|downstairs|on[- ]site|above you|below you"
    r"|(?:on|in) the (?:first|second|third|ground|top|main|lower|upper|other|front|rear|back|basement)[- ](?:floor|unit|flat|apartment|half|house|level|side)"
    r"|(?:on|at|in) the (?:premises|property|building|complex))\b(?! (?:when|during|to|while)\b)"
)
_STREET = re.compile(r"\d{1,6}[A-Z]?\s(?:[NSEW]\.?\s|North\s|South\s|East\s|West\s)?[\w'’]+")
_OF_A_CODE = re.compile(r"(?i)(?:\b(?:chapters?|sections?|sec\.?|title|articles?|ch\.|code|statutes?|ordinance)|§)\s*$")
_NO_STREET = re.compile(r"\d+[A-Z]?\s(?:of|in|and|or|to|for|the|is|are|was|days?|hours?|months?|percent)\s")
_KEEPER = re.compile(
    rf"\b(?:{WORDS['landlord']}|notices?|legal papers|service of process|(?:property|house|building|rental) (?:manager|management|office)|reach(?:ed)? (?:us|me))\b"
)
_PART_OF_ADDRESS = re.compile(  # a row that says more of whom the row before names
    r"\W*(?:(?:mailing |street |business |office )?address|street|city|state|zip|(?:tele)?phone|tel|e-?mail|office|c/o|attn|name|location)\b[^:\n]{0,30}:"
)
_SAYS_WHO = 200  # characters of the sentence before one that goes on about the same person


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
        if _is_landlords(before, after, names) or _is_no_one_elses(text, (low, start, end), names, terms):
            return Finding("satisfied", _FOUND, (text.evidence(low, end, (start, end)),))
    if places and (mark := _ON_SITE.search(text.plain)) and not _TENANTS.search(text.plain, *mark.span()):
        return Finding("satisfied", _FOUND, (text.evidence(*text.bare_sentence(*mark.span()), mark.span()),))
    return Finding("missing", _ABSENT, explanation="The document gives no address of the landlord or the manager.")


def _names(terms: Terms) -> list[str]:
    return (
        [name.lower() for name in terms.owner_name.value or () if len(name) > 3]
        if isinstance(terms, LeaseTerms)
        else []
    )


def _places(text: str) -> Iterator[Span]:
    """Every address, by its street or by the state and ZIP code it ends with."""
    found = [(a.start, a.end) for a in find_addresses(text) if _DIGIT.search(text, a.start, a.end)]
    yield from (place for place in found if not _is_of_a_code(text, place[0]))
    for match in _BY_ZIPCODE.finditer(text):
        taken = any(start < match.end() and end > match.start() for start, end in found)
        if not taken and not _is_of_a_code(text, match.start()):
            yield match.span()


def _is_of_a_code(text: str, start: int) -> bool:
    """Whether a number is that of a law's chapter or section, or goes on as no street does ("193A of the St. Paul Code").

    >>> _is_of_a_code("chapter 193A of the St. Paul Code", 8), _is_of_a_code("at 12 Elm St.", 3)
    (True, False)
    """
    return bool(_OF_A_CODE.search(text[max(0, start - 12) : start]) or _NO_STREET.match(text, start))


def _context_start(text: ReadText, start: int, last: int) -> int:
    """Where the words begin that say whose an address is: its sentence with a heading, question or label before it.

    A sentence that goes on about a person ("She lives at ...") takes in the one before; nothing reaches beyond another address.
    """
    row = text.document.text.rfind("\n", 0, start) + 1
    low, _ = text.bare_sentence(start, start + 1)
    if ":" in text.plain[row:start] or not text.plain[low:row].strip():
        low = max(low, row)
    while low > 0 and _PART_OF_ADDRESS.match(text.plain, low) and text.document.text[low - 1] == "\n":
        low, _ = text.bare_sentence(max(0, low - 2), low - 1)
    if low > 0 and text.paragraph_at(low - 1) == text.paragraph_at(start):
        earlier, _ = text.bare_sentence(max(0, low - 2), low - 1)
        asked = _ASKS_WHERE.search(text.plain, earlier, low)
        if is_heading(text.plain[earlier:low].strip()) or asked or _PERSON_AGAIN.match(text.plain, low, start):
            low = max(earlier, low - _SAYS_WHO)
    elif low > 0 and not text.plain[low:start].strip() and text.plain[:low].rstrip().endswith(":"):
        low = text.document.text.rfind("\n", 0, len(text.plain[:low].rstrip())) + 1
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
    if _LETS.search(before, max(said, named)):
        return False
    return _about_the_keeper(before) or not _PREMISES.search(before)


def _is_no_one_elses(text: ReadText, place: tuple[int, int, int], names: list[str], terms: Terms) -> bool:
    """Whether an address other than the home's stands in a paragraph on the landlord, and is not said to be another's.

    Args:
        text: the document.
        place: where the words begin that say whose it is, where the address begins, and where it ends.
        names: of the landlord, levelled.
        terms: with the address of the home.
    """
    low, start, end = place
    home = terms.property_address.value if isinstance(terms, LeaseTerms) else None
    street = _STREET.search(text.document.text[start:end])
    let = _STREET.search(home) if home else None
    if street is None or let is None or street[0].lower() == let[0].lower():
        return False
    before = text.plain[low:start]
    if _TENANTS.search(before) or _ELSEWHERE.search(before) or _LETS_VERB.search(before) or _PREMISES.search(before):
        return False
    first, last = text.paragraphs[text.paragraph_at(start)]
    around = text.plain[max(first, start - _BEFORE) : min(last, end + _AFTER)]
    return bool(_KEEPER.search(around)) or any(name in around for name in names)


def _about_the_keeper(before: str) -> bool:
    """Whether the home is only named as what someone owns or manages, and no other place is spoken of after it.

    >>> _about_the_keeper("ann poe, who manages the house herself, is at "), _about_the_keeper("bo owns the house, a flat at ")
    (True, False)
    """
    marks = [*_KEEPS.finditer(before), *_HAS_OWNER.finditer(before)]
    last = max((m.end() for m in marks), default=-1)
    return last >= 0 and not _DWELLING_WORD.search(before, last) and not _LETS_VERB.search(before, last)
