"""The agreement's date, and the first and last day of the tenancy."""

import re
from collections.abc import Mapping

from pipeline.generate.offline.lease.candidates import Candidate, Context, context, cue, fired, place, priors
from pipeline.generate.offline.lease.layout import Layout
from pipeline.generate.offline.lease.scorer import Choice
from pipeline.values.dates import add_days, add_months
from pipeline.values.found import Found
from pipeline.values.keywords import places
from pipeline.values.numerals import ORDINAL_WORDS, ordinal

_SIGNED = (
    cue("made", "near", r"\b(?:made|entered into|executed|effective|dated?|agreement|lease)\b[^.]{0,30}\b(?:as of|this|on|the)[ :,]*(?:the )?$", 2.2),
    cue("dated", "near", r"\b(?:dated?|signed)(?: (?:as of|for reference purposes(?: only)?|this|the|at [a-z ]+))*[,: ]*(?:the )?$", 2.2),
    cue("entered_into", "before", r"\b(?:made and entered|entered into|is made|made this|made as of|hereby made)\b", 1.5),
    cue("executed", "before", r"\b(?:executed|signed|witness whereof|day and year)\b", 0.8),
    cue("hands", "before", r"\b(?:hands?|seals?|executed|signed|signatures?)\b[^.]{0,60}\b(?:this|on|as of)[: ]*(?:the )?$", 1.4),
    cue("signed_label", "label", r"^(?:date|dated|lease date|agreement date|date of (?:this )?(?:lease|agreement|execution|sublease)|effective date|execution date|reference date)\b", 2.6),
    cue("other_agreement", "before", r"\b(?:certain|original|prior|existing|master|prime|head|over-?lease|said|previous|amend(?:ed|s|ment (?:no|to))|pursuant to|under (?:that|the)|(?<!rental )(?<!lease )letter|plans?|application|survey|drawings?)\b(?![^.]*\bthis (?:sub-?)?(?:lease|agreement|indenture|deed))[^.]{0,60}$", -2.2),
    cue("a_period", "near", r"\b(?:commenc\w*|begin\w*|start\w*|runs?|until|through|ceas\w*|end\w*|expir\w*|terminat\w*|from|before|after|by|than|since)\b[^,]{0,22}$", -2.5),
    cue("second_of_pair", "near", r"\d{4},? (?:and )?(?:to|through|thru|until|till|ending|[-–])(?: and including)? ?(?:the )?$", -3.0),
    cue("this_document", "before", r"\bthis (?:[a-z/ -]{0,40})?(?:lease|sub-?lease|agreement|indenture|deed|amendment|addendum|contract|offer|modification|rental)\b", 1.2),
    cue("made_label", "label", r"^(?:made|executed|entered into|signed)$", 2.6),
    cue("we_make", "after", r"^[^.;]{0,120}\b(?:makes?|enters? into|made|agree(?:s|d)?)\b[^.;]{0,20}\b(?:this|the following|as follows)\b", 1.8),
    cue("made_on", "near", r"(?:^|[.:;!?\"”] |\b(?:we|parties|both|all) )(?:made|entered|executed|sign(?:ed)?|dated?|agreed)(?: (?:and|&) \w+)?(?: (?:this|it|the \w+))?(?: at [a-z, ]{3,40}?)?,?(?: on)?[ :]*(?:this |the )?$", 2.6),
    cue("today", "near", r"\b(?:today(?:['’]s date)?|this day|the date of this (?:lease|agreement))(?: is|,|:)? ?$", 2.8),
    cue("on_this", "near", r"\bon this(?: the)? $", 2.2),
    cue("after_parties", "near", r"\b(?:tenants?|lessees?|renters?|residents?)[\"”']?\)?,? (?:on )?$", 1.8),
    cue("lets_on", "before", r"\b(?:leases?|lets?|rents?)\b[^.;]{0,140}, on (?:the )?$", 2.4),
    cue("agree_on", "near", r"\bagree(?:d)?(?: as follows)? on(?: this)? (?:the )?$", 2.0),
    cue("parties_follow", "after", r"\b(?:between|among|by and between|landlord|lessor)\b", 0.9),
    cue("term_label", "label", r"commence|expir|term\b|start|begin|\bend\b|move|deliver|due|\brent\b", -2.5),
    cue("printed", "before", r"\b(?:revised|rev\.|form|copyright|printed|filed|version|updated|act|code|law|section|statute|ordinance)\b[^.]{0,25}$", -2.0),
)  # fmt: skip
_START = (
    cue("commence", "near", r"\b(?:commenc\w*|beginn?\w*|start\w*|effective)\b[^.;]{0,30}$", 2.2),
    cue("from", "near", r"\bfrom(?: and including| the| and after)*(?: the)? ?$", 1.6),
    cue("moves_in", "near", r"\b(?:moves?[- ]in|moving in|possession|handed over|the keys|first day)\b[^.;]{0,24}$", 2.0),
    cue("commence_far", "before", r"\bcommenc\w+", 0.9),
    cue("term_far", "before", r"\b(?:term|tenancy|lease period|demise|to hold|period)\b", 0.8),
    cue("start_label", "label", r"commencement|start|begin|move[- ]?in|effective date|date of entry|from$|possession|^first day|^in$", 2.4),
    cue("term_label", "label", r"\bterm\b|tenancy|lease period|period", 1.2),
    cue("start_after", "after", r"^[ ,\"“(]{0,4}(?:the |herein |hereinafter )?[\"“(]*(?:lease |term )?commencement date|^[^.;]{0,25}\bcommence", 1.8),
    cue("to_another", "after", r"^[ ,]{0,2}(?:and )?(?:to|through|thru|until|till|ending|and end\w*|expir\w*|terminat\w*|-|–)\b|^ ?[-–]", 1.8),
    cue("end_near", "near", r"\b(?:end\w*|expir\w*|until|through|terminat\w*|to and including|not later than|no later than|up to|before|prior to|by|to|extended)\b[^,;]{0,18}$", -2.5),
    cue("end_label", "label", r"expir|\bend\b|terminat", -2.5),
    cue("rent_start", "before", r"\brent (?:commencement|start)|\brent shall (?:commence|begin|be)|\brent[^.]{0,40}commenc", -1.4),
    cue("rent_label", "label", r"^(?!.*\bterms?\b).*\brent\b", -1.2),
    cue("option", "before", r"\b(?:option|renew\w*|extension|extended|prior lease|original(?:ly)?|existing|prime|master|phase|contract dated|lease dated)\b", -1.3),
    cue("estimated", "sentence", r"\b(?:estimated?|anticipated?|target|scheduled|projected|expected|contemplated|substantial(?:ly)? complet)\b", -0.8),
    cue("condition", "before", r"\bif\b[^.]{0,60}$|\bin the event\b", -0.9),
    cue("agreement_near", "near", r"\b(?:dated|made|entered into|executed)\b[^.]{0,25}$", -2.0),
    cue("base_year", "sentence", r"\b(?:base year|index|insurance|tax(?:es)?|audit|invoice|fiscal|interest)\b", -1.2),
    cue("heading_term", "heading", r"\bterm\b|commencement|duration|lease period", 0.8),
    cue("exact_label", "label", r"^(?:the )?(?:lease |term |tenancy |rental )*(?:commencement|start|starting|beginning|effective|entry)(?: date)?\W*$|^date of entry|^move-?in date|^from$", 1.4),
    cue("pair_label", "label", r"(?:start|begin|commenc|move|from|first)\w*(?: date| day)?s? ?(?:/|-|–|&|and|to) ?(?:the )?(?:end|expir|terminat|last|to\b|out\b|move)", 2.6),
    cue("other_heading", "heading", r"\b(?:agents?|notices?|pets?|parking|repairs?|insurance|assign\w*)\b", -1.2),
    cue("second_of_two", "near", r"\d{4},? ?(?:/|-|–|to|and|through|thru|until) ?$", -4.0),
    cue("first_of_two", "after", r"^ ?/ ?(?=[a-z\d])", 1.2),
    cue("being_first", "after", r"^[ ,]{0,2}(?:being|is|as|will be) (?:the|your) first day", 3.6),
    cue("rent_start_label", "label", r"rent (?:commencement|start|payment)", -2.4),
    cue("rent_start_heading", "heading", r"rent (?:commencement|start|payment)", -1.4),
)  # fmt: skip
_END = (
    cue("end_near", "near", r"\b(?:end\w*|expir\w*|until|through|thru|terminat\w*|to and including|\d{4}to(?: and including)?|cease\w*|conclud\w*|midnight[a-z ]*|last day)\b[^.;]{0,30}$", 2.3),
    cue("out_by", "near", r"\b(?:out|move[sd]? out|vacates?|leaves?|gone)\b[^.;]{0,12}\b(?:by|before|on|no later than)[: ]*$", 4.0),
    cue("to_near", "near", r"(?:[-–]|(?:\b|\d)to) ?(?:and including )?(?:the )?$", 0.9),
    cue("end_far", "before", r"\b(?:expir\w+|end(?:s|ing)?|terminat\w+)\b", 0.9),
    cue("term_far", "before", r"\b(?:term|tenancy|lease period|demise|to hold|period)\b", 0.9),
    cue("end_label", "label", r"expir|\bend\b|terminat(?!ion right)|to$|through|^last day|^out$", 2.4),
    cue("term_label", "label", r"\bterm\b|tenancy|lease period", 1.2),
    cue("end_after", "after", r"^[ ,\"“(]{0,4}(?:the |herein )?[\"“(]*(?:lease |term )?(?:expiration|termination|ending|expiry) date|^[^.;]{0,30}\bunless (?:sooner|earlier|terminated)", 1.8),
    cue("pair", "near", r"\d{4}[, ]{0,3}(?:[\"“(][^)]{0,30}[)\"”] ?)?(?:and )?(?:to|through|thru|until|till|ending|and end\w*|expir\w*|terminat\w*|-|–)\b", 1.4),
    cue("remains", "near", r"\b(?:extended|remain)\b[^.;]{0,25}$", 1.6),
    cue("start_near", "near", r"\b(?:commenc\w*|beginn?\w*|start\w*|effective|from|dated|made|as of)\b[^,;]{0,20}$", -2.5),
    cue("start_label", "label", r"commencement|start|begin|move-?in", -2.2),
    cue("rent_step", "before", r"\$ ?\d|\brent (?:shall|of|for|period)|per month|monthly", -1.3),
    cue("rent_after", "after", r"^[ ,]{0,2}(?:the )?(?:(?:fixed|base|basic|minimum|monthly|annual|yearly|net) )+rent\b", -1.3),
    cue("rent_label", "label", r"^(?!.*\bterms?\b).*\brent\b", -1.4),
    cue("option", "before", r"\b(?:option|renew\w*|extension term|extended term|existing|prime|master|over-?lease|currently|originally|original term|free|abate\w*)\b", -1.4),
    cue("before_date", "near", r"\b(?:on or before|no later than|not later than|prior to|by)\b[^,;]{0,12}$", -2.0),
    cue("other", "sentence", r"\b(?:base year|index|insurance|tax(?:es)?|audit|invoice|fiscal|interest|deposit|notice)\b", -1.0),
    cue("heading_term", "heading", r"\bterm\b|commencement|duration|lease period|expiration", 0.8),
    cue("exact_label", "label", r"^(?:the )?(?:lease |term |tenancy |rental )*(?:expiration|expiry|end|ending|termination)(?: date)?\W*$|^date of (?:expiry|termination)", 1.4),
    cue("pair_label", "label", r"(?:start|begin|commenc|move|from|first)\w*(?: date| day)?s? ?(?:/|-|–|&|and|to) ?(?:the )?(?:end|expir|terminat|last|to\b|out\b|move)", 2.4),
    cue("second_of_two", "near", r"\d{4},? ?(?:/|and) ?$", 1.8),
    cue("being_last", "after", r"^[ ,]{0,2}(?:being|is|as|will be) (?:the|your) last day", 3.6),
    cue("lease_label", "label", r"^(?:prime |master |over)?lease expiration", -0.4),
)  # fmt: skip
_LENGTH = (
    cue("term_of", "near", r"\b(?:term|period|tenancy)\b[^.;]{0,40}$", 1.6),
    cue("hold_for", "near", r"\b(?:for|hold)\b[^.;]{0,25}$", 0.4),
    cue("term_label", "label", r"^(?:the |initial |lease |primary )*(?:term|length of term|tenancy|duration)\b", 2.0),
    cue("term_far", "before", r"\b(?:initial |lease |primary )?term\b", 0.7),
    cue("heading_term", "heading", r"^(?:the |initial |lease |primary )*(?:term|duration|demise|habendum)\b|term and|lease term", 1.0),
    cue("commencing", "after", r"^[^.;]{0,60}\b(?:commenc\w+|begin\w+|from|start\w+|beginning)\b", 1.6),
    cue("option", "sentence", r"\b(?:option\w*|renew\w*|extend\w*|extension|additional|additonal|further|successive|each)\b", -2.4),
    cue("option_label", "label", r"option|renew|exten", -2.0),
    cue("notice", "sentence", r"\b(?:notice|written|within|default|cure|after|prior|before|following|preceding|less than|exceed\w*|perpetuity|more than|at least|guarant\w*|warrant\w*|hold\w* over)\b", -1.2),
    cue("months_of", "after", r"^[ '’]*(?:base |monthly |minimum )?rent|^ (?:prior|notice|after|before|of the date)", -1.8),
    cue("anniversary", "after", r"^[- ]*anniversary\b", 1.6),
)  # fmt: skip

