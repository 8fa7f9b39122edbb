"""Clauses that must not be there: found and quoted; a negation or a carve-out around them does not trip the check."""

import re
from collections.abc import Iterator
from functools import cache

from pipeline.knowledge.cues import WORDS, Span, occurs
from pipeline.validate.denials import promises
from pipeline.validate.finding import Finding
from pipeline.validate.passages import ReadText, is_heading
from schemas import ClauseForbidden

FOUND = 0.95
ABSENT = 0.99  # few leases have such a clause, and most wordings of it are found

_CARVED_OUT = re.compile(
    r"\b(?:(?<!promise )(?<!promises )(?<!do )(?<!does )(?<!owe )(?<!owes )(?<!warrant )(?<!warrants )(?<!guarantees )nothing (?:in|contained|herein|here\b|hereof|above|stated|said|written|within|about|on this|we (?:say|write|agree))|no (?:provision|term|clause|language) (?:of|in|contained)|no agreement (?:to|that|by)|no part of this"
    r"|(?:to|only to) the (?:fullest |full |maximum |greatest )?extent (?:that )?(?:it is |is |may be )?(?:permitted|allowed|permissible|lawful)"
    r"|(?:as|where|when|if) (?:otherwise )?(?:expressly |specifically )?(?:permitted|allowed|authori[sz]ed) (?:by|under) (?:\w+ ){0,3}(?:law|statute|code|section)"
    r"|(?:unless|except as|except where|except when|only as|only if|only when|only where) (?:otherwise )?(?:expressly |specifically )?"
    r"(?:permitted|allowed|authori[sz]ed|provided|prohibited|required|limited) (?:by|under) (?:\w+ ){0,3}(?:law|statute|code|section)"
    r"|unless (?:and to the extent )?(?:\w+ ){0,3}law (?:permits|provides|allows|requires)"
    r"|(?:is|are|be|being|null and) (?:void|unenforceable|unlawful|illegal|prohibited)|not enforceable)\b"
)
_KEPT = re.compile(  # rights that are said to be kept, in the ways in which waivers are denied
    r"\bno (?:right|remed|protection|requirement|duty|claim|part|benefit)[^.;]{0,90}\b(?:is|are|be|shall be|has been|have been) (?:hereby |thereby )?(?:waived|given up|surrendered|released|lost|limited|forgone|relinquished)"
    rf"|\b(?:{WORDS['tenant']}|you) (?:hereby |expressly )?(?:reserv|keep|retain|preserv)\w* (?:each|every|all|any|the|his|her|their|your|whatever)\b[^.;]{{0,40}}\b(?:rights?|remed\w+|benefits?|protections?)\b"
    r"|\b(?:waiv|relinquish|surrender|forgo|forego|releas|los)\w* (?:no|none|neither|nothing)\b|\bgiv\w* up (?:no|none|neither|nothing)\b"
    r"|\b(?:nothing|no (?:one|party|side|paragraph|sentence|section|article|rule|line|word|part))\b[^.;]{0,50}\b(?:waives?|gives? up|takes? away|surrenders?|signs? away|excuses?|relieves?)\b"
    r"|\b(?:not|neither|nor|never|[a-z]{2,6}n't) (?:\w+ ){0,5}(?:waives?|gives? up|forego|forgo|relinquish|surrender|waived|given up|disclaims?|excuses?|relieves?|absolves?|releases?|exempts?|excused|relieved|absolved|released)\b"
    r"|\b(?:no (?:part|portion|share|deposit|fee|charge)s?|none|neither|nothing)\b[^.;]{0,60}\bnon-?refundable"
    r"|\b(?:rights?|remed(?:y|ies))[^.;]{0,60} (?:is|are|stay|remain|continue)s? (?:not waived|kept|intact|unaffected|reserved|preserved|in (?:full )?force)"
)
_NEGATED = re.compile(
    r"\b(?:not|never|neither|nor|cannot|[a-z]{2,6}n't|nothing|without limiting|no (?:provision|term|clause|waiver|right|agreement|party|landlord|tenant|part|portion)|(?:no one|nobody) (?:is|are|will|shall|may|can)|prohibited from|refrain from|instead of)\b"
    r"[^,;:.]{0,60}$|\bno $"
)
_SURE = 0.62  # probability from which the model's word is enough
_SURE_OF_THE_SUBJECT = 0.5  # ... where the sentence is known to be on the kind's subject
_SURE_OF_A_PART = 0.72  # ... of a short sentence, and of what one adds or excepts: they say less
_SURE_ANYWAY = 0.75  # ... whatever negation or excusing word stands in the sentence
_LAWFUL = 0.002  # probability below which a sentence with the cues is a lawful one
_FEWEST_WORDS = 8
_FEWEST_WORDS_ON_THE_SUBJECT = 4  # ... of a sentence the model is sure of, on the kind's subject
_FEWEST_WORDS_IF_SURE = 6  # ... of one it is sure of
_FEWEST_WORDS_OF_A_ROW = 3  # ... of a row of a form ("Notice before eviction: none needed") that it is sure of
_FEWEST_WORDS_OF_A_CUE = 3
_ROW = re.compile(r"\W*[^:.;?]{4,48}: \S")
_TELLING_WORDS = 12
_DENIED = re.compile(
    r"\b(?:not(?! (?:be )?(?:continued|renewed|extended|prolonged))|never|neither|nor|nothing|cannot|[a-z]{2,6}n't|no|none)\b"
)
_TURNED_BY_NOT = frozenset({"self_help", "landlord_lien", "retaliation", "confession_of_judgment", "waiver_of_rights"})
_NEGATIVE_CUE = re.compile(r"\{not\}|\b(?:no|not|without|only)\b")
_LACKING_CUE = re.compile(r"^[^{]*\{landlord\}(?:(?!\{not\}|\b(?:no|not|only)\b).)*\bwithout\b")
_FORBEARS = re.compile(  # the landlord promises not to do something without what the law asks
    r"\b(?:(?:may|shall|will|can|must) (?:not|never)|cannot|never|won't|can't)\b"
    r"(?! (?:be (?:liable|responsible|required|obliged|bound|prevented|held|answerable)|have|need|wait|give|hesitate)\b)"
)
_ASKS = re.compile(r"(?:\W|\d|q\b)*(?:do|does|can|could|may|is|are|am|will|would|must|should|have|has)\b")
_ANSWERED_YES = re.compile(
    r"[ \"')*]*(?:yes|certainly|of course|indeed|surely|we (?:may|can|will)|they (?:may|can|will)|he may)\b"
)
_NEGATED_WITHIN = re.compile(
    r"\b(?:(?:may|shall|will|can|must|agrees?|promises?) (?:not|never)|cannot|never|won't|can't"
    r"|(?:does|do|did) not (?:thereby )?(?:come|fall|become|mature|accelerate)\b"
    r"|(?:does|do|did) not (?:hereby |thereby )?(?:waive|give up|relinquish|release|indemnify|assume|authorize|confess)"
    rf"|(?:{WORDS['landlord']}|we|i) (?:does|do) not (?:ever )?(?:raise|increase|cut|reduce|end|terminate|evict|threaten|punish|retaliate|remove|lock|change|shut|turn))\b"
)
_EXCEPTS_FIRST = re.compile(
    r"\b(?:except|save|other than|apart from|aside from|besides|outside)\b[^,.;]{0,90}(?:,|(?= (?:landlord|lessor|owner|management|we|i)\b))|\bemergencies aside,"
)
_GOES_ON = re.compile(
    r"\b(?:but|save that|except that|though|however|and (?=requires?|will|does|shall|may|is|are|must|applicants|persons))\b"
)
_WHO_IS_LET_IN = frozenset({"source_of_income", "discrimination"})
_NEGATED_ASIDE = re.compile(r"\b(?:not|never),[^,;.]{0,50},[^,;.]{0,40}$")


