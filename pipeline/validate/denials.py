"""Sentences that promise not to do what the law forbids: "Landlord shall not lock Tenant out", "claims no lien", "is not commingled".

What a sentence denies depends on its kind: a landlord who "shall not be liable" excludes a liability, one who "shall not enter without
notice" promises something. Only whole sentences count: one that goes on with "but", "unless" or "and may" may take back what it promised.
"""

import re
from collections.abc import Callable, Mapping, Sequence

from pipeline.knowledge.cues import WORDS
from pipeline.validate.clause_kinds import spelled_out

_LANDLORD = rf"(?:(?:the |our |your |any ){{0,2}}{WORDS['landlord']}(?:,? (?:and|or) (?:its|his|her|their|the) [\w' ]{{3,30}})?|we\b|i\b|(?:neither|no) (?:party|side) (?=to)|neither of us\b|nor (?:shall|will|may|does) (?:the )?{WORDS['landlord']})"
_ADVERB = r"(?:(?:ever|also|therefore|thereby|hereby|in any (?:case|event|way)|under any circumstances?|at any time|themselves|itself|himself|herself|ourselves|myself)\s)*"
_NEVER = r"(?:(?:shall|will|may|can|must|would|does|do|did|has|have|is|are)(?:,? [\w' ]{2,40},)? (?:not|never)|cannot|never|(?:promises?|agrees?|undertakes?|covenants?|binds? (?:itself|himself|herself|ourselves)) (?:not|never) to|(?:is|are) (?:not|never) (?:allowed|permitted|entitled|authori[sz]ed) to|has no (?:right|power|authority) to)"
_TAKES_BACK = re.compile(
    r"\b(?:but|however|nevertheless|notwithstanding|except|save (?:that|where|when|for|if|in)|until|though|although|whereupon|instead|rather)\b"
    r"|[,;:] otherwise\b"
    rf"|\bunless\b(?![^.;]{{0,60}}\b(?:court|judge|law|sheriff|constable|marshal|officer|writ|order|notice|emergency|agree|consent|abandon|tenant|lessee|resident|renter|you)\b)"
    rf"|(?:\band|;|,) (?:(?:the )?{WORDS['landlord']}|we|i)?,? ?(?:may|can|reserves|is entitled|has the right)\b"
)
_LEFT_OUT = r"(?:liable|responsible|required|obliged|obligated|bound|answerable|accountable|prevented|barred|stopped|limited|restricted|hesitate|have|need|wait|give|accept|take part|participate|consider|return|refund|repay|pay|renew|rent|sued|put up|deal|go|goes|file|look|search|mitigate|tolerate|want|see|trouble|honou?r|offered|join|call|contact|complain|provide|supply|furnish|repair|maintain|keep (?:the|it) (?:fit|in))"
_FORBEARS = re.compile(rf"\b{_LANDLORD},? {_ADVERB}{_NEVER} {_ADVERB}(?!(?:be |been )?{_LEFT_OUT}\b)[a-z]+")
_ACTING = r"(?:put|lock|change|turn|shut|cut|switch|remove|take|seize|hold|sell|bar|interrupt|disconnect|suspend|evict|deactivate|raise|increase|end|terminate|refuse|reduce|retaliate|punish)"
_FORBEARS_ANYHOW = re.compile(  # "nor shall Lessor bar the doors", "he may not turn off the water", "..., and does not suspend any utility"
    rf"\bnor (?:shall|will|may|can|must|does|do) {_LANDLORD},? {_ADVERB}(?!(?:be |been )?{_LEFT_OUT}\b)[a-z]+"
    rf"|\b(?:he|she|they|it|and|but) {_NEVER} {_ADVERB}(?:ever )?{_ACTING}\b"
)
_MAY_ACT = re.compile(
    rf"\b{_LANDLORD},? (?:may|can|is free to|are free to|reserves?|is entitled to|has the right to) (?:\w+ ){{0,3}}{_ACTING}\b"
)
_NOTHING_IS_DONE = re.compile(  # "locks will not be changed nor services cut off", "nobody may be put out without a court's order"
    r"\b(?:(?:shall|will|may|can|must|is|are)(?: not| never)|cannot)(?: ever)? (?:be )?(?:put out|locked|barred|changed|shut|cut|turned|switched|removed|evicted|taken|seized|held|sold|interrupted|disconnected|suspended|deactivated|raised|increased|ended|punished|penali[sz]ed)\b"
    r"|\bno\b[^.;:]{0,90}\b(?:shall|will|may|can|is|are)(?: ever)? (?:be )?(?:used|employed|resorted to|applied|taken|made)\b"
    rf"|\b(?:nobody|no one|neither party)(?: ever)? {_ACTING}s?\b|^\W*no (?:lock-?outs?|shut-?offs?|self-help|interruptions?)\b[^.;]{{0,60}}\W*$"
    r"|\b(?:nobody|no one|no (?:tenant|lessee|resident|renter|lock|door|key|utilit|service|belonging|goods|power|water|heat)\w*)\b[^.;,]{0,30}\b(?:shall|will|may|can|is|are)(?: ever)? (?:be )?(?:put out|locked|barred|changed|shut|cut|turned|switched|removed|evicted|taken|seized|held|sold|interrupted|disconnected|suspended)\b"
)
_BY_COURT_ONLY = re.compile(  # "possession is recovered only by a writ"
    r"\b(?:only|solely|exclusively|alone|not without|(?:no|nobody|never|not)\b[^.;]{0,60}\bwithout)\b[^.;]{0,50}\b(?:courts?|judges?|judgment|writ|sheriff|constable|marshal|judicial|legal process|process of law|summary (?:process|proceedings?)|lawsuit|eviction (?:case|action|suit))\b"
    r"|\b(?:courts?|judge|writ|sheriff|constable|marshal|process|proceedings?)(?:'s)?(?: order)? (?:alone|only)\b"
)
_KEEPS_ITS_OWN_BILL = re.compile(
    rf"\b{_LANDLORD},? {_ADVERB}{_NEVER} {_ADVERB}(?:charge|recover|collect|add|bill|seek|pass|claim|demand|ask|put)\b"
)
_TENANTS_CARE = re.compile(  # a tenant who must not damage the premises excludes no one's liability
    rf"\b{WORDS['tenant']}[^.;]{{0,90}}\b(?:shall|will|may|must|agrees?|can) (?:not|never) (?:to )?(?:(?:deliberately|negligently|carelessly|wil?lfully|intentionally|knowingly|recklessly|or|and),? ){{0,6}}(?:permit|allow|suffer|cause|destroy|damage|deface|impair|injure|break|remove)\b"
)
_MORE_THAN_COUNTED = re.compile(  # whom a limit does not count: "two people, not counting a child born", "your family and its children"
    r"\b(?:not counting|not including|over and above|in addition to|besides|apart from|aside from|plus|together with|along with|as well as)\b[^.;]{0,60}\b(?:child|children|bab(?:y|ies)|infants?|newborns?|minors?)\b"
    r"|\b(?:child|children|bab(?:y|ies)|infants?|newborns?)\b[^.;]{0,60}\b(?:(?:is|are|does|do|shall|will) not (?:be )?count(?:ed)?|not counted|may (?:stay|join|remain))\b"
    r"|\b(?:share|live|reside|occup\w+)\b[^.;]{0,60}\b(?:with|by)\b[^.;]{0,40}\b(?:immediate )?family\b"
)
_NO_ANIMAL_TOLL = re.compile(  # "assistance animals do not count as pets", "no pet, and costs nothing"
    r"\b(?:animals?|dogs?)\b[^.;]{0,60}\b(?:(?:is|are|does|do|shall|will) (?:not|never)|no|nor)\b[^.;]{0,30}\bpets?\b"
)
_BUT_FOR_HELPERS = re.compile(  # "no dogs, except for service dogs"
    r"\b(?:except|save|other than|besides|apart from|unless)\b[^.;]{0,40}\b(?:service|assistance|support|guide|therapy|working) (?:animals?|dogs?)\b"
)
_OF_MORE_THAN_ANIMALS = re.compile(r"\b(?:child\w*|minors?|adults?|fees?|deposits?|charges?)\b|\$")
_TAKEN_BACK_OF_ANIMALS = re.compile(
    r"\b(?:but|except|unless|however|nevertheless|(?:still|nonetheless) (?:pay|owe)\w*)\b"
)
_OWN_UPKEEP = re.compile(  # the small upkeep of a householder, and what a third party supplies, are no part of habitability
    r"\b(?:routine|filters?|light ?bulbs?|batter(?:y|ies)|lawn|grass|snow|leaves|gutters? clear|minor repairs?|small repairs?|third[- ]party|utility (?:company|companies|providers?))\b"
)
_LARGER_UPKEEP = re.compile(
    r"\b(?:roof|structur\w+|plumbing|wiring|foundation|boiler|sewer|septic|walls|heat|hot water|all (?:other )?repairs|every repair|repairs? of (?:every|any|all|whatever)|whatever|habitab\w+|liv(?:e|ea)able|warrant(?:y|ies) of|as[- ]is|no (?:duty|obligation|responsibility)|(?:not|never) (?:be )?(?:obliged|obligated|required|responsible|bound))\b"
)
_LANDLORD_KEEPS_IT_UP = re.compile(  # "accepts them as they are, subject to Lessor's duty to keep them in repair"
    rf"\b(?:subject to|without (?:prejudice to|lessening|limiting|affecting)|in addition to)\b[^.;]{{0,30}}{WORDS['landlord']}[^.;]{{0,30}}\b(?:duty|duties|obligations?)\b"
    rf"|\b{_LANDLORD},? (?:(?:shall|will|must|agrees to|is to|promises to) )?(?:keeps? (?:[\w ]{{1,40}} )?(?:repair|fit|order|habitable|sound|up)|maintains?|repairs?|mends?|fix(?:es)?)\b(?![^.;]{{0,30}}\b(?:nothing|none|no|not|only)\b)"
)
_KEEPS_A_KEY = re.compile(
    r"\b(?:duplicate|cop(?:y|ies)|spare|extra|second|set of|have an?|has an?|retains? an?|keeps? an?)\b[^.;]{0,30}\bkeys?\b"
)
_COMES_IN = re.compile(
    r"\b(?:enter\w*|entry|access|into|unannounced|(?:com(?:e|es|ing)|go(?:es|ing)?|walk\w*|step\w*|drop\w*|pop\w*|stop\w*) (?:in|into|by|through|over|round)|let\w* (?:itself|himself|herself|themselves|ourselves)|us(?:e|es|ing) (?:it|them|the|its|a)|inspect\w*|visit\w*|show\w*|look\w*)\b"
)
_OWNS_UP = re.compile(  # "though the owner remains liable for its own negligence"
    rf"\b{_LANDLORD},? (?:(?:is|are|remains?|stays?|shall (?:be|remain)|will (?:be|remain)) (?:fully |still |also |itself )?(?:liable|answerable|responsible)|answers?) for (?:(?:its|his|her|their|our|my) own|(?:its|his|her|their|our|my) (?:negligence|neglect|fault|carelessness)|any (?:loss|harm|damage|injury)|(?:property |personal |bodily )?(?:loss|harm|damage|injur))"
    rf"|\b{_LANDLORD} (?:is|are) (?:liable|answerable|responsible) (?:if|when|where) (?:(?:its|his|her|their|our|my|the) )?(?:own )?(?:negligence|neglect|fault|careless|act|failure)"
)
_WITHOUT_PREJUDICE = re.compile(
    rf"\bwithout prejudice to (?:the |any )?(?:liabilit\w+|responsibilit\w+|obligations?) of (?:the )?{WORDS['landlord']}"
)
_CARE_OF_FITTINGS = re.compile(  # "Renter will not pour grease into a drain"
    rf"\b{WORDS['tenant']}[^.;]{{0,40}}\b(?:shall|will|may|must|agrees?) (?:not|never) (?:to )?(?:pour|flush|put|throw|dump|dispose|clog|paint|drill|hang|nail|attach|install|store|wash|overload|tamper|disconnect|disable|smoke)\b"
)
_IN_ABSENCE = re.compile(  # what the uniform act allows: "during such an absence, as reasonably necessary"
    r"\bduring (?:such|any|an?|the|that|extended|prolonged)\b[^.;]{0,30}\babsences?\b[^.;]{0,70}\b(?:reasonabl\w+|necessary)\b"
)
_GIVEN_BACK = re.compile(
    r"\b(?:shall|will|must|is to|agrees to)(?: either)? (?:return|refund|repay|send back|give back)\b"
)
_KEPT_FROM_IT = re.compile(
    r"\b(?:less|minus|except|but|save|kept|keeps?|retain\w*|withh\w+|non-?refundable|not (?:be )?refund\w*|of (?:which|it)|in (?:any|every|all) (?:case|event)s?|only|nothing|none)\b"
)
_DENIED_BEFORE = re.compile(r"\b(?:neither|nor|no|not|never|none|nothing)\b[^,;]*$")
_ENTERS_UNANNOUNCED = re.compile(r"\bwithout (?:prior )?notice\b[^.;]{0,40}\bin case of\b")
_RELEASES = re.compile(r"\b(?:releas\w+|waiv\w+|indemnif\w+|harmless|gives? up|own risk)\b")
_LIMITS = re.compile(
    r"\b(?:only|solely|limited|no more|up to|not exceed|at most|not|never|nothing|no)\b[^.;]{0,40}$|\b(?:only|solely|limited|not exceed|gross|wil?lful|intentional|(?:and|but) not|nothing else)\b"
)
_MISUSE = re.compile(
    r"\b(?:caused by|cause of|results? of|due to|because of|arising from|resulting from|from|through)\b[^.;]{0,40}\b(?:improper use|misuse|abuse)\b"
)
_GIVES_THE_NOTICE = re.compile(
    r"\bnotice (?:that |which )?(?:the |any )?(?:law|statutes?|act|code)s?\b[^.;]{0,20}\b(?:requires?|asks?|calls?|provides?|sets?|prescribes?|demands?)\b"
)
_WITHOUT_IT = re.compile(
    r"\b(?:waiv\w*|dispens\w*|without|no|not|never|nor|excus\w*|short\w*|reduc\w*|longer|instead|forgo\w*|gives? up|releas\w*|despite|notwithstanding)\b"
)
_MUTUAL = re.compile(r"\b(?:neither|either|both|each) (?:party|parties|side|sides|of us)\b")
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
    r"\b(?:not|neither|nor|never) (?:\w+ ){0,3}?(?:caused|brought about|due|arising|resulting|a result)\b[^.;]{0,40}\b(?:fault|negligen\w+|neglect|carelessness|wrong\w*|act|omission|breach|making|doing)\b"
    r"|\bcould not (?:reasonably |with [\w ]{2,20})?(?:have )?(?:been )?(?:prevent|foresee|foreseen|avoid|control|help|expect|know|known)\w*"
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
_TURNS_AWAY = re.compile(
    r"\b(?:only|no one|nobody|no (?:person|child|children|minors?|kids)|not permitted|not allowed)\b"
)

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
    sentence = spelled_out(sentence)
    if any(kind in kinds and lawful(sentence) for kind, lawful in _LAWFUL.items()):
        return True
    if _ACTS.isdisjoint(kinds) or _TAKES_BACK.search(sentence):
        return False
    if _FORBEARS.search(sentence):
        return True
    if not _MAY_ACT.search(sentence) and _is_left_undone(sentence, kinds):
        return True
    if "landlord_lien" in kinds and _NO_LIEN.search(sentence):
        return True
    return "retaliation" in kinds and bool(_NO_CAUSE.search(sentence))


