"""Notice to end the tenancy, options to renew, what the premises may be used for."""

import re
from collections.abc import Iterator, Mapping

from pipeline.generate.offline.lease.candidates import Candidate, context, cue, fired, place, priors
from pipeline.generate.offline.lease.layout import LIMIT, Layout
from pipeline.generate.offline.lease.scorer import Choice
from pipeline.values.keywords import places
from pipeline.values.numerals import CARDINAL_WORDS, cardinal

_NOTICE = (
    cue("notice", "sentence", r"\bnotice\b|\bnotify\b|\bnotification\b|\bin writing\b|\b(?:tells?|inform|say so|let (?:me|us) know)\b|\bahead\b", 1.4),
    cue("plain_notice", "sentence", r"\b(?:tells?|say so|let (?:me|us) know)\b|\bahead\b", 0.0),
    cue("either_side", "sentence", r"\beither (?:side|of the two|of us|one|way)\b|\b(?:does|do) not (?:wish|mean|want|intend)\b|\bwishes? to\b", 1.0),
    cue("before_end", "after", r"^[^.;]{0,40}\bbefore (?:the |it |that )?(?:\w+ )?(?:ends?|ending|term|expir\w*|end of|date)\b", 1.0),
    cue("checked", "near", r"(?:\[\s?x\s?\]|☒|☑)\s*$", 1.5),
    cue("notice_after", "after", r"^[ '’,]*(?:advance|prior|previous|written|in advance|clear|notice|before)", 1.1),
    cue("end_tenancy", "sentence", r"\b(?:terminat\w*|ends?|ended|ending|cancel\w*|vacat\w*|quit|move out|moves out|leave|break)\b", 1.1),
    cue("this_lease", "sentence", r"\b(?:terminat\w*|end(?:ing)?|cancel\w*|break|determin\w*)\b[^.;]{0,30}\b(?:this|the|said) (?:sub-?)?(?:lease|agreement|tenancy|term|contract|rental)\b", 1.3),
    cue("either", "sentence", r"\beither party\b|\bby either\b|\bboth parties\b|\blandlord or tenant\b|\btenant or landlord\b", 1.4),
    cue("month_to_month", "sentence", r"\bmonth[- ]to[- ]month\b|\bmonthly tenan\w*|\bperiodic\b|\bfrom month to month\b", 1.2),
    cue("renewal", "sentence", r"\b(?:automatic\w*|renew\w*|not to renew|non-?renewal|intention|intent)\b", 0.1),
    cue("non_renewal", "sentence", r"\b(?:non-?renewal|not (?:to )?renew|intent\w* (?:not|to (?:vacate|terminate|quit|move|end))|automatically renew|auto-?renew)\b", 1.4),
    cue("right_to_end", "sentence", r"\b(?:right|option|may|entitled|elect) to (?:terminate|cancel|end|determine|break)|\bmay (?:at any time )?(?:terminate|cancel|end)\b|early termination|break (?:option|clause|date|right)", 1.1),
    cue("default", "sentence", r"\b(?:default\w*|breach\w*|cure[sd]?|remed(?:y|ied|ies)|fail(?:s|ure|ed)?|nonpayment|non-payment|violat\w*|comply|unpaid|delinquen\w*|bankrupt\w*|insolven\w*|abandon\w*|vacate[sd]? or)\b", -1.7),
    cue("casualty", "sentence", r"\b(?:casualt\w*|fire|destroy\w*|destruction|damage[sd]?|condemn\w*|taking|restor\w*|untenant\w*|rebuil\w*|repair\w*|eminent|hazard\w*)\b", -1.7),
    cue("insurance", "sentence", r"\b(?:insur\w*|polic(?:y|ies)|certificate|estoppel|assign\w*|sublet\w*|subleas\w*|mortgag\w*|lender|consent|audit|enter|entry|inspect\w*|alteration\w*|lien\w*|offer|expansion|invoice|statement)\b", -1.4),
    cue("renewal_option", "sentence", r"\b(?:option to (?:renew|extend)|exercise[sd]?|renewal (?:option|term)|extension (?:option|term)|extended term|market rent|fair market)\b", -1.3),
    cue("notice_heading", "heading", r"terminat|notice to|vacat|month-to-month|break|cancel|renewal|holding|hold over|holdover", 1.0),
    cue("default_heading", "heading", r"default|damage|destruct|casualty|condemn|insur|assign|remed|bankrupt|repair|estoppel|subordinat|sale|mortgage|tax|hazard|improve|construct|alterat", -1.3),
    cue("label", "label", r"notice|terminat", 1.2),
    cue("entry", "sentence", r"\b(?:rent increase|increase|change|rules|relocat\w*|substitut\w*|delay\w*|completion|deliver\w* possession|deposit|refund\w*|forward\w*|belongings|inspection|hold(?:ing)? over|market|tax\w*|permit\w*)\b", -0.9),
    cue("within", "near", r"\b(?:within|after|following|for more than|exceed\w*|period of|first|than)\b[^.;,]{0,16}$", -0.8),
    cue("at_least", "near", r"\b(?:at least|not less than|no less than|minimum(?: of)?|upon|with|by giving|giving|on)\b[^.;,]{0,20}$", 1.0),
)  # fmt: skip
_RENEW = (
    cue("option", "sentence", r"\b(?:option\w*|right|entitled to|may (?:be )?(?:renew\w*|extend\w*))\b", 1.2),
    cue("renew", "sentence", r"\b(?:renew\w*|extend\w*|extension\w*)\b", 1.4),
    cue("tenant", "sentence", r"\b(?:tenant|lessee|subtenant|licensee|party b)\b", 0.6),
    cue("grant", "sentence", r"\b(?:grant\w*|shall have|has|hereby|given|entitled|exercise\w*)\b", 0.7),
    cue("heading", "heading", r"option|renew|exten", 1.6),
    cue("label", "label", r"option|renew|exten", 2.0),
    cue("additional", "near", r"\b(?:additional|further|successive|consecutive|period\w*|terms?|options?|of|for)\b", 0.6),
    cue("notice", "after", r"^[ '’,]*(?:prior|before|written|advance|notice|after|of the)", -2.2),
    cue("notice_near", "near", r"\b(?:within|at least|less than|prior to|not more than|later than|earlier than|notice)\b[^.;]{0,20}$", -2.2),
    cue("first", "near", r"\binitial\b|\boriginal\b|\bfirst refusal\b|\bprimary\b", -0.8),
    cue("prime", "sentence", r"\b(?:prime lease|master lease|over-?lease|construction|completion|insurance|landlord shall extend|purchase|default|cure|warrant\w*|month[- ]to[- ]month)\b", -1.4),
)  # fmt: skip
_USE = (
    cue("only", "sentence", r"\b(?:only|solely|exclusively|sole|no other)\b", 1.0),
    cue("use_heading", "heading", r"\buse\b|purpose|occupan", 1.2),
    cue("use_label", "label", r"\buse\b|permitted|purpose|business", 2.2),
    cue("premises", "sentence", r"\b(?:premises|property|apartment|space|dwelling|unit|building|house)\b", 0.7),
    cue("tenant", "sentence", r"\b(?:tenant|lessee|subtenant|resident|party b)\b", 0.5),
    cue("not", "near", r"\b(?:not|nor|no|without|unless|other than|prohibit\w*)\b[^.;,]{0,35}$", -2.0),
    cue("not_use", "before", r"\bnot\b[^;,]{0,20}\b(?:use|used|occupy|occupied|permit\w*)\b[^;]{0,100}$", -2.5),
    cue("no_part", "before", r"\b(?:no part|shall not|not be|may not|will not|neither|never)\b[^;]{0,110}$", -2.0),
    cue("parking", "sentence", r"\b(?:parking|common areas?|insurance|condemn\w*|proceeds|hazardous|substances|deposit|signs?|storage of|roof|antenna|equipment|alterations?|insurer)\b", -1.0),
    cue("landlord", "before", r"\b(?:landlord|lessor)\b[^.;]{0,60}$", -0.8),
)  # fmt: skip
PRIORS = {
    "termination_notice_min_days": priors(_NOTICE, bias=-4.4, at_front=0.2, early=0.1, in_contents=-1.0, short=-0.8, typical=0.5, residential=1.0, end_of_document=-0.2),
    "renewal_option": priors(_RENEW, bias=-4.2, at_front=0.2, early=0.0, in_contents=-1.5, count=0.8, plain=-0.6),
    "permitted_use": priors(_USE, bias=-2.8, at_front=0.6, early=0.2, in_contents=-1.5, verb=1.4, named=0.6, label_value=0.6,
        purpose=0.6, long=-0.3, words_of_use=0.8, living=1.4),
}  # fmt: skip


