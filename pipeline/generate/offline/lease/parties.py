"""Who lets and who rents: from the opening clause, labels, the cover, defined terms and signature blocks."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import takewhile

from pipeline.generate.offline.lease.blocks import blocks, together
from pipeline.generate.offline.lease.candidates import Candidate, place
from pipeline.generate.offline.lease.layout import Layout
from pipeline.generate.offline.lease.opening import SUB, opening
from pipeline.generate.offline.lease.scorer import Choice
from pipeline.generate.offline.lease.sentences import OWNER, TENANT, Named, Role, named, role_of
from pipeline.generate.offline.lease.spoken import spoken
from pipeline.values.dates import find_dates
from pipeline.values.names import clean_name, is_name, split_names
from pipeline.values.places import STATE_NAMES

_OWNER = re.compile(
    rf"^(?:(?:we|us|i|me)\b[\s,(]*)?(?:the )?(?:(?:full )?names?(?:\(s\))? of )?(?:the )?(?:(?:property |building |apartment )?(?:{OWNER})\b|management$)"
)
_TENANT = re.compile(rf"^(?:you\b[\s,(]*)?(?:the )?(?:(?:full )?names?(?:\(s\))? of )?(?:the )?(?:{TENANT})\b")

_BAD = re.compile(
    r"(?i)^(?:landlords?|lessors?|tenants?|lessees?|owners?|address|name|date|rent|premises|the|this|its|by|title|print(?:ed)?|signature|witness(?:es)?|notices?|agent|attn|attention"
    r"|term|none|n/?a|tbd|party|parties|and|or|if|shall|will|agrees?|hereby|phone|initials?|exhibit|lease|agreement|sublease|page|in|at|such|any|all|no|dated?|between|sublandlord|subtenant|guarantor|broker|security|deposit|broker'?s?"
    r"|tenant['’]s|landlord['’]s|a|an)\b(?=$|[\s,.:;’'_-]*(?:$|\(|of\b|and\b|shall|agrees?|hereby|is\b|has\b|will\b|for\b|to\b|as\b|in\b|[’']s|lease|agreement|address|name|representative|signature|\d))"
)
_KIND = re.compile(  # "a Delaware Corporation" is what a party is, not who
    rf"(?i)(?:an?\s+)?(?:{STATE_NAMES})\s+(?:(?:limited|general|domestic|foreign)\s+)*(?:corporation|liability\s+company|partnership)\W*"
)
_TITLE = re.compile(r"(?i)(?:^|\s)(?:lease|agreement|contract)$")
_RESIDENCE = re.compile(
    r"(?<=[A-Z]{2})\s+of\s+(?=[A-Z0-9][a-z\d])|,?\s+of\s+(?=\d)|(?<=[A-Z]{2})(?=hereinafter)|\bhereinafter\b"
)
_SECOND = re.compile(  # "ANN ROE of 4 Oak Road AND ACME LIMITED of 5 Oak Road"
    r"\s(?:AND|and)\s+(?P<name>[A-Z][A-Z&.]+(?:\s+[A-Z][A-Z&.]+){1,6})(?=\s+(?:of|whose|having)\b|\s*\(|\s*$)"
)
_CUT = re.compile(
    r"(?i)\b(?:made|dated|entered|executed|day of|witnesseth|whereas|hereby|lease[sd]?\b(?! (?:corp|inc|llc|hold))|agreement|agrees|exhibit|shall|premises|premise)\b"
)

PRIORS: dict[str, dict[str, float]] = {
    role: {
        "bias": -3.0, "opening": 3.2, "opening_rough": 1.2, "label": 2.6, "label_exact": 0.9, "cover": 1.3,
        "cover_role": 2.2, "signature": 1.6, "as_role": 1.8, "form_line": 2.2, "at_front": 0.9, "early": 0.2, "in_contents": -1.5,
        "company": 0.7, "person": 0.4, "odd": -1.5, "sub_role": 0.9, "role_of_prime": -1.5, "titled": 2.6, "apposed": 2.2, "is_role": 2.8, "role_first": 2.0, "lets": 2.4, "spoken": 2.4, "headed": 0.6, "block": 2.8, "joined": 1.8, "label_new": 1.0, "long": -0.8, "single_word": -1.0, "confirmed": 2.0, "part": -2.0,
    }
    for role in ("owner_name", "tenant_name")
}  # fmt: skip
_COMPANY = re.compile(
    r"(?i)\b(?:inc|incorporated|llc|l\.l\.c|lp|l\.p|llp|ltd|limited|corp|corporation|company|co|plc|trust|partners|partnership|associates|properties|group|bank|n\.a|gmbh|holdings|university|enterprises?|management|authority|fund|system|board|district|church|city of|state of|county of)\b"
)


def propose(layout: Layout, chosen: Mapping[str, Choice]) -> dict[str, list[Candidate]]:
    """Candidates for landlord and tenant."""
    head = layout.low[:9_000]
    sublease = bool(re.search(r"\bsub-?\s?lease\b", head[:700])) and bool(
        re.search(r"\bsub-?(?:landlord|lessor|tenant|lessee)\b", head)
    )
    found: dict[str, list[Candidate]] = {"owner_name": [], "tenant_name": []}
    for source in (opening, named, spoken, blocks, _labels, _lines, _signatures):
        for role, start, end, features in source(layout):
            candidate = _candidate(layout, start, end, features, sublease)
            if candidate:
                found[role].append(candidate)
    return {role: _compared([*candidates, *together(layout.text, candidates)]) for role, candidates in found.items()}


def _compared(candidates: list[Candidate]) -> list[Candidate]:
    """Lists of people of whom each stands alone too, as on lines to sign, are marked, and so are their single names."""
    people = [c for c in candidates if "person" in c.features and "joined" not in c.features]
    alone = {c.key for c in people if len(c.value) == 1}
    lists = {c.key for c in people if len(c.value) > 1 and alone.issuperset(c.key.split("|"))}
    parts = {name for key in lists for name in key.split("|")}
    marks = {**dict.fromkeys(parts, "part"), **dict.fromkeys(lists, "confirmed")}
    return [replace(c, features=(*c.features, marks[c.key])) if c.key in marks else c for c in candidates]


def _candidate(layout: Layout, start: int, end: int, features: tuple[str, ...], sublease: bool) -> Candidate | None:
    """The names in a slice of the text, None if there are none."""
    raw = layout.text[start : min(end, start + 260)]
    if features[0].startswith("opening") and (dates := find_dates(raw)) and re.search(r"[A-Z]", raw[dates[-1].end :]):
        raw = raw[dates[-1].end :]
    raw = _SIGNED_ON.sub("", _AGE.sub("", raw))
    name, *rest = _RESIDENCE.split(raw, maxsplit=1)
    if rest and (second := _SECOND.search(rest[0])):
        name = f"{name} and {second['name']}"
    raw = _listed(name)
    if break_at := re.search(r"\n\s*\n", raw.lstrip()):
        raw = raw.lstrip()[: break_at.start()]
    name = clean_name(raw)
    if (
        not name
        or not is_name(name)
        or _BAD.match(name)
        or _TITLE.search(name)
        or _NO_NAME.search(name)
        or "___" in name
    ):
        return None
    parts = split_names(name)
    parts = [p for p in parts if not _KIND.fullmatch(p)]
    names = [n for n in map(clean_name, parts) if n and not _BAD.match(n)]
    if not names:
        return None
    extra: list[str] = []
    if _COMPANY.search(name):
        extra.append("company")
    elif re.fullmatch(r"(?:[A-Z][\w'’.-]*\s+(?:and|&)\s+)?(?:[A-Z][\w'’.-]*\s+){1,3}[A-Z][\w'’.-]*", names[0]):
        extra.append("person")
    else:
        extra.append("odd")
    if len(name) > 70 or _CUT.search(name):
        extra.append("long")
    if " " not in name:
        extra.append("single_word")
    if sublease and not SUB.search(" ".join(features)) and "sub_role" not in features:
        extra.append("role_of_prime")
    features = (*features, *extra, *place(layout, start))
    at = layout.text.find(names[0].split()[0], start, end)
    at = at if at >= 0 else start
    key = "|".join(sorted(_folded(n) for n in names))
    return Candidate(
        names, at, min(end, at + len(name) + 8), features, key=key, quote=(at, _quote_end(layout.text, at, end, name))
    )


_AGE = re.compile(r",?\s+aged?\s+\d{1,3}\b,?")
_ITEM = re.compile(r"^\s*(?:\(?\d{1,2}[.)]|[-•])\s+|(?:,|,?\s+(?:and|&))\s*$")
_SIGNED_ON = re.compile(  # "Jane Roe   Date ________", its line blanked or not
    r"(?:\s*_{2,}\s*|[ \t]{2,})(?:Dated?|DATED?|Signature|SIGNATURE|By|BY)\b[\s\S]*|\s+(?:Date|DATE|Signature|SIGNATURE)[\s:_]*$"
)
_NO_NAME = re.compile(  # a day, a sum
    r"\bDollars?\b|\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+\d{1,2}\b"
)
_PERSON = re.compile(r"\s*(?:[A-Z][\w'’.-]*\s+){1,3}[A-Z][\w'’.-]*\s*")


def _listed(raw: str) -> str:
    """Names on lines of their own or with semicolons between, as one list with commas."""
    for mark in ("\n", ";"):
        parts = [_ITEM.sub("", p) for p in raw.split(mark) if p.strip()]
        if mark == "\n":
            parts = [*takewhile(_PERSON.fullmatch, parts)]
        if len(parts) > 1 and all(_PERSON.fullmatch(p) for p in parts):
            return ", ".join(p.strip() for p in parts)
    return raw


def _quote_end(text: str, start: int, end: int, name: str) -> int:
    """Where the name as written ends: after its last word."""
    last = name.split()[-1].strip(".,")
    at = text.find(last, start + max(0, len(name) - len(last) - 4), end)
    return at + len(last) if at >= 0 else min(end, start + len(name))


def _folded(name: str) -> str:
    """A name as it is compared: lower case, no punctuation, no legal form."""
    words = re.sub(r"[^a-z0-9 ]+", "", name.lower().replace("&", " and ").replace("-", " ")).split()
    kept = [
        w
        for w in words
        if w
        not in {
            "inc",
            "incorporated",
            "llc",
            "lp",
            "llp",
            "ltd",
            "limited",
            "corp",
            "corporation",
            "company",
            "co",
            "the",
            "and",
        }
    ]
    return "".join(kept or words)


_OR_AGENT = re.compile(
    r"\s*(?:/|\bor\b)\s*(?:(?:its|the|owner'?s?|landlord'?s?|authori[sz]ed|managing)\s+)*(?:agent|manager)\b.*"
)
_ASIDE = re.compile(r"\s*\([^)]*\)?")
_PLURAL = re.compile(r"(?i)s\W*$")


def _labels(layout: Layout) -> Iterator[Named]:
    """ "Landlord: Jane Roe", in lines, tables and form fields."""
    for item in layout.labels:
        label = re.sub(r"\W+$", "", _OR_AGENT.sub("", item.label.lower()))
        for role, pattern in (("owner_name", _OWNER), ("tenant_name", _TENANT)):
            match = pattern.match(label)
            if not match or re.search(
                r"address|agent|phone|notice|insur|deposit|share|initial|sign|work|improve|broker|percent|contact|attorney|repres|fax|email|trade|right|oblig|covenant|default",
                label,
            ):
                continue
            exact = len(_ASIDE.sub("", label)) - match.end() < 14
            features = ["label", "label_exact"] if exact else ["label"]
            if SUB.search(label):
                features.append("sub_role")
            if re.search(r"\b(?:from|new|now|current)\b", label):
                features.append("label_new")
            end = item.end
            newline = layout.text.find("\n", item.start, end)
            if newline > item.start + 3:
                first = layout.text[item.start : newline].strip()
                if re.match(r"\(?1[.)]\s", first):  # a numbered list is a block
                    continue
                goes_on = first.endswith((",", " and", " AND", "&")) or not re.search(r"[a-zA-Z]{2}", first)
                goes_on = goes_on or (_PLURAL.search(item.label) is not None and _PERSON.fullmatch(first) is not None)
                end = end if goes_on else newline
            yield role, item.start, end, tuple(features)  # type: ignore[misc]


_BARE = re.compile(rf"(?i)[(\"“‘'\s]*(?:as\s+|the\s+)?({OWNER}|{TENANT})[)\"”’'\s.,]*")
_AS_ROLE = re.compile(
    rf"(?P<name>[A-Z0-9].{{3,90}}?)[\s,]+(?:as\s+|[(\"“]+(?:the\s+)?)(?P<role>(?i:{OWNER}|{TENANT}))\b"
)
_BLANK = re.compile(r"_{2,}\s*(?P<name>[A-Z][^_\n]{2,60}?)\s*_{2,}")
_BEFORE_BLANK = re.compile(rf"(?i)\b(?P<role>{OWNER}|{TENANT})(?:\(s\))?[\s:]*$")
_FORM_LINE = re.compile(
    rf"(?i:\d?\.?\s*(?:the\s+)?(?P<role>{OWNER}|{TENANT})(?:\(s\))?)[\s_]+"
    r"(?!(?i:shall|agrees|hereby|may|will|and|or|is|has|to|['’]s)\b)(?P<name>_*[A-Z0-9].{2,90})"
)
_SUBJECT = re.compile(  # "4. LANDLORD TERMINATION RIGHTS" heads a clause
    r"(?i)\b(?:rights?|obligations?|dut(?:y|ies)|responsibilit(?:y|ies)|remed(?:y|ies)|defaults?|breach|covenants?|terminations?|improvements?|insurance"
    r"|representations?|warrant(?:y|ies)|access|entry|maintenance|repairs?|alterations?|liability|indemnity|indemnification|services?|option|work|property|information)\W*$"
)
_LINK = re.compile(r"(?i)[-–— ]*(?:and|to|with)[-–—: ]*")


def _lines(layout: Layout) -> Iterator[Named]:
    """Forms and covers: "Acme Limited" above "Landlord", "Tenant(s) ___Jane Roe___", "Landlord Acme Pty Ltd"."""
    text, lines = layout.text, layout.lines
    for blank in _BLANK.finditer(text, 0, min(len(text), 20_000)):
        if role := _BEFORE_BLANK.search(text, max(0, blank.start() - 24), blank.start()):
            yield role_of(role["role"]), *blank.span("name"), ("form_line", "label")
    for index, (start, end) in enumerate(lines):
        if end - start > 140 or (index >= 160 and layout.low[start : start + 3] not in ("lan", "les", "ten", "own")):
            continue
        line = text[start:end]
        bare = _BARE.fullmatch(line)
        if bare and index and lines[index - 1][1] - lines[index - 1][0] < 140:
            yield role_of(bare[1]), *lines[index - 1], ("cover_role", *(("sub_role",) if SUB.search(bare[1]) else ()))
        if tail := _AS_ROLE.match(line):
            yield role_of(tail["role"]), start, start + tail.end("name"), ("as_role",)
        if (lead := _FORM_LINE.match(line)) and not _SUBJECT.search(lead["name"]):
            yield role_of(lead["role"]), start + lead.start("name"), end, ("form_line",)
    for index in range(1, min(60, len(lines) - 1)):  # a cover: "Acme Limited" / "and" / "Bolt Limited"
        if _LINK.fullmatch(text[slice(*lines[index])]):
            yield "owner_name", *lines[index - 1], ("cover",)
            yield "tenant_name", *lines[index + 1], ("cover",)
            break


def _signatures(layout: Layout) -> Iterator[Named]:
    """Signature blocks: "LANDLORD:" and the name on the line below, in the last part of the lease."""
    text = layout.text
    for item in layout.labels:
        if item.at < 0.5 * len(text) or len(item.label) > 30:
            continue
        label = item.label.lower()
        role: Role | None = "owner_name" if _OWNER.match(label) else "tenant_name" if _TENANT.match(label) else None
        if role:
            end = text.find("\n", item.start + 2, item.end)
            yield role, item.start, end if end > 0 else item.end, ("signature",)