def _is_of_no_fault(sentence: str) -> bool:
    """Whether what is excluded is only what the landlord did not cause, or no more is said than that the tenant takes care."""
    if _NO_FAULT.search(sentence) and not _OR_NOT.search(sentence):
        return True
    if _WITHOUT_PREJUDICE.search(sentence) and not _RELEASES.search(sentence):
        return True
    owned = _OWNS_UP.search(sentence)
    denied = owned and _DENIED_BEFORE.search(sentence[: owned.start()])
    if owned and not denied and not _LIMITS.search(sentence[owned.start() :]) and not _RELEASES.search(sentence):
        return True
    return any(of.search(sentence) for of in (_TENANTS_CARE, _MISUSE, _ENTERS_UNANNOUNCED))


def _welcomes(sentence: str) -> bool:
    """Whether a sentence on who lives there, or on an animal that helps, turns nobody away."""
    if _OWN_FAMILY.search(sentence) and _CLAIMING.search(sentence):
        return True
    if _MORE_THAN_COUNTED.search(sentence) and not _TURNS_AWAY.search(sentence):
        return True
    if _BUT_FOR_HELPERS.search(sentence) and not _OF_MORE_THAN_ANIMALS.search(sentence):
        return True
    return bool(_NO_ANIMAL_TOLL.search(sentence)) and not _TAKEN_BACK_OF_ANIMALS.search(sentence)


