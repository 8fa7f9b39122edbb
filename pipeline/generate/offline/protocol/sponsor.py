"""The sponsor of a study: the labelled name, a company on the title page, the owner of the document."""

import re
from collections.abc import Iterator

from pipeline.generate.offline.protocol.candidates import Candidate, choose
from pipeline.generate.offline.protocol.sources import Protocol
from schemas import FieldAnswer

_WEIGHTS = {"title:": 0.8, "title": 0.4, "synopsis:": 0.65, "synopsis": 0.1, "running:": 0.45, "running": 0.2,
            "owner": 0.45, "company": 0.4, "company in head": 0.4, "known": 0.33, "known in head": 0.35, "body": 0.35}  # fmt: skip
_KNOWN = (
    "Pfizer", "Novartis", "Eli Lilly and Company", "Lilly", "AstraZeneca", "Bristol-Myers Squibb", "F. Hoffmann-La Roche", "Genentech", "Bayer", "Merck Sharp & Dohme",
    "Takeda", "Astellas", "Alexion", "AbbVie", "Amgen", "Sanofi", "Genzyme", "GlaxoSmithKline", "Janssen", "Boehringer Ingelheim", "Novo Nordisk", "Gilead Sciences",
    "Biogen", "Vertex", "Regeneron", "Daiichi Sankyo", "Eisai", "UCB", "Allergan", "Celgene", "Otsuka", "Incyte", "Moderna", "Shire", "Seagen", "Seattle Genetics",
    "Ionis", "Alnylam", "BioMarin", "Jazz Pharmaceuticals", "Lundbeck", "Teva", "CSL Behring", "Ipsen", "Servier", "Grifols", "Galderma", "LEO Pharma", "Medivation",
    "National Institute of Allergy and Infectious Diseases", "National Cancer Institute", "National Heart, Lung, and Blood Institute", "National Institutes of Health",
)  # fmt: skip
_LINE = 2_000
"""Characters of a line in which a name is looked for: a line of a title page is shorter, one without end is hostile."""

_KIND = (
    r"(?:Inc\b\.?|Incorporated|LLC|L\.L\.C\.|Ltd\b\.?|Limited|GmbH(?: & Co\.? KG)?|AG\b|AB\b|A/S|S\.?A\.?S?\b\.?|N\.?V\b\.?|B\.?V\b\.?|plc\b|PLC\b|Corp\b\.?|Corporation"
    r"|Company\b|KGaA|UC\b|S\.?p\.?A\.?|K\.K\.|Co\.|LP\b|L\.P\.|Pty)"
)
_COMPANY = re.compile(
    rf"(?<![\w,])((?:[A-Z][\w.’'&-]*|F\.|&|and|of|la|de|für)(?:[ ](?:[A-Z][\w.’'&-]*|&|and|of|la|de|D))*,?[ ]{_KIND}(?:,? {_KIND})*)"
)
_ACADEMIC = re.compile(
    r"((?:[A-Z][\w.’'&-]+ ){0,5}(?:University|Institutes?|Hospital|Foundation|Medical Cent(?:er|re)|Clinic|Network|Group|Consortium|College|School of Medicine|Trust|Council|Centre|Center)\b"
    r"(?:,? (?:of|for|on|and|the|at|in|&|[A-Z][\w’'-]+)){0,9})"
)
_OWNER = re.compile(
    r"(?:[Cc]opyright ©? ?(?:\d{4} )?|[Pp]roperty of (?:the )?|[Ss]ponsored (?:globally )?by |(?i:developed|prepared|issued) by[: ]\s*|[Bb]elonging to |©\s?\d{4} |is being sponsored globally by )"
)
_END = re.compile(
    r"\s*(?:\(|\*|†|;|\n|,\s(?:\d|a wholly|a subsidiary|an? )|\.\s|\s(?:\d{2,}|hereafter|hereinafter|is|are|will|has|who|and its|or its|of [A-Z]\w+,)\s?)|[,.]?$"
)
_NOT_NAME = re.compile(
    r"(?i)^(?:for |non-?(?:us|eu)|u\.?s\.?:|eu\b|the sponsor|n/?a\b|not |see |to be|tel|phone|signature|name|address|contact|representative|medical|responsible|m\.?d|dr\b|approv"
    r"|authori|statement|confidential|signator|number|id\b|date|protocol|agreement|investigator|personnel|and\b|’s|'s|s\b|contact|study|director|global|emergency|legal)"
)


