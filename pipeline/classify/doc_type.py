"""The type of a document: what its title calls it, confirmed by the vocabulary of its body."""

import re
from collections import Counter
from dataclasses import dataclass
from math import exp
from typing import get_args

from schemas import Document
from schemas.result import DocType

_TITLE_REACH = 4_000  # characters in which a title stands, cover notes and exhibit numbers included
_BODY_REACH = 30_000  # vocabulary beyond this adds nothing
_REPEATED_REACH = 200_000  # characters in which what is said again is left out
_FEATURES: tuple[tuple[DocType, float, str, tuple[str, ...]], ...] = (
    # type, weight of a full density, words counted in the body, phrases and beginnings of words counted there
    ("lease", 3.0, "landlord landlords tenant tenants lessor lessors lessee lessees sublandlord sublandlords subtenant subtenants "
                   "sublessor sublessors sublessee sublessees", ("housing provider",)),
    ("lease", 1.0, "premises property apartment dwelling demised unit", ()),
    ("lease", 1.5, "rent rental royalty royalties", ("security deposit",)),
    ("clinical_protocol", 3.0, "protocol investigator investigators sponsor", ("study drug", "adverse event")),
    ("clinical_protocol", 2.0, "placebo", ("inclusion criteria", "exclusion criteria", "informed consent", "randomis", "randomiz")),
    ("other", 2.5, "applicant applicants", ()),
    ("other", 2.0, "collateral mortgage mortgagee lender borrower guarantor", ()),
    ("other", 2.0, "vehicle car mileage equipment", ()),
)  # fmt: skip
_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"(?<=[.;:] )")
_GRANT = (
    r"\b(?:hereby|agrees? to|do(?:es)?|will|shall) (?:lease|rent|let|demise|sublease|sublet)s?\b|\b(?:leases?|rents?|lets?|letting|demises?)"
    r"(?: [\w'’]+){0,6} (?:to|from) (?:the |you|me|us)(?:(?:sub-?)?(?:tenant|lessee|landlord|lessor))?"
)
_SELF = r"\bthis (?:letter|note|agreement|document|paper|contract) (?:is|shall be|will be|serves as) (?:your|our|the|a) (?:lease|rental|tenancy)\b"
_SELF_WEIGHT = 3.0  # a lease in the form of a letter says what it is
_GRANT_WEIGHT = 1.5  # the words by which a lease is made, anywhere near its start
_GRANT_REACH = 8_000
_ESSENTIALS = tuple(  # what a lease settles, whoever writes it and whatever it calls the parties
    map(re.compile, (
        r"\brent\b[^.;\n]{0,60}\$ ?\d|\$ ?\d[\d,.]*[^.;\n]{0,30}\b(?:per|a|each|every) month",
        r"\bdeposit\b[^.;\n]{0,80}\$ ?\d|\$ ?\d[\d,.]*[^.;\n]{0,60}\bdeposit",
        r"\b(?:from|starts?|begins?|beginning|runs?|commenc\w+)\b[^.;\n]{0,60}\b20\d\d\b[^.;\n]{0,60}\b(?:to|until|through|ends?|till)\b[^.;\n]{0,40}\b20\d\d\b",
        r"\blate (?:fee|charge)|\bpaid late\b|\bafter the \w+ of the month\b", r"\b(?:pets?|dogs?|cats?|animals?)\b", r"\b(?:electric\w*|water|heat|utilit\w+)\b",
        r"\b(?:enter|come in|entry|let myself in)\b", r"\bmonth[- ]to[- ]month\b|\bto end (?:the|this|it)\b|\bmov(?:e|ing) out\b", r"\b(?:signed?|signatures?)\b",
    ))
)  # fmt: skip
_ESSENTIAL_WEIGHT = 0.6  # of each beyond the first few, which letters about a lease have too
_FEW_ESSENTIALS = 3
_FULL_DENSITY = 2.0  # occurrences per 1,000 characters at which a vocabulary counts fully