PRIORS = {
    "agreement_signed_date": priors(_SIGNED, bias=-3.2, at_front=1.0, first_lines=0.9, signature_line=1.6, early=-0.3, in_contents=-1.0, no_day=-1.0, first_made=1.0, at_end=0.2),
    "tenancy_start_date": priors(_START, bias=-3.4, at_front=0.5, early=0.3, in_contents=-1.0, no_day=-1.0, date_hereof=0.6, is_signed=-0.8, first_of_month=0.5),
    "tenancy_end_date": priors(
        (*_END, *(cue(f"length_{c.name}", c.zone, c.pattern.pattern, c.prior) for c in _LENGTH)),
        bias=-3.4, at_front=0.4, early=0.3, in_contents=-1.0, no_day=-1.0, derived=-0.2, last_of_month=0.5, after_start=0.8, before_start=-4.0, whole_years=0.8, matches_length=1.5,
    ),
}  # fmt: skip


def propose(layout: Layout, chosen: Mapping[str, Choice]) -> dict[str, list[Candidate]]:
    """Candidates for the date of the agreement and the start of the term."""
    found = _dates(layout)
    return {"agreement_signed_date": _signed(layout, found), "tenancy_start_date": _starts(layout, found)}


def propose_end(layout: Layout, chosen: Mapping[str, Choice]) -> dict[str, list[Candidate]]:
    """Candidates for the end of the term, once its start is chosen: dates as written, and start plus length."""
    start = _chosen(chosen, "tenancy_start_date")
    lengths = [*_lengths(layout), *_nth(layout)]
    derived = [c for c in (_derive(start, length) for length in lengths) if c] if start else []
    ends = {c.value for c in derived}
    written = []
    for date, about in _dates(layout):
        features = list(fired(_END, about) + place(layout, date.start) + _form(date.value))
        if start and len(date.value) == 10:
            features.append("after_start" if date.value > start.value else "before_start")
            if date.value in ends:
                features.append("matches_length")
            if date.value > start.value and add_days(date.value, 1)[5:] == start.value[5:]:
                features.append("whole_years")
        written.append(Candidate(date.value, date.start, date.end, tuple(features)))
    return {"tenancy_end_date": written + derived}


