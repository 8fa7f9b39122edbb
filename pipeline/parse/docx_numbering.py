"""Labels of numbered paragraphs in a DOCX ("1.1", "(a)", "ARTICLE IV"), which the file holds only as rules to count by."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from pipeline.parse.docx_package import W

_LEVELS = 9
_BULLETS = {"bullet", "none", "picture"}


@dataclass(frozen=True, slots=True)
class _Level:
    """How a level of a list counts and prints (ECMA-376 part 1, 17.9)."""

    format: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None  # the level after which it starts anew; 0: never
    legal: bool = False  # all numbers of the label in arabic


@dataclass(slots=True)
class Numbering:
    """The lists of a document and where each of them stands in counting.

    Args:
        levels: list id -> its levels.
        lists: list id -> id of what it counts with (lists of one abstract list go on counting together).
        restarts: (list id, level) whose counting is started anew at a value when the list first occurs.
        styles: paragraph style -> (list id, level) linked to it by the list.
    """

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    restarts: dict[tuple[str, int], int] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _seen: set[tuple[str, int]] = field(default_factory=set)

    def label(self, list_id: str, level: int) -> str:
        """The label of the next paragraph of a list at a level; "" for bullets and unknown lists."""
        levels = self.levels.get(list_id)
        if not levels or level not in range(_LEVELS):
            return ""
        rule = levels.get(level, _Level())
        counts = self._counts.setdefault(self.lists.get(list_id, list_id), {})
        if (list_id, level) in self.restarts and (list_id, level) not in self._seen:
            counts.pop(level, None)
        self._seen.add((list_id, level))
        for upper in range(level):
            counts.setdefault(upper, levels.get(upper, _Level()).start)
        start = self.restarts.get((list_id, level), rule.start)
        counts[level] = counts[level] + 1 if level in counts else start
        for lower in [x for x in counts if x > level]:
            restart = levels.get(lower, _Level()).restart
            if restart is None or level < restart:
                del counts[lower]
        if rule.format in _BULLETS:
            return ""
        return self._print(rule, levels, counts)

    @staticmethod
    def _print(rule: _Level, levels: dict[int, _Level], counts: dict[int, int]) -> str:
        def number(match: re.Match[str]) -> str:
            level = int(match[1]) - 1
            form = "decimal" if rule.legal else levels.get(level, _Level()).format
            return "" if form in _BULLETS else printed(counts.get(level, 1), form)

        return " ".join(re.sub(r"%([1-9])", number, rule.text).split())


def printed(number: int, form: str) -> str:
    """A number as a list prints it.

    >>> [printed(4, f) for f in ("decimal", "lowerLetter", "upperRoman", "decimalZero", "ordinal")]
    ['4', 'd', 'IV', '04', '4th']
    >>> printed(28, "upperLetter")
    'BB'
    """
    if form in {"lowerLetter", "upperLetter"} and 0 < number <= 780:
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters if form == "lowerLetter" else letters.upper()
    if form in {"lowerRoman", "upperRoman"} and 0 < number < 4000:
        roman = _roman(number)
        return roman if form == "upperRoman" else roman.lower()
    if form == "decimalZero":
        return f"{number:02d}"
    if form == "ordinal":
        ending = "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        return f"{number}{ending}"
    words = {"cardinalText": _CARDINALS, "ordinalText": _ORDINALS}.get(form, [])
    return words[number - 1] if 0 < number <= len(words) else str(number)


_CARDINALS = ["One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve",
              "Thirteen", "Fourteen", "Fifteen", "Sixteen", "Seventeen", "Eighteen", "Nineteen", "Twenty"]  # fmt: skip
_ORDINALS = ["First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth", "Eleventh",
             "Twelfth", "Thirteenth", "Fourteenth", "Fifteenth", "Sixteenth", "Seventeenth", "Eighteenth",
             "Nineteenth", "Twentieth"]  # fmt: skip
_ROMANS = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
           (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip


def _roman(number: int) -> str:
    said = ""
    for value, numeral in _ROMANS:
        said += numeral * (number // value)
        number %= value
    return said


def read_numbering(root: Any | None) -> Numbering:
    """The lists of the numbering part (None: a document without one)."""
    numbering = Numbering()
    if root is None:
        return numbering
    abstract = {item.get(W + "abstractNumId"): item for item in root.findall(W + "abstractNum")}
    by_style = {
        link.get(W + "val"): key for key, item in abstract.items() if (link := item.find(W + "styleLink")) is not None
    }
    for item in root.findall(W + "num"):
        list_id, key = item.get(W + "numId", ""), _value(item.find(W + "abstractNumId"))
        linked = abstract[key].find(W + "numStyleLink") if key in abstract else None
        if linked is not None:
            key = by_style.get(linked.get(W + "val"), key)
        if key not in abstract:
            continue
        levels: dict[int, _Level] = {}
        for element in abstract[key].findall(W + "lvl"):
            _add_level(levels, numbering, list_id, element)
        for override in item.findall(W + "lvlOverride"):
            for element in override.findall(W + "lvl"):
                _add_level(levels, numbering, list_id, element)
            start = override.find(W + "startOverride")
            if start is not None:
                numbering.restarts[list_id, _int(override.get(W + "ilvl"))] = _int(_value(start), 1)
        numbering.levels[list_id], numbering.lists[list_id] = levels, key
    return numbering


def _add_level(levels: dict[int, _Level], numbering: Numbering, list_id: str, element: Any) -> None:
    level, restart = _int(element.get(W + "ilvl")), element.find(W + "lvlRestart")
    levels[level] = _Level(
        format=_value(element.find(W + "numFmt")) or "decimal",
        text=_value(element.find(W + "lvlText")),
        start=_int(_value(element.find(W + "start")), 1),
        restart=None if restart is None else _int(_value(restart)),
        legal=element.find(W + "isLgl") is not None,
    )
    style = _value(element.find(W + "pStyle"))
    if style:
        numbering.styles.setdefault(style, (list_id, level))


def _value(element: Any | None) -> str:
    return "" if element is None else str(element.get(W + "val", ""))


def _int(text: str | None, default: int = 0) -> int:
    try:
        return int(text or default)
    except ValueError:
        return default
