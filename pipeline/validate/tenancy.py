"""What kind of tenancy a lease makes, and which day's law it falls under: read from the document itself."""

import re
from datetime import date

from pipeline.validate.levelled import level
from schemas import Document, LeaseTerms, NoTerms, ProtocolTerms, TenancyKind, Term

_READ = 60_000  # characters: a lease says early what it is for
_CAP = 6  # occurrences of one cue that count
_MARGIN = 1.5
_COMPANY_RENTS = 25  # a company that rents does so for its business, with few exceptions
_A_HOME = 20  # ... such as a home for its people, where no word speaks of business
_COMPANY = re.compile(
    r"(?i)\b(?:inc|corp|corporation|incorporated|llc|l\.l\.c|l\.?p|llp|ltd|limited|plc|company|co|gmbh|b\.v|n\.v|s\.a|s\.r\.o|s\.p\.a|ag|bank|trust|university)\b\.?"
)

# Each begins with a letter, look-behinds follow what they look behind: an expression that begins with one is tried everywhere.
_RESIDENTIAL = (
    (r"residential (?<!non[- ]residential )(?:lease|rental|tenancy|tenanc|premises|dwelling|landlord|unit|propert)", 8),
    (r"house(?<!\whouse) (?:lease|rental)|home(?<!\whome) (?:lease|rental)|(?:room|lot) rental|lease of (?:an? |the )?(?:house|apartment|dwelling|room|home|condominium)\b", 6),
    (r"dwelling(?<!non-dwelling)", 4),
    (r"house(?<!\whouse) (?:at|located|situated|known|described|on)\b|(?:single|one|two|three|four|multi)-? ?family", 4),
    (r"townhouse|townhome|town home|duplex|triplex|fourplex|rowhouse|row house|bungalow|condominium unit|condominium at|mobile home|manufactured home|rooming house|boarding house", 4),
    (r"human habitation|habitab|fit to live in|fit for living", 4),
    (r"to live in|lives? (?:in it|there|in the)|(?:as|for) (?:a|the|his|her|their|your|our|tenant's|renters?'?s?|resident'?s?) (?:private |family )?home\b", 3),
    (r"renters? (?:shall|will|may|must|pays?|owes?|rents?|gives?|agrees?|keeps?)|residents? (?:shall|will|may|must|pays?|owes?|gives?|agrees?|keeps?)|housing provider", 2),
    (r"room(?<!\wroom) (?:on the|in the|in a) (?:\w+ )?(?:floor|house|home)|shares? the (?:kitchen|bath)", 3),
    (r"private residence|personal residence|(?:as|for) (?:a |his |her |their )?(?:private |primary |single[- ]family )?(?:residence|residential purposes)", 6),
    (r"apartment|bedroom|bathroom", 2),
    (r"roommate|co-?tenant|occupants?\b|guests?\b|household|children", 1),
    (r"(?:pet|dog|cat)(?<!\w{4})s?\b|smoke detector|bed bugs?|lead-based paint|megan's law", 2),
    (r"tenant (?:and|or) (?:tenant's|his|her|their) (?:immediate )?famil", 3),
    (r"renter'?s insurance|move[- ]?in|move[- ]?out", 2),
)  # fmt: skip
_COMMERCIAL = (
    (r"(?:commercial|office|retail|industrial|warehouse|shopping cent(?:er|re)|ground) (?:lease|space|building|propert|premises|purposes|use)", 5),
    (r"shopping cent(?:er|re)|office park|industrial park", 3),
    (r"common area maintenance|operating (?:expenses|costs)|triple net|nnn(?<!\w{4})\b|base year|rentable (?:square|area)", 4),
    (r"pro rata share|proportionate share|tenant'?s share", 3),
    (r"(?:office|retail|warehouse|manufacturing|laborator\w+|restaurant|business) (?:use|purposes)", 3),
    (r"non-?\s?residential", 6),
    (r"commercial general liability|business interruption|trade fixtures|trade name", 4),
    (r"subordination,? non-?disturbance|estoppel certificate|tenant improvements?|letter of credit|gross sales", 3),
    (r"\b(?:corporation|inc|llc|l,?l,?c|limited liability company|limited partnership)\b", 1),
)  # fmt: skip
_RESIDENTIAL_CUES = tuple((re.compile(cue), weight) for cue, weight in _RESIDENTIAL)
_COMMERCIAL_CUES = tuple((re.compile(cue), weight) for cue, weight in _COMMERCIAL)


def tenancy_kind(document: Document | None, terms: LeaseTerms | ProtocolTerms | NoTerms | None = None) -> TenancyKind:
    """Whether a lease is of a dwelling or of business premises; "unknown" where the cues do not decide.

    Args:
        document: the lease; None where there are only its terms.
        terms: its terms; title and permitted use weigh more than words in passing.
    """
    if isinstance(terms, ProtocolTerms):
        return "protocol"
    text = level(document.text[:_READ]) if document else ""
    stated = ""
    if isinstance(terms, LeaseTerms):
        said = (terms.lease_id.value, terms.permitted_use.value)
        stated = level(" ".join(value for value in said if value))
    residential = _weigh(_RESIDENTIAL_CUES, text) + 4 * _weigh(_RESIDENTIAL_CUES, stated)
    commercial = _weigh(_COMMERCIAL_CUES, text) + 4 * _weigh(_COMMERCIAL_CUES, stated)
    rents = isinstance(terms, LeaseTerms) and any(_COMPANY.search(name) for name in terms.tenant_name.value or ())
    if rents and (commercial or residential < _A_HOME):
        commercial += _COMPANY_RENTS
    if residential >= _MARGIN * commercial and residential >= 4:
        return "residential"
    if commercial >= _MARGIN * residential and commercial >= 4:
        return "commercial"
    return "unknown"


def governing_date(terms: LeaseTerms | ProtocolTerms | NoTerms, today: date) -> date:
    """The day whose law applies: the agreement's date, else the start of the term, else `today`.

    >>> governing_date(LeaseTerms(agreement_signed_date=Term(value="2024-06", confidence=0.9)), date(2026, 1, 1))
    datetime.date(2024, 6, 1)
    """
    if isinstance(terms, LeaseTerms):
        for term in (terms.agreement_signed_date, terms.tenancy_start_date):
            if day := _day(term):
                return day
    if isinstance(terms, ProtocolTerms) and (day := _day(terms.version_date)):
        return day
    return today


def _day(term: Term[str]) -> date | None:
    if term.value is None or "ungrounded" in term.flags:
        return None
    try:
        return date.fromisoformat(term.value if len(term.value) == 10 else f"{term.value}-01")
    except ValueError:
        return None


def _weigh(cues: tuple[tuple[re.Pattern[str], int], ...], text: str) -> int:
    total = 0
    for pattern, weight in cues:
        for number, _ in enumerate(pattern.finditer(text), 1):
            total += weight
            if number == _CAP:
                break
    return total