def _chosen(chosen: Mapping[str, Choice], name: str) -> Candidate | None:
    """The chosen candidate of another field if it is likely enough to reckon with, with a full date."""
    choice = chosen.get(name)
    return choice.candidate if choice and choice.probability >= 0.3 and len(str(choice.candidate.value)) == 10 else None


def _dates(layout: Layout) -> list[tuple[Found[str], Context]]:
    """Every date of the lease with what stands about it."""
    return [(f, context(layout, f.start, f.end)) for f in layout.dates]


def _form(value: str) -> tuple[str, ...]:
    """What the day itself says: first of a month, last of a month, no day."""
    if len(value) < 10:
        return ("no_day",)
    if value.endswith("-01"):
        return ("first_of_month",)
    return ("last_of_month",) if add_days(value, 1).endswith("-01") else ()


def _signed(layout: Layout, found: list[tuple[Found[str], Context]]) -> list[Candidate]:
    """Dates the agreement may bear; those of signature blocks too."""
    candidates = []
    first = True
    for date, about in found:
        features = fired(_SIGNED, about) + place(layout, date.start)
        if len(date.value) < 10:
            features += ("no_day",)
        if (
            first
            and ("made" in features or "dated" in features)
            and ("this_document" in features or "entered_into" in features)
        ):
            features, first = (*features, "first_made"), False
        if _MADE.search(layout.text, max(0, date.start - 60), date.start):
            features = (*features, *({"made_on"} - set(features)))
        if date.start < _FIRST:
            features += ("first_lines",)
        if date.start > 0.8 * len(layout.text):
            features += ("at_end",)
            if _SIGNS.search(layout.text, date.start - 120, date.start) and _LINE_ENDS.match(layout.text, date.end):
                features += ("signature_line",)
        candidates.append(Candidate(date.value, date.start, date.end, features))
    return candidates


