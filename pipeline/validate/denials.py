"""Sentences that promise not to do what the law forbids: "Landlord shall not lock Tenant out", "claims no lien", "is not commingled".

What a sentence denies depends on its kind: a landlord who "shall not be liable" excludes a liability, one who "shall not enter without
notice" promises something. Only whole sentences count: one that goes on with "but", "unless" or "and may" may take back what it promised.
"""

import re
from collections.abc import Sequence

from pipeline.knowledge.cues import WORDS

_LANDLORD = rf"(?:(?:the |our |your |any ){{0,2}}{WORDS['landlord']}(?:,? (?:and|or) (?:its|his|her|their|the) [\w' ]{{3,30}})?|we\b|i\b|(?:neither|no) (?:party|side) (?=to)|neither of us\b|nor (?:shall|will|may|does) (?:the )?{WORDS['landlord']})"
_ADVERB = r"(?:(?:ever|also|therefore|thereby|hereby|in any (?:case|event|way)|under any circumstances?|at any time|themselves|itself|himself|herself|ourselves|myself)\s)*"
_NEVER = r"(?:(?:shall|will|may|can|must|would|does|do|did|has|have|is|are)(?:,? [\w' ]{2,40},)? (?:not|never)|cannot|never|won't|can't|don't|doesn't|(?:promises?|agrees?|undertakes?|covenants?|binds? (?:itself|himself|herself|ourselves)) (?:not|never) to|(?:is|are) (?:not|never) (?:allowed|permitted|entitled|authori[sz]ed) to|has no (?:right|power|authority) to)"
_TAKES_BACK = re.compile(
    r"\b(?:but|however|nevertheless|notwithstanding|except|save (?:that|where|when|for|if|in)|until|though|although|whereupon|instead|rather|otherwise)\b"
    rf"|\bunless\b(?![^.;]{{0,60}}\b(?:court|judge|law|sheriff|constable|marshal|officer|writ|order|notice|emergency|agree|consent|abandon|tenant|lessee|resident|renter|you)\b)"
    rf"|(?:\band|;|,) (?:(?:the )?{WORDS['landlord']}|we|i)?,? ?(?:may|can|reserves|is entitled|has the right)\b"
)
_LEFT_OUT = r"(?:liable|responsible|required|obliged|obligated|bound|answerable|accountable|prevented|barred|stopped|limited|restricted|hesitate|have|need|wait|give|accept|take part|participate|consider|return|refund|repay|pay|renew|rent|sued|put up|deal|go|goes|file|look|search|mitigate|tolerate|want|see|trouble|honou?r|offered|join|call|contact|complain|provide|supply|furnish|repair|maintain|keep (?:the|it) (?:fit|in))"
_FORBEARS = re.compile(rf"\b{_LANDLORD},? {_ADVERB}{_NEVER} {_ADVERB}(?!(?:be |been )?{_LEFT_OUT}\b)[a-z]+")
_NO_LIEN = re.compile(
    r"\b(?:no|not|never|neither|nor|without|disclaims?|waives?|releases?|gives up|renounces?|free (?:of|from))\b[^.;]{0,30}\b(?:lien|security interest|distress|distraint|distrain\w*|pledge|collateral|charge upon)\b"
    r"|\b(?:lien|security interest|right of distress|distraint)s?\b[^.;]{0,40}\b(?:is|are|shall be|will be) (?:not|never|hereby waived|waived|disclaimed|released|given up|claimed by no|abolished)\b"
)
_NO_CAUSE = re.compile(  # "a complaint is never cause for higher rent", "no one is punished for joining"
    r"\b(?:is|are|be|shall|will|may|can|does|do|constitutes?)\b ?(?:not|never|neither|no)\b[^.;]{0,24}\b(?:cause|grounds?|reasons?|defaults?|breach\w*|violations?|basis|count(?:s|ed)?|held against|affect\w*|lead|punish\w*|penali[sz]\w*|retaliat\w*|evict\w*|cost)\b"
    r"|\bno (?:one|resident|tenant|lessee|renter|member|person|household|reprisal|retaliat\w*|penalty|punishment|rent)[^.;]{0,40}\b(?:is|are|be|will|shall|may|follows?|loses?)\b[^.;]{0,30}\b(?:punish\w*|penali[sz]\w*|evict\w*|retaliat\w*|raised|lose|loses|follows?|taken|worse off|threatened|reduced|ended|charged)\b"
    r"|\b(?:without|free (?:of|from)) (?:any )?(?:fear|threat|risk|reprisal|retaliation|penalty)\b"
)
_NO_FAULT = re.compile(  # a liability that is excluded only where the landlord is not at fault
    r"\b(?:not|neither|nor|never|isn't|wasn't) (?:\w+ ){0,3}?(?:caused|brought about|due|arising|resulting|a result)\b[^.;]{0,40}\b(?:fault|negligen\w+|neglect|carelessness|wrong\w*|act|omission|breach|making|doing)\b"
    r"|\bcould(?: not|n't) (?:reasonably |with [\w ]{2,20})?(?:have )?(?:been )?(?:prevent|foresee|foreseen|avoid|control|help|expect|know|known)\w*"
    rf"|\b(?:beyond|outside)(?: of)? (?:its|our|my|his|her|their|(?:the )?{WORDS['landlord']})(?: reasonable)? control\b"
    r"|\b(?:without|through no) (?:any )?(?:(?:its|our|my|his|her|their|fault|negligence|neglect) ?(?:own )?(?:fault|negligence|neglect|of (?:its|our|my|the (?:landlord|lessor|owner)))?)\b"
    r"|\b(?:unless|except|other than|apart from|save|but (?:is|are|remains?|we are|only|not))\b[^.;]{0,80}\b(?:fault|negligen\w+|neglect|careless\w*|wrong\w*|misconduct|breach|fail\w*|violat\w+|duty|duties|law)\b"
    r"|\bwithin (?:its|our|my|the (?:landlord|lessor|owner)'s) control\b"
)
_OR_NOT = re.compile(
    r"\b(?:nor|wil?lful|intentional|gross|criminal|with or without|whether or not|even (?:if|where|when|though)|regardless|no matter|irrespective|including|however caused|whatever|whoever|how(?:so)?ever)\b"
)
_OWN_FAMILY = re.compile(  # who lives there, by name or kinship, is no preference for a kind of household
    rf"\b(?:{WORDS['tenant']}|your|his|her|their|its|the (?:two|three|four|five) of you)(?:'s?)? (?:and [\w' ]{{2,20}} )?(?:own |immediate |minor |dependent |young |small |natural |present |future |later-born |two |three |four |\d )*(?:famil\w+|child\w*|kids|daughters?|sons?|spouse|household|dependents?|minors)\b"
    r"|\b(?:children|minors|occupants)\b[^.;]{0,30}\b(?:listed|named|born|adopted|join|placed in)\b"
)
_CLAIMING = re.compile(r"\b(?:only|no one else|nobody else|no other)\b")

_ACTS = frozenset({"self_help", "landlord_lien", "retaliation", "acceleration"})


def promises(sentence: str, kinds: Sequence[str]) -> bool:
    """Whether a levelled sentence promises not to do what clauses of these kinds do.

    >>> promises("management claims no lien on renter's belongings for rent.", ["landlord_lien"])
    True
    >>> promises("landlord shall not lock tenant out, but may remove the door.", ["self_help"])
    False
    >>> promises("lessor is not liable for loss not caused by its fault.", ["exculpation"])
    True
    """
    if "exculpation" in kinds and _NO_FAULT.search(sentence) and not _OR_NOT.search(sentence):
        return True
    if "discrimination" in kinds and _OWN_FAMILY.search(sentence) and _CLAIMING.search(sentence):
        return True
    if _ACTS.isdisjoint(kinds) or _TAKES_BACK.search(sentence):
        return False
    if _FORBEARS.search(sentence):
        return True
    if "landlord_lien" in kinds and _NO_LIEN.search(sentence):
        return True
    return "retaliation" in kinds and bool(_NO_CAUSE.search(sentence))