def check_clause_forbidden(check: ClauseForbidden, text: ReadText) -> Finding:
    """Look for a clause the law does not allow: by its cues, and by a model that was taught what such clauses say.

    The model has a say in what the cues find too: a sentence that it takes for a lawful one is let pass.

    Args:
        check: cues of the clause, cues that excuse it in the same sentence, its kind for the model.
        text: the document, prepared.
    """
    excused = False
    for start, end, cue in _places(check, text):
        low, high = text.bare_sentence(start, end)
        sentence = text.plain[low:high]
        if is_heading(sentence) or len(sentence.split()) < _FEWEST_WORDS_OF_A_CUE:
            continue
        if (
            _CARVED_OUT.search(sentence)
            or _KEPT.search(sentence)
            or _is_denied(cue, text, low, (start, end))
            or _only_asks(text, low, high)
            or occurs(_with_spoken(check.unless), text.plain, _spoken_from(check, text.plain, low, start), high)
            or promises(sentence, check.kinds)
            or _excused_beside(check, text, start)
            or _reads_lawful(check, text, low, high)
            or _is_of_the_other(check, text, low, high)
        ):
            excused = True
            continue
        return _violated(text, low, high, (start, end))
    for low, high in _read_by_model(check, text):
        return _violated(text, *text.bare_sentence(low, high), (low, high))
    told = "Such wording occurs only negated or carved out." if excused else ""
    return Finding("satisfied", ABSENT, (), told)