_FIRST = 400  # characters: title and opening
_MADE = re.compile(
    r"\n[ \t]*(?:\(?\w{1,3}[.)][ \t]+)?(?:Made|Entered|Executed|Signed|Dated|MADE|ENTERED|EXECUTED|SIGNED|DATED)\b[^.;:\n\d]{0,36}$"
)
""" "Made May 6, 2025." as the first words of a line. """
_SIGNS = re.compile(r"\n[ \t]*[A-Z][^\n]{2,110}?,[ \t]*(?:[Dd]ated?:?[ \t]*|[Oo]n[ \t]+)?$")
"""A line that begins with a name and goes on to a date: a signature."""
_LINE_ENDS = re.compile(r"[ \t.]*(?:\n|$)")


def _starts(layout: Layout, found: list[tuple[Found[str], Context]]) -> list[Candidate]:
    """Dates on which the term may begin; "the date hereof" stands for the date of the agreement."""
    candidates = [
        Candidate(
            date.value, date.start, date.end, fired(_START, about) + place(layout, date.start) + _form(date.value)
        )
        for date, about in found
    ]
    signed = [d for d, about in found if "made" in fired(_SIGNED, about) or "dated" in fired(_SIGNED, about)]
    if signed and len(signed[0].value) == 10:
        for at in places(
            layout.low[:80_000],
            ["date hereof", "date of this lease", "date of this agreement", "date of this sublease"],
        ):
            match = _HEREOF.match(layout.low, at)
            if not match:
                continue
            about = context(layout, match.start(), match.end())
            features = ("date_hereof", *fired(_START, about), *place(layout, match.start()))
            if "commence" in features or "from" in features:
                candidates.append(Candidate(signed[0].value, match.start(), match.end(), features, flags=("derived",)))
    return candidates


