"""Who pays the electricity of the premises: in sentences, tables, lists by payer and checkboxes."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from pipeline.generate.offline.lease.candidates import Candidate, Context, context, cue, fired, place, priors
from pipeline.generate.offline.lease.layout import LIMIT, Layout
from pipeline.generate.offline.lease.quotes import words_about
from pipeline.generate.offline.lease.scorer import Choice
from pipeline.values.keywords import places

_POWER = (
    cue("power", "inside", r"electric|power|hydro", 0.8),
    cue("utilities_heading", "heading", r"utilit|electric|services|heat|who pays|bills", 1.0),
    cue("utilities_label", "label", r"utilit|electric|services|bills|pays", 1.2),
    cue("charges", "sentence", r"\b(?:charges?|costs?|bills?|expenses?|consum\w*|used|meter\w*|furnish\w*|suppl\w*|provid\w*|service)\b", 0.6),
    cue("premises", "sentence", r"\b(?:premises|apartment|unit|space|property|building)\b", 0.3),
    cue("works", "sentence", r"\b(?:wiring|alterations?|install\w*|repair\w*|maintain\w*|maintenance|fixtures|panels?|outlets?|conduits?|lines|interrupt\w*|fail\w*|plumbing|systems?|capacity|easement\w*|disconnect\w*|damage\w*|code|plans?|excessive|excess|exceed\w*|after[- ]hours?|common areas?|parking|hazard\w*|acts?|liab\w*|drawings?|load)\b", -0.9),
    cue("ordinary", "sentence", r"\b(?:normal|reasonable amounts?|customary|ordinary|standard)\b", 0.2),
    cue("included", "sentence", r"\bincluded in (?:the |base |monthly )*rent\b|\bat no (?:additional )?(?:cost|charge)\b|\brent includes\b|\bare in the rent\b", 0.6),
    cue("other_services", "sentence", r"\b(?:water|gas|sewer|internet|trash|heat)\b", 0.3),
)  # fmt: skip
PRIORS = {
    "utilities_terms_electricity": priors(
        _POWER, bias=-2.6, at_front=0.1, early=0.1, in_contents=-2.0, pays=1.8, provides=0.8, pay_words=0.4, is_owner=-0.5, is_shared=-0.6, is_tenant=0.2, row=3.0, checked=3.5, by_payer=2.6, plain=1.6, split=1.2,
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Payers:
    """Patterns of who pays, for one kind of wording."""

    tenant_pays: re.Pattern[str]
    owner_pays: re.Pattern[str]
    tenant: str
    owner: str


@cache
def _payers(plain: bool) -> Payers:
    """The patterns, with "you", "we" and "I" where a lease is written in plain language."""
    you, we = ("|you", "|we|i") if plain else ("", "")
    tenant = rf"(?:sub-?)?(?:tenants?|lessees?|renters?|residents?|occupants?|licensees?|roommates?|party b{you})"
    owner = rf"(?:sub-?)?(?:land\s?lords?|lessors?|licensors?|owners?|management|community|party a{we})"
    tenant_pays = re.compile(
        rf"\b{tenant}\b(?:['’]s)?[^.;]{{0,90}}?\b(?:pay|pays|buys?|bear|(?:solely )?(?:responsible|liable)|secure|arrange|contract|obtain|reimburse|discharge)\b"
        rf"|paid (?:for )?by (?:the )?{tenant}|(?:at|by) (?:the )?{tenant}['’]?s? (?:sole |own )*(?:cost|expense)|billed (?:directly )?to (?:the )?{tenant}|\b{tenant}['’]s responsibility|(?:responsibility|account|expense) of (?:the )?{tenant}|\bin (?:the )?{tenant}s?['’]s? (?:own )?name\b"
        r"|(?:^|[:;,)\d] ?|and )to (?:promptly |punctually |be (?:solely )?responsible for and (?:promptly )?)?(?:pay|bear|discharge)\b|\bto be (?:solely )?responsible for\b|\bto pay (?:for )?(?:all |the |any )?(?:charges |costs |bills |accounts )?(?:[a-z]+,? (?:and )?){0,4}(?:electric|utilit)"
        rf"|\bresponsible for (?:all )?(?:the )?(?:payment of )?(?:utilit|electric)|\b{tenant}['’]s? (?:existing |own |separate )?(?:electric(?:al|ity)? )?meter|separately metered (?:and|to)|sub-?meter"
    )  # fmt: skip
    owner_pays = re.compile(
        rf"\b{owner}\b[^.;]{{0,60}}?\b(?:shall|will|agrees to|to|is)?\s*(?:pay|pays|paying|furnish|provide|supply|bear|be responsible|responsible)\b|paid (?:for )?by (?:the )?{owner}"
        rf"|(?:at|by) (?:the )?{owner}['’]?s? (?:sole |own )*(?:cost|expense)|included in (?:the |base |monthly |gross )*rent|\b(?:are|is|comes?) in the rent\b|rent (?:shall )?includes?"
    )
    return Payers(tenant_pays, owner_pays, tenant, owner)


_POWER_WORD = re.compile(
    r"(?:electric(?:ity|al)?(?:\s+(?:current|power|energy|service|bill))?|(?<!purchasing )power|hydro|utilit(?:y|ies))\b"
)
_SHARED = re.compile(r"\b(?:pro[- ]?rata|proportionate|shared?|split|equally|percent|%|excess)\b")
_SPLIT = re.compile(
    r"\bsplit\b|\bequally\b|\b(?:one|other) half\b|\bhalf of\b|\b(?:percent|%) of (?:it|each|the (?:electric\w*|bill|whole|total))|\bpays? (?:us|me) [^.;]{0,20}(?:percent|%|half|third)|\bup to \$ ?\d|\btoward|\bover \$ ?\d[^.;]{0,30}\b(?:pay|billed)"
)
_LIST_WORDS = re.compile(r"[a-z ,&/()\n'’-]*")
_CHECKED = re.compile(r"(?:\[\s?x\s?\]|☒|☑|✓|\(\s?x\s?\))\s*(?P<who>[a-z]+)")
_TENANT = re.compile(r"(?:sub-?)?(?:tenant|lessee|renter|resident|occupant|licensee|roommate|student)")
_OWNER = re.compile(
    r"(?:sub-?)?(?:land\s?lord|lessor|licensor|owner|management|community|(?<!not )included|in (?:the )?rent)"
)


def propose(layout: Layout, chosen: Mapping[str, Choice]) -> dict[str, list[Candidate]]:
    """Candidates for who pays the electricity."""
    return {"utilities_terms_electricity": [*_said(layout), *_rows(layout), *_by_payer(layout), *_yours(layout)]}


def is_plain(layout: Layout) -> bool:
    """Whether the lease speaks of "you", "we" or "I"."""
    head = layout.low[:20_000]
    return sum(head.count(w) for w in (" you ", " your ", " we ", " my ", " mine", " i ")) >= 5 + len(head) // 2_000


def _candidate(layout: Layout, value: str, start: int, end: int, features: tuple[str, ...]) -> Candidate:
    marks = (*features, *place(layout, start), f"is_{value}")
    return Candidate(value, start, end, tuple(dict.fromkeys(marks)), quote=words_about(layout.text, start, end))


def _said(layout: Layout) -> Iterator[Candidate]:
    """Sentences about electricity or utilities in general that say who pays."""
    last, payers = -400, _payers(is_plain(layout))
    for at in sorted(
        places(layout.low[:LIMIT], ["electric", "utilit", "hydro", " power,", " power and", " power is", "\npower is"])
    ):
        if at - last < 60:
            continue
        match = _POWER_WORD.match(layout.low, at + layout.low[at].isspace())
        if not match:
            continue
        about = context(layout, match.start(), match.end(), before=300, after=220)
        sentence = about.zone("sentence")
        tenant, owner = payers.tenant_pays.search(sentence), payers.owner_pays.search(sentence)
        if (
            not tenant
            and not owner
            and not (about.inside.startswith("electric") and is_plain(layout) and _SPLIT.search(sentence))
        ):
            continue
        last = at
        if tenant and owner:
            first = owner.start() < tenant.start() and re.search(r"pay|included|responsib|rent", owner[0])
            value = "owner" if first else "tenant"
        else:
            value = "tenant" if tenant else "owner"
        features = fired(_POWER, about)
        said = tenant if value == "tenant" else owner
        paying = said and re.search(r"pay|paid|bear|buy|responsib|cost|expense|billed|reimburse|included|rent|name", said[0])  # fmt: skip
        features += ("pays" if paying else "provides",)
        if _is_shared(about, sentence, match[0]):
            value, features = "shared", (*features, "split")
        yield _candidate(layout, value, match.start(), match.end(), features)


def _is_shared(about: Context, sentence: str, word: str) -> bool:
    """Whether a sentence divides the bill between the two."""
    if _SHARED.search(about.after[:80]) and re.search(r"\b(?:split|shared|equally)\b", sentence):
        return True
    near = f"{about.before[-110:]} {about.inside} {about.after[:110]}"
    return word.startswith("electric") and bool(_SPLIT.search(near))


def _rows(layout: Layout) -> Iterator[Candidate]:
    """Rows and labels: "Electricity | Resident", "Electricity: [ ] Landlord [X] Tenant"."""
    for item in layout.labels:
        label = item.label.lower()
        if not re.search(r"electric|\bpower\b|utilit", label) or len(label) > 60:
            continue
        boxes = layout.text.startswith(("[", "☐", "☒", "☑", "□"), item.start)
        value = layout.low[item.start : item.start + 90 if boxes else min(item.end, item.start + 90)]
        if stop := re.search(r"[.;]\s|\n(?=[^\n]*:)|\b(?:gas|water|internet|trash|sewer|cable)\b[^.\n]{0,12}:", value):
            value = value[: stop.start()]
        source = "row"
        if checked := _CHECKED.search(value):
            value, source = value[checked.start("who") :], "checked"
        elif re.search(r"\[\s?\]", value):
            continue
        if re.search(r"\btoward", value) or (
            re.search(r"electric", label + value) and re.match(r"[^.]{0,8}\bshared\b", value)
        ):
            about = context(layout, item.start, item.start + 4)
            yield _candidate(layout, "shared", item.start, item.end, ("row", *fired(_POWER, about)))
            continue
        tenant, owner = _TENANT.search(value), _OWNER.search(value)
        if not tenant and not owner:
            continue
        if source == "row" and len(value) > 60 and "utilit" in label:
            source = "pay_words"
        first = min((m for m in (tenant, owner) if m), key=lambda m: m.start())
        both = tenant and owner and source == "row" and re.search(r"\b(?:and|both)\b|/", value)
        answer = "shared" if both else "tenant" if first is tenant else "owner"
        start = item.start + (checked.start() if checked else first.start())
        about = context(layout, start, start + 4)
        yield _candidate(
            layout, answer, item.at, max(start + 12, item.end if boxes else 0), (source, *fired(_POWER, about))
        )


_PAYER = re.compile(
    r"\b(?P<who>(?:sub-?)?(?:tenants?|lessees?|renters?|residents?|land\s?lords?|lessors?|owners?|management|community))(?: (?:to pay|pays?(?: for)?|furnishes|provides|shall pay(?: for)?))?\s*:\s*(?P<list>[^.;:]{0,160})"
)


def _by_payer(layout: Layout) -> Iterator[Candidate]:
    """Lists by payer: "Owner pays: water, trash. Resident pays: electricity, gas"."""
    low = layout.low[:LIMIT]
    for at in places(low, ["electric", "power"]):
        window = max(0, at - 170)
        match = max(_PAYER.finditer(low, window, min(len(low), at + 14)), key=lambda m: m.start(), default=None)
        if not match or match.end() < at or not _LIST_WORDS.fullmatch(match["list"][: at - match.start("list")]):
            continue
        value = "tenant" if _TENANT.match(match["who"]) else "owner"
        about = context(layout, at, at + 8)
        yield _candidate(layout, value, match.start(), at + 8, ("by_payer", *fired(_POWER, about)))


_IS = re.compile(
    r"(?:electric\w*|power)\b[^.;:]{0,40}?\b(?:is|are|will be)\s+(?:on\s+)?(?:the\s+)?(?P<who>yours|your (?:own )?(?:responsibility|affair|account|business)|on you|mine|ours|my (?:own )?(?:responsibility|affair|account)"
    r"|(?:sub)?(?:tenants?|lessees?|residents?|renters?)['’]?s?['’]?(?: own)?(?: responsibility| affair| account)?(?=[\s.,;])|(?:land\s?lord|lessor|owner)['’]s)"
)


def _yours(layout: Layout) -> Iterator[Candidate]:
    """ "Electricity is yours", "electricity is the Tenants' own affair"."""
    for at in places(layout.low[:LIMIT], ["electric", "power is", "power and"]):
        if match := _IS.match(layout.low, at):
            who = match["who"]
            value = "owner" if re.match(r"mine|ours|my|land|lessor|owner", who) else "tenant"
            about = context(layout, match.start(), match.end())
            yield _candidate(layout, value, match.start(), match.end(), ("plain", *fired(_POWER, about)))