def _is_left_undone(sentence: str, kinds: Sequence[str]) -> bool:
    """Whether a sentence says of an act that it is not done, or that only a court does it."""
    if _FORBEARS_ANYHOW.search(sentence) or _NOTHING_IS_DONE.search(sentence):
        return True
    return "self_help" in kinds and bool(_BY_COURT_ONLY.search(sentence))


def _pays_itself(sentence: str) -> bool:
    """Whether the landlord promises to pass no lawyer's bill on."""
    return bool(_KEEPS_ITS_OWN_BILL.search(sentence)) and not _TAKES_BACK.search(sentence)


def _gives_back(sentence: str) -> bool:
    """Whether a sentence says that a deposit is given back, and of no part that it is not."""
    return bool(_GIVEN_BACK.search(sentence)) and not _KEPT_FROM_IT.search(sentence)


def _is_no_intrusion(sentence: str) -> bool:
    """Whether a sentence says who has a key and not when it is used, or lets the landlord in while the tenant is long away."""
    if _IN_ABSENCE.search(sentence):
        return True
    return bool(_KEEPS_A_KEY.search(sentence)) and not _COMES_IN.search(sentence)


def _is_own_upkeep(sentence: str) -> bool:
    """Whether a sentence leaves to the tenant only what a householder does, or keeps the landlord to the upkeep."""
    if _LANDLORD_KEEPS_IT_UP.search(sentence) and not _RELEASES.search(sentence):
        return True
    if _CARE_OF_FITTINGS.search(sentence) and not _RELEASES.search(sentence):
        return True
    return bool(_OWN_UPKEEP.search(sentence)) and not _LARGER_UPKEEP.search(sentence)


def _gives_the_notice(sentence: str) -> bool:
    """Whether a sentence has the landlord give the notice that the law asks for."""
    return bool(_GIVES_THE_NOTICE.search(sentence)) and not _WITHOUT_IT.search(sentence)


def _is_mutual(sentence: str) -> bool:
    """Whether a sentence binds both parties alike."""
    return bool(_MUTUAL.search(sentence))


_LAWFUL: Mapping[str, Callable[[str], bool]] = {
    "exculpation": _is_of_no_fault,
    "discrimination": _welcomes,
    "attorney_fees": _pays_itself,
    "entry_without_notice": _is_no_intrusion,
    "habitability_waiver": _is_own_upkeep,
    "deposit_nonrefundable": _gives_back,
    "retaliation": _is_mutual,
    "notice_waiver": _gives_the_notice,
}
