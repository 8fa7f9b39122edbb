"""Sentences that name what a lease must tell only to withhold it: "the results stay with Owner", "Flood history: no statement made"."""

import re

from pipeline.knowledge.cues import WORDS

_THINGS = (
    r"(?:answers?|assurances?|statements?|information|notices?|cop(?:y|ies)|leaflets?|booklets?|pamphlets?|brochures?|guides?|handbooks?|papers?|documents?"
    r"|disclosures?|forms?|reports?|records?|results?|formulas?|explanations?|breakdowns?|lists?|inventory|checklists?|comments?|details?|facts?|figures?|history|numbers?|address(?:es)?)"
)
_GIVES = (
    r"(?:giv(?:es?|ing)|offer(?:s|ing)?|mak(?:es?|ing)|provid(?:es?|ing)|suppl(?:y|ies|ying)|hand(?:s|ing)? out|attach(?:es|ing)?|furnish(?:es|ing)?"
    r"|includ(?:es?|ing)|issu(?:es?|ing)|(?:is|are|was|were|being) (?:given|handed|shown|sent|provided))"
)
_GIVEN = r"(?:made|given|handed out|provided|attached|included|furnished|offered|supplied|enclosed|available)"
_WITHHELD = re.compile(
    r"(?:\b(?:is|are|was|were|be|been)|[:.,-]) (?:not|never) (?:being )?(?:disclosed|discussed|offered|handed out|given out|put in writing|written down|a subject\b)"
    rf"|\b(?:history|results?|findings?|inventory|checklist|formula|figures?|whereabouts)\b[^.;]{{0,40}} (?:is|are|stays?|remains?|be) (?:kept |held )?(?:strictly |entirely )?(?:confidential|secret|private|(?:with|by) (?:the )?(?:{WORDS['landlord']}|us\b))"
    rf"|\b(?:history|results?|findings?|inventory|checklist|formula|figures?)\b[^.;]{{0,40}} (?:stays?|remains?|rests?) (?:with|in the (?:office|files?))\b"
    r"|(?<!not )(?<!n't )\bkeeps? [^.;]{0,60}to (?:itself|himself|herself|themselves|ourselves|myself)\b"
    r"|\b(?:own|no|none of (?:the |your )?(?:\w+ )?) ?(?:concern|business)\b|\bown affair\b"
    rf"|\b{_GIVES} (?:(?:{WORDS['tenant']}|you) )?no (?:[\w-]+ ){{0,2}}{_THINGS}\b"
    rf"|\bno (?:[\w-]+ ){{0,3}}{_THINGS}(?: [\w-]+){{0,4}} (?:comes?|goes|accompanies|(?:is|are|was|were|will be|has been|have been) {_GIVEN})\b"
    rf"|: (?:no (?:[\w-]+ )?{_THINGS} {_GIVEN}|dispensed with|omitted|skipped|waived|to follow|withheld|not (?:made|given|offered|provided|done|kept|used|available))\b"
    r"|\b(?:is|are|was|were|being) (?:dispensed with|left out|omitted|skipped|done without)\b"
    r"|: (?:see|ask) (?:the |your )?(?:county|city|town|state|office|manager|web)\b|\bfor (?:the |your )?(?:tenant|lessee|resident|renter|occupant)s? to worry about\b"
    r"|\b(?:would|will|do) rather not\b|\bprefers? not to\b|\b(?:will|shall|does|do) not (?:say|tell|disclose|discuss) (?:where|what|which|whether|how)\b"
    rf"|\bgiv(?:es?|ing) up (?:the |any |all |every )?(?:[\w-]+ ){{0,3}}{_THINGS}\b"
    rf"|\b(?:whether|if)\b[^.;]{{0,80}} (?:{WORDS['tenant']}|you) (?:may|can|must|shall|should|will have to) (?:learn|find out|ask|inquire|discover|check)\b"
)
_TOLD_ALL_THE_SAME = re.compile(
    r"\b(?:attached|enclosed|(?:has|have) (?:been )?(?:received|given|handed|disclosed)|received|were given|was given|knows? of (?:no|none)|no knowledge|none known|not know(?:n)?\b|nothing has been kept)\b"
)


def withholds(sentence: str) -> bool:
    """Whether a levelled sentence declines to tell or to hand over what it speaks of, and does not tell it all the same.

    >>> withholds("radon has been measured, but the results stay with owner.")
    True
    >>> withholds("no radon test is known of; the guide is attached."), withholds("mold: none known.")
    (False, False)
    """
    return bool(_WITHHELD.search(sentence)) and not _TOLD_ALL_THE_SAME.search(sentence)