def _spoken_from(check: ClauseForbidden, plain: str, low: int, start: int) -> int:
    """Where what is said of a cue begins: behind "Except in an emergency, ...", and, of who is let in, behind "... but"."""
    cuts = [m.end() for m in _EXCEPTS_FIRST.finditer(plain, low, start)]
    if not _WHO_IS_LET_IN.isdisjoint(check.kinds):
        cuts += [m.end() for m in _GOES_ON.finditer(plain, low, start)]
    return max(cuts, default=low)


def _reads_lawful(check: ClauseForbidden, text: ReadText, low: int, high: int) -> bool:
    """Whether the model takes a sentence with the cues for a lawful one; of short ones it knows too little."""
    if not check.kinds or len(text.plain[low:high].split()) < _FEWEST_WORDS:
        return False
    return text.suspicion(low, high) < _LAWFUL or text.likeness(check.kinds, low, high) < check.least


def _is_of_the_other(check: ClauseForbidden, text: ReadText, low: int, high: int) -> bool:
    """Whether a sentence that turns applicants away does so for the other reason: who they are, or what they pay from."""
    if _WHO_IS_LET_IN.isdisjoint(check.kinds):
        return False
    others = tuple(_WHO_IS_LET_IN.difference(check.kinds))
    return text.likeness(others, low, high) >= _SURE and text.likeness(check.kinds, low, high) < _SURE / 2


def _excused_beside(check: ClauseForbidden, text: ReadText, start: int) -> bool:
    """Whether another sentence of the paragraph excuses a clause: "and Landlord shall in like manner pay Tenant's"."""
    return bool(check.unless_beside) and occurs(
        check.unless_beside, text.plain, *text.paragraphs[text.paragraph_at(start)]
    )


def _violated(text: ReadText, low: int, high: int, focus: Span) -> Finding:
    told = "The document has a clause that is not allowed."
    return Finding("violated", FOUND, (text.evidence(low, high, focus),), told)


