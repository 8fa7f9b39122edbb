"""Names of parties: without legal tails, lists of them taken apart."""

import re

_TAIL = re.compile(
    r"""\s*(?:
        ,\s+(?:as\s+)?(?:the\s+)?(?:sole\s+)?(?:co-?)?trustees?\s+(?:of|under|u/?[ad])\b
      | [,;(\[]?\s*\b(?:an?|each\san?|both|all|the)\s(?:[A-Z][\w.]*\s(?:of\s)?|\w+\s){0,6}?
          (?:corporation|company|partnership|trust|association|organization|corp\b|entity|llc\b|l\.l\.c|bank|individuals?|person|
             municipality|subdivision|fund|authority|agency|district|society|venture|cooperative|co-partnership|university|body|widow(?:er)?|couple|man|woman|family|sole\s+proprietor\w*|professional|limited\s+liability|public\s+limited|resident|division)\b
      | [,;(]?\s*\b(?:individually|hereinafter|hereafter|hereinbelow|hereunder|herein\b|whose|having|with\s+(?:its|his|her|an?|offices?|a\s+place)\b|located\s+at|aged?\b|residing|of\s+(?:no\.?\s)?\d|
             incorporated|organi[sz]ed|established|existing|registered|duly|acting|as\s+(?:the\s+)?(?:agent|trustee|landlord|tenant|lessor|lessee|sub)|collectively|jointly|
             together\s+with|doing\s+business|d/?b/?a\b|f/?k/?a\b|a/?k/?a\b|by\s+(?:its|and)|through\s+its|referred|called|the\s+(?:said|undersigned|["“']|landlord|tenant|lessor|lessee|party|first|second)|
             (?:,\s*)?(?:its|their|his|her)\s+(?:successors|heirs)|and\s+(?:its|his|her|their)\b|for\s+(?:itself|himself|the)\b|part(?:y|ies)\s+(?:of|to)|phone|tel\b|telephone|fax|e-?mail|address)
      | ,\s+(?:\w[\w.'’-]*\s+){1,3}\w[\w.'’-]*,?\s+(?:as\s+)?trustees?\b | ,?\s+same\s+address\b
      | ,\s*(?:of|by|from)\s
      | ,\s*(?:one|two|three|four|an?|both|all|\d)\s+(?:adults?|persons?|people|individuals?|married|unmarried|single|siblings?|students?|roommates?|child(?:ren)?|minors?)\b
      | ,\s+an?\s*$
      | [,\s(]*\b(?:(?:his|her)\s+(?:wife|husband|spouse)|husband\s+and\s+wife|wife\s+and\s+husband|represented\s+by|and\s+(?:one|two|three|four|any|\d)\b|who\s)
      | ,\s*(?:as\s+)?(?:owners?|landlords?|lessors?|tenants?|renters?|lessees?)\b
      | [,\s]*\(?\d{3}\)?[-.\s]\d{3}[-.]\d{4}
      | ,?\s+\d{1,2}/\d{1,2}/\d{2,4}
      | ,\s*\d{1,6}(?:-\d{1,4})?[A-Z]?\s+[A-Z][a-z]+.*
      | \s*(?:["“”\[]|\((?!(?:[A-Z][\w.]*\s?){1,2}\)\s+(?:Ltd|Limited|LIMITED|LTD|Inc|PLC|Plc|plc|LLC|Pty|GmbH|Corp|Private|Pvt)))
      | \s+[-–—]\s
      | [:;]
    ).*""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_SENTENCE = re.compile(  # "Acme LLC. The owner's ...", "Acme, Inc. Its agent ...", "Jane Roe. Landlord gets ..."
    r"(\b(?:LLC|L\.L\.C|LP|LLP|Inc|Corp|Ltd|Company|Trust|Corporation)\b\.?|[a-z]{2}(?=\.))\.?\s+"
    r"(?:The|Its|This|These|His|Her|Their|Landlord|Owner|Tenant|Lessor|Lessee|Renter|Resident|Agent|They|He|She|We|You|Both|Each|No|Signed|Dated|Made|Date)\b.*",
    re.DOTALL,
)
_SUFFIX = re.compile(
    r"(?i)^(?:inc|incorporated|limited liability company|llc|l\.?l\.?c|l\.?l?\.?p|ltd|limited|corp|corporation|co|company|plc|n\.?a|s\.?a|gmbh|jr|sr|ii|iii|md|m\.d|trustees?|esq|p\.?c|p\.?a|d\.?d\.?s)\.?$"
)
_COMPANY = re.compile(
    r"(?i)\b(?:inc|incorporated|llc|l\.l\.c|lp|l\.p|llp|ltd|limited|corp|corporation|company|co|plc|trust|partners|partnership|associates|properties|group|bank|n\.a|gmbh|holdings|university|enterprises?|associat\w+|management)\b"
)
_LEAD = re.compile(
    r"(?i)^(?:\(?\d{1,2}[.)]\s*|(?:the\s+)?(?:undersigned|said|landlord|tenant|lessor|lessee|owner|mr|mrs|ms|miss|dr|shri|smt|messrs)\b\.?[\s:,-]*|and\s+|(?:(?:sub)?lets?|(?:sub)?leases?|rents?)\s+(?:un)?to\s+|by\s+(?!and\b)|by\s+and\s+between\s+|between\s+|by\s*:\s*)+"
)

_SAME_FIRM = r"(?!(?i:trust|sons?|loan|compan(?:y|ies)|co|associates|partners|brothers|bros|daughters)\b)"  # "Savings and Trust Company"


def clean_name(text: str) -> str:
    """One party's name as written, without "a Delaware corporation", "(the "Tenant")", "hereinafter ...", its address.

    >>> clean_name('Acme Widgets, Inc., a Delaware corporation ("Tenant")'), clean_name(" _John Q. Roe_ , whose address is")
    ('Acme Widgets, Inc.', 'John Q. Roe')
    """
    name = re.sub(r"[\s_*]+", " ", text).lstrip(" .").strip(" ,;:-–—_*'\"“”()[]#|")
    bare = _LEAD.sub("", name)
    name = name if _SUFFIX.match(bare) else bare
    name = _TAIL.sub("", name + " ", count=1) if _TAIL.search(name, 1) else name
    name = re.sub(r",?\s+by$", "", _SENTENCE.sub(r"\1", name.strip(' ,;:-–—_*"“”()[]|')))
    if name.endswith((" LLC.", " LP.", " LLP.", " Limited.", " Company.", " Corporation.")):
        name = name[:-1]
    if name.endswith(".") and not _SUFFIX.match(name.split()[-1]) and not re.search(r"\b[A-Z]\.$", name):
        name = name[:-1]
    return name


def split_names(text: str) -> list[str]:
    """The names in a list of parties; "Smith and Sons, Inc." stays one.

    >>> split_names("Ann B. Roe and Carl Roe"), split_names("Smith and Sons, Inc."), split_names("Ann Roe, Bob Poe & Cy Doe")
    (['Ann B. Roe', 'Carl Roe'], ['Smith and Sons, Inc.'], ['Ann Roe', 'Bob Poe', 'Cy Doe'])
    """
    parts: list[str] = []
    for part in re.split(rf"\s*(?:;|\n|,?\s+(?:and|AND|And|&)\s+{_SAME_FIRM}|,)\s*", text.strip()):
        part = part.strip()
        if not part:
            continue
        if parts and _SUFFIX.match(part):
            parts[-1] += ", " + part
        else:
            parts.append(part)
    if len(parts) < 2:
        return [text.strip()] if text.strip() else []
    companies = [bool(_COMPANY.search(p)) for p in parts]
    persons = [bool(re.fullmatch(r"(?:[A-Z][\w'’.-]*\s+){1,3}[A-Z][\w'’.-]*(?:,\s+\w+\.?)?", p)) for p in parts]
    if all(c or p for c, p in zip(companies, persons, strict=True)):
        return parts
    return [text.strip()]


def is_name(text: str) -> bool:
    """Whether `text` can be a party's name: not empty, not too long, mostly capitalised words.

    >>> is_name("Acme Widgets, Inc."), is_name("the rent is due"), is_name("_____")
    (True, False, False)
    """
    words = re.findall(r"[^\W\d_][\w'’.&-]*", text)
    if not words or len(text) > 120 or len(words) > 16:
        return False
    small = {"of", "and", "the", "for", "at", "in", "de", "la", "van", "von", "del", "y", "to", "by", "as"}
    big = sum(w[0].isupper() or w[0].isdigit() for w in words)
    return bool(big) and bool(big >= sum(w not in small for w in words) - 0.34 * len(words))