def propose(layout: Layout, chosen: Mapping[str, Choice]) -> dict[str, list[Candidate]]:
    """Candidates for notice, renewal and use."""
    return {
        "termination_notice_min_days": list(_notices(layout)),
        "renewal_option": [*_renewals(layout), *_plain_renewals(layout)],
        "permitted_use": list(_uses(layout)),
    }


def _residential(layout: Layout) -> bool:
    """Whether people are to live in the premises."""
    head = layout.low[:6_000]
    return sum(head.count(w) for w in ("residential", "apartment", "dwelling", "resident", "occupants", "pets")) >= 2


def _notices(layout: Layout) -> Iterator[Candidate]:
    """Lengths of notice, in days."""
    residential = _residential(layout)
    known = {found.end for found in layout.durations}
    lengths = [(found.start, found.end, found.value.days) for found in layout.durations]
    lengths += [
        (m.start(), m.end(), 30 * (cardinal(m["n"]) or 1))
        for m in _MONTHS.finditer(layout.text[:LIMIT])
        if m.end() not in known
    ]
    for start, end, days in lengths:
        if not 5 <= days <= 800:
            continue
        nearby = layout.low[max(0, start - 260) : end + 200]
        if not any(word in nearby for word in ("noti", "in writing", "ahead", "tell", "say so")):
            continue
        about = context(layout, start, end, before=280, after=220)
        features = [*fired(_NOTICE, about), *place(layout, start)]
        if "notice" not in features or not {
            "end_tenancy",
            "non_renewal",
            "month_to_month",
            "notice_heading",
            "label",
        } & set(features):
            continue
        if days < 15:
            features.append("short")
        if days in (30, 60, 90, 180):
            features.append("typical")
        if residential:
            features.append("residential")
        yield Candidate(days, start, end, tuple(features))


