"""Which regulators a protocol answers to: told by its numbers, the laws it names, and the countries it is conducted in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from schemas import Document, ProtocolTerms, Term

_READ = 400_000  # characters; laws are named in the last sections too
_MOST = 40  # places where countries are looked for
_NEAR = 240  # characters after such a place

_NAMES = {"FDA": "the FDA", "EU": "the European Union"}
_LAWS = {  # words to look for, and what must stand around them
    "FDA": (
        ("CFR", "1572", "IND", "FDA"),
        re.compile(
            r"\b21\s+CFR\b|\bForm\s+(?:FDA\s+)?1572\b|\bIND\s+(?:number|no\.?|#)\s{0,3}:?\s{0,3}\d{4}|\bunder\s+(?:an?|this|the)\s+(?:US\s+)?IND\b"
            r"|\bFDA\s+(?:regulations?|requirements?|inspect\w*|representatives?|auditors?)\b"
            r"|\b(?:report(?:ed|s)?|submit(?:ted|s)?|submission|notif(?:y|ied))\s+(?:\w+\s+){0,4}?to\s+(?:the\s+)?(?:US\s+|U\.S\.\s+)?FDA\b"
        ),
    ),
    "EU": (("EudraCT", "EUDRACT", "EU CT", "EU trial", "536/2014", "2001/20/EC"), re.compile(r"\b20\d\d-\d{6}-\d\d\b|\b536/2014\b|\b2001/20/EC\b")),
}  # fmt: skip
_AROUND = 60  # characters on either side of such a word
_CONDUCTED = (
    "conducted in", "conducted at", "enrolled in", "enrolled at", "enrolled from", "recruited in", "recruited from", "performed in",
    "carried out in", "sites in", "sites located in", "centers in", "centres in", "hospitals in", "articipating countries", "ountries:",
)  # fmt: skip
_COUNTRIES = {
    "FDA": re.compile(r"\bUnited\s+States\b|\bU\.?S\.?A?\b(?!\s*(?:patent|dollar))"),
    "EU": re.compile(
        r"\b(?:Austria|Belgium|Bulgaria|Croatia|Cyprus|Czech(?:ia|\s+Republic)|Denmark|Estonia|Finland|France|Germany|Greece|Hungary|Ireland"
        r"|Italy|Latvia|Lithuania|Luxembourg|Malta|Netherlands|Poland|Portugal|Romania|Slovakia|Slovenia|Spain|Sweden|European\s+Union|EU\s+member"
        r"|Iceland|Liechtenstein|Norway|Europe)\b"
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Regulator:
    """A regulator whose rules apply: its pack, and why."""

    code: str
    reason: str


def regulators_of(document: Document, terms: ProtocolTerms) -> tuple[Regulator, ...]:
    """The regulators of a protocol beside ICH, which applies to every one.

    Its own number decides first (an IND number is the FDA's, a EudraCT or EU CT number the EU's), then a law or form of theirs that it
    names, then the countries it says it is conducted in.

    Args:
        document: the protocol.
        terms: its terms.

    >>> regulators_of(Document("p", "", "text/plain", "", ()), ProtocolTerms(ind_number=Term(value="123456", confidence=0.9)))
    (Regulator(code='FDA', reason='IND number 123456'),)
    """
    text = document.text[:_READ]
    numbers: dict[str, tuple[str, Term[str]]] = {
        "FDA": ("IND number", terms.ind_number),
        "EU": ("EU trial number", terms.eudract_number),
    }
    found = []
    for code, (name, number) in numbers.items():
        if number.value and "ungrounded" not in number.flags:
            found.append(Regulator(code, f"{name} {number.value}"))
        elif law := _law(code, text):
            found.append(Regulator(code, f'it names "{law}"'))
        elif country := _country(code, text):
            found.append(Regulator(code, f"it is conducted in {country}"))
    return tuple(found)


def applied(regulators: tuple[Regulator, ...], in_force: set[str]) -> str:
    """What the reader should know of the rules a protocol was checked against.

    Args:
        regulators: those it answers to.
        in_force: codes of the packs that had a rule in force on the day.

    >>> applied((Regulator("FDA", "IND number 1"),), {"ICH", "FDA"})
    'Checked against ICH E6 and M11 and the rules of the FDA (IND number 1).'
    """
    told = [f"{_NAMES[r.code]} ({r.reason})" for r in regulators if r.code in in_force]
    later = [_NAMES[r.code] for r in regulators if r.code not in in_force]
    said = f"Checked against ICH E6 and M11{''.join(f' and the rules of {t}' for t in told)}."
    return f"{said} The rules of {' and '.join(later)} came into force after this version's date." if later else said


def _law(code: str, text: str) -> str | None:
    """A law, form or number of the regulator's that the text names."""
    words, said = _LAWS[code]
    for word in words:
        for at in _places(word, text):
            if match := said.search(text, max(0, at - _AROUND), at + len(word) + _AROUND):
                return " ".join(match[0].split())
    return None


def _country(code: str, text: str) -> str | None:
    """A country of the regulator's that stands near words of where the trial is conducted."""
    for words in _CONDUCTED:
        for at in _places(words, text):
            start = at + len(words)
            if match := _COUNTRIES[code].search(text, start, start + _NEAR):
                return " ".join(match[0].split())
    return None


def _places(words: str, text: str) -> Iterator[int]:
    """Where words stand, the first few: looked for as they are, which is much faster than by a pattern."""
    at = text.find(words)
    for _ in range(_MOST):
        if at == -1:
            return
        yield at
        at = text.find(words, at + len(words))
