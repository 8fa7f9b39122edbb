"""Headings with a number: decimal, worded (ARTICLE IV), Roman, lettered; on a line of their own or run in."""

import re
from collections.abc import Iterator, Sequence

from pipeline.parse.heading_candidate import (
    HEAD,
    MARKS,
    RUN_IN,
    SENTENCE,
    Candidate,
    Face,
    Series,
    letter_case,
    page_reference,
    roman,
    runs_on,
)
from schemas import Line

_INLINE = re.compile(
    r"(?<=[.;:)\"”]\s)\s?(?P<number>\d{1,2}(?:\.\d{1,2})?)\.\s{1,3}(?=(?:[A-Z][A-Z&,/'’ -]{2,60}|[A-Z][a-z]{2,20}(?:\s[A-Za-z]{2,20}){0,5})[.:]\s)"
)
_REFERENCE = re.compile(r"\bet al\b|^[A-Z][a-zà-ÿ'’-]+(?: de)? [A-Z]{1,3}[,.]")
_MONTH = re.compile(r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?[ ,-]{1,2}\d")


def decimal(
    text: str, lines: Sequence[Line], index: int, start: int, head: str, face: Face, match: re.Match[str]
) -> Candidate | None:
    """A number and a title: on this line, or the number alone with its title on the next one."""
    key = tuple(int(part) for part in match["number"].split("."))
    while len(key) > 1 and key[-1] == 0:
        key = key[:-1]
    if key[0] == 0:
        return None
    if match.end() == len(head):
        below = title_below(text, lines, index, start, head, face, "decimal", key)
        sure = match["point"] or len(key) > 1 or match["word"]
        return below if below and (sure or below.caps) else None
    if not (match["point"] or match["gap"]) or _MONTH.match(head, match.end()):
        return None
    candidate = titled(lines, index, start, head, face, match, "decimal", key)
    if candidate is not None:
        candidate.weight += 1.0 if len(key) > 1 else (0.0 if match["point"] or match["word"] else -0.5)
        if match["word"]:
            candidate.weight += 0.5
            candidate.number = head[: match.end("number")]
    return candidate


def worded(
    text: str, lines: Sequence[Line], index: int, start: int, head: str, face: Face, match: re.Match[str]
) -> Candidate | None:
    """ARTICLE IV, Exhibit B, Appendix 3: alone on the line, or with a title that is no sentence."""
    word, label = match["word"], match["number"]
    if runs_on(text, lines, index) and not (word.isupper() or face.weight(lines[index]) > 0):
        return None
    series: Series = "article" if word.upper() in {"ARTICLE", "CHAPTER", "PART"} else "annex"
    if label[0].isdigit():
        key = (int(label.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")),)
    elif set(label) <= set("IVXLC") and (series == "article" or len(label) > 1):
        key = (roman(label),)
    else:
        key = (ord(label[0]) - 64,)
    if match.end() == len(head):
        candidate = title_below(text, lines, index, start, head, face, series, key)
        return candidate or Candidate(index, start, start + len(head), series, head, key, "", 1.0, lines[index].size)
    if not (match["point"] or match["gap"]) or (not match["point"] and head[match.end()].islower()):
        return None
    candidate = titled(lines, index, start, head, face, match, series, key)
    if candidate is None:
        return None
    candidate.number = head[: match.end("number")]
    candidate.weight += 1.0
    return candidate


def titled(
    lines: Sequence[Line],
    index: int,
    start: int,
    head: str,
    face: Face,
    match: re.Match[str],
    series: Series,
    key: tuple[int, ...],
) -> Candidate | None:
    """A number with a title on the same line, the text following on it (run-in) or below."""
    line, at = lines[index], match.end()
    at += len(head) - at - len(head[at:].lstrip(MARKS))
    rest = head[at:]
    if not rest or _REFERENCE.search(rest) or not rest.lstrip("\"“‘'([")[:1].isupper():
        return None
    whole = line.end - start <= len(head) + 2 or len(rest) < HEAD - 20
    page_ref = page_reference(rest)
    run_in = RUN_IN.match(rest)
    title, body, weight = rest, start + len(head), 0.0
    if run_in and run_in.end() < len(rest) and not (whole and _all_title(rest, line, face)):
        title, body = run_in["title"], start + at + run_in.end()
        weight = 0.4 if page_ref < 0 and not SENTENCE.search(title) else -2.0
    elif not whole or len(rest) > 110:
        return None
    elif SENTENCE.search(rest) or rest[-1] in ",;":
        weight = -2.0
    elif len(rest) > 75 or rest[-1] == ".":
        weight = -0.4
    else:
        weight = 0.7
    title = title.strip(MARKS + '.:"“”')
    if len(title) < 3:
        return None
    caps, cased = letter_case(title)
    weight += (1.5 if caps else 0.6 if cased else -0.6) + face.weight(line) + (3.0 if line.kind == "heading" else 0.0)
    return Candidate(
        index, start, body, series, head[:at].rstrip(MARKS), key, title, weight, line.size, line.bold, caps, page_ref
    )


def title_below(
    text: str,
    lines: Sequence[Line],
    index: int,
    start: int,
    head: str,
    face: Face,
    series: Series,
    key: tuple[int, ...],
) -> Candidate | None:
    """A number alone on its line whose title stands on the next one."""
    if index + 1 >= len(lines):
        return None
    below = lines[index + 1]
    title = text[below.start : below.end].strip(MARKS)
    if not 3 <= len(title) <= 90 or not (title[0].isupper() or title[0] in '"“'):
        return None
    caps, cased = letter_case(title)
    if not (caps or cased or below.bold or below.kind == "heading") or SENTENCE.search(title):
        return None
    weight = (1.2 if caps else 0.4) + face.weight(below) + (0.5 if len(key) > 1 else 0.0)
    return Candidate(
        index, start, below.end, series, head, key, title.rstrip(".:"), weight, below.size, below.bold, caps
    )


def inside(text: str, index: int, line: Line) -> Iterator[Candidate]:
    """Numbered run-in headings in the middle of a line that holds a whole contract."""
    for match in _INLINE.finditer(text, line.start + 1, line.end):
        head = text[match.end() : match.end() + HEAD]
        run_in = RUN_IN.match(head)
        if run_in is None:
            continue
        caps, cased = letter_case(run_in["title"])
        if caps or (cased and not SENTENCE.search(run_in["title"])):
            key = tuple(int(part) for part in match["number"].split("."))
            start = match.start("number")
            yield Candidate(
                index, start, match.end() + run_in.end(), "decimal", match["number"] + ".", key,
                run_in["title"].strip(), 1.5 if caps else 0.9, line.size, False, caps,
            )  # fmt: skip


def _all_title(rest: str, line: Line, face: Face) -> bool:
    """Whether a line with a colon or dash in it is a title throughout ("Measures to Minimize Bias: Blinding")."""
    if len(rest) > 110:
        return False
    caps, cased = letter_case(rest)
    bold = face.bold_tells and line.bold
    return caps or (bold and cased and rest[-1] not in ".;,:" and not SENTENCE.search(rest))
