"""Label and value pairs of title pages and synopses: "Protocol Number: X1", a label above its value, two pairs in a line."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.generate.offline.protocol.labels import label_key
from pipeline.generate.offline.protocol.lines import TextLine

_NUMBER = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*\.?|[IVX]{1,4}\.|[A-Z]\.)\s+")
_STRANGE = re.compile(r"^[A-Z][^\s:]*(?:\s+[^\s:]+){0,6}\s*:(?:\s|$)")
_WORD_START = re.compile(r"(?<!\S)(?=[A-Z(])|(?<=/)(?=[A-Z])")
_NEVER_ONE_WORD = frozenset({"product", "enrollment"})  # "Drug conjugate", "Patients with"
_INLINE = frozenset(
    {
        "protocol_id",
        "nct",
        "eudract",
        "ind",
        "version",
        "date",
        "phase",
        "sponsor",
        "product",
        "indication",
        "title",
        "acronym",
        "enrollment",
        "short_title",
    }
)


class Row(NamedTuple):
    """A label and its value: what the label introduces ("" if unknown), where label and value stand, whether a colon parts them."""

    key: str
    label: int
    start: int
    end: int
    colon: bool


def rows(text: str, lines: Sequence[TextLine]) -> list[Row]:
    """The label and value pairs of some lines, in reading order; a value reaches up to the next label.

    Args:
        text: the document's text.
        lines: the lines of a title page or synopsis.
    """
    marks: list[tuple[str, int, int, bool]] = []
    for line in lines:
        for mark in _marks(line):
            above = marks[-1] if marks else None
            if above and above[3] and above[0] and not (mark[0] and mark[3]) and not text[above[2] : mark[1]].strip():
                continue  # the value of a label that stands above it, not a label
            marks.append(mark)
    found = []
    for index, (key, label, start, colon) in enumerate(marks):
        end = marks[index + 1][1] if index + 1 < len(marks) else (lines[-1].end if lines else start)
        while start < end and text[start] in " \t\r\n:–-":
            start += 1
        while end > start and text[end - 1] in " \t\r\n":
            end -= 1
        if end > start:
            found.append(Row(key, label, start, end, colon))
    return found


def has_label(line: TextLine) -> bool:
    """Whether a line holds a known label with a colon, or is one."""
    return any(key and (colon or start == line.end) for key, _, start, colon in _marks(line))


def _marks(line: TextLine) -> Iterator[tuple[str, int, int, bool]]:
    """The labels in a line: key, where the label stands, where its value may begin, whether a colon parts them."""
    text = line.text
    bare = text[m.end() :] if (m := _NUMBER.match(text)) else text
    offset = len(text) - len(bare)
    known = False
    if ":" in bare:
        last = 0
        for colon in [i for i, c in enumerate(bare[:400]) if c == ":"]:
            for begin in [m.start() for m in _WORD_START.finditer(bare, last, colon)][-9:]:
                if key := label_key(bare[begin:colon]):
                    yield key, line.start + offset + begin, line.start + offset + colon + 1, True
                    known, last = True, colon + 1
                    break
    if known:
        return
    if len(bare) < 80 and (bare[:1].isupper() or bare[:1] == "#") and (key := label_key(bare)):
        yield key, line.start, line.end, False
        return
    words = bare.split(maxsplit=6)
    for count in range(min(5, len(words) - 1), 0, -1):
        label = " ".join(words[:count])
        if words[count][0].islower() or not label[:1].isupper():
            continue
        if (key := label_key(label)) in _INLINE and (
            key not in _NEVER_ONE_WORD or (count > 1 and (key == "product" or "umber" in label))
        ):
            at = line.start + offset + len(label)
            yield key or "", line.start, at, False
            return
    if _STRANGE.match(bare):
        yield "", line.start, line.start + offset + bare.index(":") + 1, True
