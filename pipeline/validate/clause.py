"""Clauses that must be there: found by what they say, and the numbers inside them compared with the law's."""

from pipeline.knowledge.cues import could_occur, occurs
from pipeline.validate.bounds import compare_numbers
from pipeline.validate.finding import Finding
from pipeline.validate.matches import FOUND, NEAR, Find, find_denial, find_matches, find_refusals
from pipeline.validate.passages import ReadText
from pipeline.validate.type_face import check_type_face
from schemas import ClauseRequired, Evidence, Terms

ABSENT = 0.9


def check_clause_required(check: ClauseRequired, text: ReadText, terms: Terms, find: Find | None = None) -> Finding:
    """Look for a clause by its cues, and compare the number it states.

    Args:
        check: cues, and the bound of the number if there is one.
        text: the document, prepared.
        terms: for bounds that depend on a term.
        find: an in-document searcher (query, how many), asked where the cues alone find nothing.
    """
    if check.headings:
        return _in_headings(check, text)
    if denial := find_denial(check, text):
        return Finding("violated", ABSENT, (denial,), "The document says the contrary.")
    matches = find_matches(check, text, find)
    if not matches and check.absent_ok:
        return Finding("not_applicable")
    if not matches and (refusals := find_refusals(check, text)):
        return Finding("violated", NEAR, refusals[0].quoted(text), "The document declines what is asked for.")
    if not matches:
        return Finding("missing", ABSENT, explanation="No passage of the document says this.")
    return check_type_face(check, compare_numbers(check, matches, text, terms), text)


def _in_headings(check: ClauseRequired, text: ReadText) -> Finding:
    """A part of the document that is known by its heading (a protocol's sections)."""
    cues = [cue for group in check.all_of for cue in group if could_occur(cue, text.heading_words)]
    for start, end in text.headings:
        if occurs(cues, text.plain, start, end):
            return Finding("satisfied", FOUND, (text.evidence(start, end),))
    return Finding("missing", ABSENT, explanation="No section of the document has such a heading.")


def quotes(finding: Finding) -> tuple[Evidence, ...]:
    """The evidence of a finding, each place once."""
    return tuple({(e.start, e.end): e for e in finding.evidence}.values())