_LEASE = r"(?:sub-?\s?|under-?)?(?:lease|letting|tenancy|rental)\b"
_TITLES: tuple[tuple[DocType, str], ...] = (
    ("clinical_protocol", r"\b(?:clinical|study|trial|research)\b[^\n]{0,40}\bprotocol\b|\bprotocol\b[^\n]{0,30}\b(?:no\b|number|title|id\b|amendment|version)"),
    ("lease", r"\bamended and restated\b[^\n]{0,60}\b" + _LEASE),
    ("lease_amendment", r"\b(?:termination|surrender)\b[^\n]{0,40}\b" + _LEASE + r"|\b" + _LEASE + r"[^\n]{0,20}\b(?:termination|surrender)\b"),
    ("lease_amendment", r"\bcommencement date\b[^\n]{0,20}\b(?:agreement|memorandum|certificate|letter)\b"),
    ("lease", r"\bmemorandum of " + _LEASE),
    ("other", r"\b(?:assignment|application|guarant(?:y|ee)|estoppel|memorandum|subordination|checklist|inventory|invoice|receipt|mortgage|deed of trust|vehicle|car|equipment)\b"),
    ("other", r"\bnotice (?:to|of)\b|^dear\b|\bletter of intent\b|\b(?:purchase|loan|employment|management|brokerage|listing|settlement|license) agreement\b|\bpromissory note\b|\beasement\b|\bpower of attorney\b"),
    ("other", r"\bstatistical analysis plan\b|\binformed consent (?:form|document)\b|\binvestigator'?s brochure\b|\bclinical study report\b"),
    ("lease_amendment", r"\b(?:amendment|addendum|modification|supplement(?:al)?|extension|renewal|variation|amending)\b[^\n]{0,80}\b" + _LEASE),
    ("lease_amendment", r"\b" + _LEASE + r"[^\n]{0,60}\b(?:amendment|addendum|modification|supplement|extension|renewal)\b"),
    ("lease", r"\b" + _LEASE),
)  # fmt: skip
_HEADING_WEIGHT = 5.0  # of a type named by a heading
_LINE_WEIGHT = 3.0  # of one named by any other short line
_OTHER_BIAS = 1.5


@dataclass(frozen=True, slots=True)
class Classified:
    """A document type with the probability that it is right."""

    doc_type: DocType
    confidence: float


def doc_type_of(document: Document) -> Classified:
    """Say what a document is, from its title line and the density of each type's vocabulary.

    Args:
        document: the document as parsed; only its text and lines are read.

    >>> from schemas import Page, Line
    >>> text = "LEASE AGREEMENT\\nThe Landlord leases the premises to the Tenant for a monthly rent of $900."
    >>> d = Document("a", "", "text/plain", text, (Page(1, 0, len(text), (Line(0, 15), Line(16, len(text)))),))
    >>> doc_type_of(d).doc_type
    'lease'
    """
    body = _said_once(document.text[:_REPEATED_REACH].lower())[:_BODY_REACH]
    scores: dict[DocType, float] = dict.fromkeys(get_args(DocType), 0.0)
    scores["other"] = _OTHER_BIAS
    counted = Counter(_WORD.findall(body))
    for kind, weight, words, phrases in _FEATURES:
        found = sum(counted[word] for word in words.split()) + sum(map(body.count, phrases))
        scores[kind] += weight * min(1.0, found * 1_000 / max(1_000, len(body)) / _FULL_DENSITY)
    opening = body[:_GRANT_REACH]
    scores["lease"] += _GRANT_WEIGHT * bool(re.search(_GRANT, opening)) + _SELF_WEIGHT * bool(re.search(_SELF, opening))
    settled = sum(bool(pattern.search(body)) for pattern in _ESSENTIALS)
    scores["lease"] += _ESSENTIAL_WEIGHT * max(0, settled - _FEW_ESSENTIALS)
    scores["lease_amendment"] = scores["lease"] - 1.0  # the same vocabulary: only the title tells them apart
    titled, weight = _title_kind(document)
    scores[titled] += weight
    best = max(scores, key=lambda kind: scores[kind])
    return Classified(best, round(exp(scores[best]) / sum(exp(s) for s in scores.values()), 4))


def _said_once(text: str) -> str:
    """A text without the sentences that it has said before: padding is no vocabulary."""
    return "".join(dict.fromkeys(_SENTENCE.split(text)))


def _title_kind(document: Document) -> tuple[DocType, float]:
    """The type that the first title-like line names (short, near the top, no sentence), and how much that counts."""
    for line in document.body_lines():
        if line.start > _TITLE_REACH:
            break
        said = document.slice(line.start, line.end).strip()
        text = said.lower()
        if not 4 <= len(text) <= 120 or (text.endswith((";", ",")) and not text.startswith("dear")):
            continue
        if re.match(r"exhibit\b|https?:|\d+\s*$", text):
            continue
        for kind, pattern in _TITLES:
            if re.search(pattern, text):
                heading = _is_heading(said) and not text.startswith("dear")
                return kind, _HEADING_WEIGHT if heading else _LINE_WEIGHT
    return "other", 0.0


def _is_heading(line: str) -> bool:
    """Whether a line looks like a heading: few words, most of them capitalised, no blank to fill in."""
    words = [w for w in re.findall(r"[A-Za-z']+", line) if len(w) > 3]
    capitalised = sum(w[0].isupper() for w in words)
    return 1 <= len(words) <= 10 and capitalised >= 0.8 * len(words) and not re.search(r"__|:\s*\S", line)