_MONTHS = re.compile(  # "a month's notice", "one full rental month"
    r"\b(?P<n>an?|one|two|three)\s+(?:(?:full|clear|whole|complete)\s+)?(?:(?:rental|calendar|rent)\s+)?(?:months?|rental\s+period)(?:['’]s?)?(?=\s)",
    re.IGNORECASE,
)


_LENGTH = re.compile(rf"\b(?:{CARDINAL_WORDS}|\d+)\s*(?:\(\s*\d+\s*\)\s*)?[-\s]*(?:year|month)s?\b", re.IGNORECASE)
_COUNT = re.compile(
    rf"\b(?P<n>{CARDINAL_WORDS}|\d)\s*(?:\(\s*(?P<d>\d)\s*\)\s*)?(?:[a-z-]+\s+|~\s*){{0,3}}?(?:options?|terms?|periods?|extensions?|renewals?|times)\b",
    re.IGNORECASE,
)


def _count(words: str) -> int | None:
    """How many options a sentence gives, lengths of time left out: "two (2) consecutive five (5) year terms" is 2."""
    match = _COUNT.search(_LENGTH.sub("~ ", words))
    number = (
        int(match["d"] or 0) or (int(match["n"]) if match["n"].isdigit() else cardinal(match["n"])) if match else None
    )
    return number if number and 1 <= number <= 9 else None


def _renewals(layout: Layout) -> Iterator[Candidate]:
    """Lengths of time in sentences about renewing: "two 5-year options"."""
    for found in layout.durations:
        if found.value.unit not in ("year", "month"):
            continue
        near = layout.low[max(0, found.start - 320) : found.end + 160]
        if not ("renew" in near or "exten" in near or "option" in near):
            continue
        about = context(layout, found.start, found.end, before=320, after=140)
        features = [*fired(_RENEW, about), *place(layout, found.start)]
        if not ({"renew", "heading", "label"} & set(features)) or (
            "option" not in features and "label" not in features and "heading" not in features
        ):
            continue
        count = _count(f"{about.before[-200:]} {about.inside} {about.after[:60]}")
        if count:
            features.append("count")
        count = count or 1
        length, unit = found.value.count, found.value.unit
        words = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
        value = f"{words[count - 1]} {length:g}-{unit} option{'s' if count > 1 else ''}"
        start = max(found.start - 90, 0)
        yield Candidate(
            value,
            found.start,
            found.end,
            tuple(dict.fromkeys(features)),
            key=f"{length:g}{unit}",
            quote=(layout.text.find(" ", start, found.start) + 1 or found.start, found.end),
        )