def sponsor(protocol: Protocol) -> dict[str, FieldAnswer]:
    """The sponsor's legal name."""
    return {"sponsor": choose(protocol.text, _sponsors(protocol), key=_core, at_least=0.25)}


def _core(name: str) -> str:
    """The first telling words of a company's name, so that short and long forms support each other."""
    words = re.findall(r"[a-z]+", name.lower().replace("hoffmann-la", "hoffmann la"))
    return " ".join(w for w in words if w not in {"the", "f", "eli", "inc"})[:9]


def _sponsors(protocol: Protocol) -> Iterator[Candidate]:
    text = protocol.text
    for place, row in protocol.labelled("sponsor"):
        weight = _WEIGHTS[place + (":" if row.colon else "")]
        if "co-" in text[max(0, row.label - 4) : row.start].lower():
            continue
        for begin, line in _first_lines(text, row.start, row.end):
            name = clean_name(line)
            if name:
                yield Candidate(name, weight, begin, begin + len(line.rstrip()))
                break
    for front in protocol.title_lines:
        yield from _companies(front.text, front.start, _WEIGHTS["company"], _WEIGHTS["owner"])
    for running in protocol.parts.running:
        if running.share > 0.4:
            yield from _companies(running.text, running.start, _WEIGHTS["company in head"], _WEIGHTS["owner"])
    yield from _known(protocol)


def _first_lines(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """The first lines of a value; two of them as one where a name goes on."""
    at = start
    for _ in range(5):
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        line = text[at:stop]
        following = text[stop + 1 : text.find("\n", stop + 1, end) if text.find("\n", stop + 1, end) > 0 else end]
        if re.search(r"(?:&|,| and| of| for)\s*$", line) and following:
            line = text[at : stop + 1 + len(following)]
        if line.strip():
            yield at, line
        at = stop + 1
        if at >= end:
            return


def clean_name(words: str) -> str | None:
    """The name at the beginning of a sponsor's entry, None if there is none.

    >>> clean_name("Nordmed AB, 123 45 Uppsala, Sweden"), clean_name("Brightmed Corporation*"), clean_name("For Non-EU Countries:")
    ('Nordmed AB', 'Brightmed Corporation', None)
    """
    words = re.sub(r"\s+", " ", words[:_LINE]).strip(" :")
    if len(words) < 3 or not words[0].isalnum() or _NOT_NAME.match(words) or words[0].isdigit():
        return None
    if company := _COMPANY.match(words):
        return company[1].rstrip(",")
    if academic := _ACADEMIC.match(words):
        return academic[1].rstrip(",")
    end = _END.search(words, 3)
    name = words[: end.start()] if end else words
    name = re.sub(r",\s[A-Z][a-z]+(?:,.*)?$", "", name)
    return name.rstrip(" ,.:") if 2 < len(name) < 120 and name[0].isupper() else None


def _companies(words: str, start: int, weight: float, owner: float) -> Iterator[Candidate]:
    """Company names in a line; one that owns, issues or sponsors the document counts more."""
    words = words[:_LINE]
    academic = _ACADEMIC.match(words.strip())
    if academic and academic.end() >= len(words.strip()) - 2:
        yield Candidate(academic[1], weight * 0.65, start, start + len(words))
    for match in _COMPANY.finditer(words):
        before = words[: match.start()]
        strong = bool(_OWNER.search(before[-40:]))
        lone = not before.strip()
        if strong or lone:
            yield Candidate(
                match[1].rstrip(","), owner if strong else weight, start + match.start(), start + match.end()
            )


def _known(protocol: Protocol) -> Iterator[Candidate]:
    """Large sponsors named on the title page or in running heads without more ado ("PFIZER CONFIDENTIAL")."""
    places = [(protocol.parts.title.start, protocol.text[: protocol.parts.title.end], "known")]
    places += [(r.start, r.text, "known in head") for r in protocol.parts.running if r.share > 0.4]
    for begin, words, kind in places:
        lower = words.lower()
        base = 0 if kind == "known" else begin
        for name in _KNOWN:
            at = lower.find(name.lower())
            if at >= 0 and not lower[at + len(name) : at + len(name) + 1].isalpha():
                yield Candidate(name, _WEIGHTS[kind], base + at, base + at + len(name))