def _read_by_model(check: ClauseForbidden, text: ReadText) -> Iterator[Span]:
    """The sentences, and the exceptions and additions within them, that the model is sure are clauses of the kind."""
    for probability, span in text.likely(check.kinds):
        short = len(text.plain[span[0] : span[1]].split()) < _TELLING_WORDS
        least = _SURE_OF_THE_SUBJECT if check.kind_with else _SURE_OF_A_PART if short else _SURE
        if probability >= least and _counts(check, text, span, probability):
            yield span
    for low, high in text.additions if check.kinds else ():
        probability = text.likeness(check.kinds, low, high)
        if probability >= _SURE_OF_A_PART and _counts(check, text, (low, high), probability):
            yield low, high
    for low, high in text.answered if check.kinds else ():
        probability = text.likeness(check.kinds, low, high)
        if probability >= _SURE_ANYWAY and _counts(check, text, (low, high), probability, answered=True):
            yield low, high


def _counts(check: ClauseForbidden, text: ReadText, span: Span, probability: float, *, answered: bool = False) -> bool:
    """Whether words that the model takes for a clause of the kind are one; of a question its answer was read too."""
    words = text.plain[span[0] : span[1]]
    few = _FEWEST_WORDS
    if probability >= _SURE_ANYWAY:
        few = _FEWEST_WORDS_ON_THE_SUBJECT if check.kind_with else _FEWEST_WORDS_IF_SURE
        few = _FEWEST_WORDS_OF_A_ROW if _ROW.match(words) else few
    if len(words.split()) < few or is_heading(words) or (not answered and _only_asks(text, *span)):
        return False
    if _CARVED_OUT.search(words) or _KEPT.search(words) or promises(words, check.kinds):
        return False
    if check.kind_with and not occurs(check.kind_with, text.plain, *span):
        return False
    if _excused_beside(check, text, span[0]):
        return False
    if probability >= _SURE_ANYWAY:
        return True
    denied = not _TURNED_BY_NOT.isdisjoint(check.kinds) and _DENIED.search(words)
    return not denied and not occurs(check.unless, text.plain, *span)


def _is_denied(cue: str, text: ReadText, low: int, found: Span) -> bool:
    """Whether a negation before or within what a cue found turns it; one that the cue itself asks for does not."""
    if not _NEGATIVE_CUE.search(cue):
        return is_negated(text.plain[low : found[0]]) or bool(_NEGATED_WITHIN.search(text.plain, *found))
    return bool(_LACKING_CUE.search(cue) and _FORBEARS.search(text.plain, *found))


def _only_asks(text: ReadText, start: int, end: int) -> bool:
    """Whether the sentence that starts there is a question for yes or no, and the answer to it is not yes."""
    at = text.plain.find("?", start, end)
    return at >= 0 and bool(_ASKS.match(text.plain, start)) and not _ANSWERED_YES.match(text.plain, at + 1)


def _places(check: ClauseForbidden, text: ReadText) -> list[tuple[int, int, str]]:
    """Where the patterns occur, in order, and which of them; in a lease that says we and you, with those for the parties too."""
    forms = ((form, cue) for cue in check.patterns for form in (_with_spoken((cue,)) if text.in_person else (cue,)))
    return sorted(
        (start, end, cue) for form, cue in forms for spans in text.hits(form).values() for start, end in spans
    )


@cache
def _with_spoken(cues: tuple[str, ...]) -> tuple[str, ...]:
    """Cues, and those with a party once more with "we" for the landlord and "you" for the tenant.

    >>> _with_spoken(("{landlord} .. enter", "padlock"))
    ('{landlord} .. enter', 'padlock', '(we|i|us|our)\\\\b .. enter')
    """
    spoken = (cue.replace("{landlord}", r"(we|i|us|our)\b").replace("{tenant}", r"(you|your)\b") for cue in cues)
    return tuple(dict.fromkeys((*cues, *spoken)))


def is_negated(before: str) -> bool:
    """Whether what follows `before` (levelled, from the start of the sentence) is denied by it.

    >>> is_negated("landlord shall not "), is_negated("if tenant does not pay, landlord may ")
    (True, False)
    """
    return bool(_NEGATED.search(before) or _NEGATED_ASIDE.search(before))