_PLAIN = re.compile(
    r"(?:option|right|wishes?|desires?|may|entitled|request)\s+to\s+(?:renew|extend)\b|\b(?:may|shall)\s+(?:be\s+)?(?:renewed?|extended?)\b|automatic(?:ally)?\s+renew\w*",
    re.IGNORECASE,
)

_DEFINED = re.compile(  # what the word stands for gives no option
    r"\bOption\W{1,3}\s*(?:shall\s+(?:mean|have)|means|as\s+used)\b"
)


def _plain_renewals(layout: Layout) -> Iterator[Candidate]:
    """Sentences about renewing that give no length: their own words."""
    for at in places(layout.low, ["renew", "to extend"]):
        match = _PLAIN.search(layout.text, max(0, at - 40), at + 40)
        if not match or _DEFINED.search(layout.text, max(0, match.start() - 120), match.end()):
            continue
        about = context(layout, match.start(), match.end(), before=200, after=200)
        features = ("plain", *fired(_RENEW, about), *place(layout, match.start()))
        words = re.sub(r"[\s_]+", " ", layout.text[max(0, match.start() - 60) : match.end() + 110])
        words = words[words.find(" ") + 1 : words.rfind(" ")]
        yield Candidate(words, match.start(), match.end(), features, key="plain")