_HEREOF = re.compile(r"date (?:hereof|of this (?:lease|agreement|sublease))")


def _lengths(layout: Layout) -> list[tuple[Candidate, int]]:
    """Lengths the term may have, with their months."""
    lengths = []
    for found in layout.durations:
        months = found.value.months
        if months is None or not 1 <= months <= 1200:
            continue
        about = context(layout, found.start, found.end)
        names = fired(_LENGTH, about)
        if {"term_of", "term_label", "heading_term", "commencing", "hold_for"} & set(names):
            features = tuple(f"length_{n}" for n in names) + place(layout, found.start)
            lengths.append((Candidate(months, found.start, found.end, features), months))
    return lengths


_NTH = re.compile(
    rf"(?P<ord>{ORDINAL_WORDS}|[a-z]+-[a-z]+)?\s*\(?(?P<n>\d{{1,3}})?(?:st|nd|rd|th)?\)?\s*(?:full\s+)?(?:calendar\s+)?(?P<what>months?\b|(?:annual\s+)?anniversary)\b",
    re.IGNORECASE,
)


def _nth(layout: Layout) -> list[tuple[Candidate, int]]:
    """ "the last day of the sixty-third (63rd) full calendar month", "the day before the seventh anniversary"."""
    lengths = []
    for at in places(layout.low[:120_000], ["anniversary", "calendar month", "full month"]):
        match = max(_NTH.finditer(layout.text, max(0, at - 40), at + 16), key=lambda m: m.end(), default=None)
        if not match or not (match["n"] or match["ord"]):
            continue
        count = int(match["n"]) if match["n"] else ordinal(match["ord"])
        lead = layout.low[max(0, match.start() - 160) : match.start()]
        if (
            not count
            or not re.search(r"\b(?:end|expir|terminat|until|through)", lead)
            or not re.search(
                r"\bthe\s*$|\bthe day (?:before|preceding|prior to)[a-z ]*$|\b(?:of|in which) the\s*$", lead
            )
        ):
            continue
        about = context(layout, match.start(), match.end())
        names = {*fired(_LENGTH, about), "anniversary"}
        months = count * 12 if "anniv" in match["what"].lower() else count
        if 3 <= months <= 1200:
            features = tuple(f"length_{n}" for n in sorted(names)) + place(layout, match.start())
            lengths.append((Candidate(months, match.start(), match.end(), features), months))
    return lengths


def _derive(start: Candidate, length: tuple[Candidate, int]) -> Candidate | None:
    """The last day of a term that begins at `start` and is as long as `length`."""
    candidate, months = length
    end = add_days(add_months(start.value, months), -1)
    features = (*candidate.features, "derived", *_form(end))
    return Candidate(end, candidate.start, candidate.end, features, flags=("derived",))