_VERB = re.compile(
    r"\b(?:us(?:e|ed|ing)|occup(?:y|ied)|(?:used? and occup\w+|occup\w+ and used?))\b(?:[\s,]+(?:the|said|leased|demised|subleased|sublet|premises|property|space|apartment|unit|dwelling|by|tenant|lessee|subtenant|resident|tenants?['’]s?|lessee['’]s|immediate|family|his|her|their|members?|of|licensed?|and|occupied|or|only|solely|exclusively|it|same|to|be|as))*?"
    r"[\s,]+(?:only\s+|solely\s+|exclusively,?\s+|strictly\s+|primarily\s+)*(?:for|as|in connection with)[:\s]\s*(?:(?:\[\s?[xX]\s?\]|☒|☑)\s*)?(?:(?:only\s+|solely\s+)?(?:the\s+|a\s+)?(?:sole\s+|only\s+|following\s+|limited\s+|exclusive\s+)*(?:and exclusive\s+)?(?:purposes?|use|business)(?:\s+(?:and|or)\s+(?:purposes?|uses?)(?=:))?(?:\s+of|:|\s+only\s+of)?\s*(?:conducting\s+|operating\s+|maintaining\s+)?(?:therein\s+)?)?(?P<use>[^.;\n]{3,260}(?:\n[^.;\n]{3,160})?)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"[\"“”‘']?(?:the\s+)?(?:Permitted|Specified|Authori[sz]ed|Agreed)\s+(?:Uses?|Purposes?)[\"“”’']?(?:\s+of\s+the\s+(?:leased\s+|demised\s+)?(?:premises|property|space)(?:\s+under\s+this\s+lease)?)?\s*(?:shall\s+mean|means|shall\s+be|shall(?=\s+for\b)|is|are|:)\s*(?:(?:use\s+)?(?:only\s+)?(?:as|for)\s+)?(?:the\s+operation\s+of\s+(?:an?\s+)?)?(?P<use>[^.;\n]{3,220}(?:\n[^.;\n]{3,160})?)",
    re.IGNORECASE,
)
_PURPOSE = re.compile(
    r"\bfor\s+(?:the\s+)?(?:sole\s+|only\s+|exclusive\s+)?purposes?\s+of\s+(?:conducting\s+)?(?:therein\s+)?(?:the\s+business\s+of\s+)?(?P<use>[^.;\n]{3,200}(?:\n[^.;\n]{3,160})?)",
    re.IGNORECASE,
)
_FOR_AS = re.compile(r"\b(?:for|as|in connection with)\s")
_USE_END = re.compile(
    r"(?i)(?:,\s+(?:the\s+)?(?:tenant|lessee|resident)\s+(?:shall|will|may|must|agrees)\b|,?\s+save\s+(?:that|for|as)\b|,?\s+and\s+(?:for\s+)?(?:no|not)\s+(?:other|for)|,?\s+and\s+(?:tenant|lessee|shall|subject|that|the\s+tenant|no\s+part)|,?\s+(?:but|subject|provided|unless|without|except|which|so\s+long|during|in\s+accordance|consistent|pursuant|or\s+(?:for\s+)?any\s+other\s+(?:lawful\s+)?(?:use|purpose)s?\s+(?:without|with)|upon\s+the\s+terms|in\s+approximately|at\s+the\s+premises)\b|\s+only\b|\s+and\s+related\s+uses\s+and|\s\(|:\s)"
)
_WORDS = re.compile(
    r"(?i)\b(?:office\w*|retail|warehous\w*|storage|manufactur\w*|residen\w*|dwelling|restaurant|store|shop|sale|laborator\w*|research|distribution|medical|clinic|purposes|single[- ]family|living|home|showroom|industrial|commercial|business|assembly|light|production|school|hotel|farm\w*|bank\w*)\b"
)
_GENERIC = re.compile(
    r"(?i)^(?:the\s+(?:permitted|specified|authori[sz]ed|agreed|uses?)|specified|set forth|provided|described|permitted|defined|such|any|the (?:purpose|purposes|benefit|term|use|repair)|that|this|all|its|their|tenant|other|which|purposes? (?:other|of this|hereunder)|a period|such purposes?|public|each|non-?payment)\b"
)


_LIVING = re.compile(
    r"\b(?:as|for|is|to\s+be|be)\s+(?:used\s+(?:only\s+)?as\s+)?(?:only\s+|solely\s+|exclusively\s+)?(?:an?\s+|the\s+|their\s+|his\s+|her\s+|your\s+|our\s+)?(?P<use>(?:(?:private|single|one|family|[Ss]ingle[- ]family|residential|seasonal|primary|principal|personal|sole)[\s,-]+){0,3}"
    r"(?:dwelling|residence|home|household|residential\s+(?:purposes|use)|living(?:\s+and\s+\w+ing)?(?:\s+(?:purposes|in))?))\b(?!\s+(?:known|house|unit|located|situated|at|office|of\s+(?:the\s+)?(?:landlord|lessor|any)|phone|address|improvement|telephone|building|care))"
)
_USE_LABEL = re.compile(
    r"(?i)^(?:the\s+)?(?:permitted|specified|authori[sz]ed|agreed)?\s*(?:uses?|purposes?|type of business|user)(?: of (?:the )?(?:premises|property))?\W*$"
)
_USE_VALUE = re.compile(r"(?P<use>[^.;\n]{3,220}(?:\n[^.;\n]{3,160})?)")


def _uses(layout: Layout) -> Iterator[Candidate]:
    """What the premises may be used for."""
    text = layout.text[:LIMIT]
    for at in places(layout.low[:LIMIT], ["used", "use ", "use\n", "using", "occupy", "occupied"]):
        if _FOR_AS.search(layout.low, at, at + 140) and (match := _VERB.match(text, at)):
            yield from _use(layout, match, "verb")
    for at in places(
        layout.low[:LIMIT], ["permitted use", "permitted purpose", "specified use", "authorized use", "agreed use"]
    ):
        if match := _NAMED.match(text, at):
            yield from _use(layout, match, "named")
    for at in places(layout.low[:40_000], ["purpose"]):
        if match := _PURPOSE.search(text, max(0, at - 24), at + 260):
            yield from _use(layout, match, "purpose")
    seen = set()
    for at in places(layout.low[:60_000], ["dwelling", "residence", "residential", " home", "household", "living"]):
        match = _LIVING.search(text, max(0, at - 70), at + 40)
        if match and match.start() not in seen:
            seen.add(match.start())
            yield from _use(layout, match, "living")
    for item in layout.labels:
        if _USE_LABEL.match(item.label.strip()) and (
            match := _USE_VALUE.match(text, item.start, min(item.end, len(text)))
        ):
            yield from _use(layout, match, "label_value")


def _use(layout: Layout, match: re.Match[str], source: str) -> Iterator[Candidate]:
    """One use, cut to its own words."""
    start = match.start("use")
    raw = match["use"]
    stop = _USE_END.search(raw, 3)
    raw = raw[: stop.start()] if stop else raw
    value = re.sub(r"[\s_]+", " ", raw).strip(' ,:-–"“”')
    if len(value) < 5 or _GENERIC.match(value):
        return
    words = value.split()
    about = context(layout, start, start + len(raw), before=200, after=90)
    features = [source, *fired(_USE, about), *place(layout, start)]
    if len(words) > 24:
        features.append("long")
        value = " ".join(words[:24])
    if _WORDS.search(value):
        features.append("words_of_use")
    yield Candidate(
        value, start, start + len(raw.rstrip()), tuple(features), key=" ".join(re.findall(r"[a-z]+", value.lower())[:3])
    )
