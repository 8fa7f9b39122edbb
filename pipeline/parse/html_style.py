"""How HTML is shown, as far as it matters to its text: what is bold, large, hidden, on a new page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

_RULE = re.compile(r"([^{}]{1,500})\{([^{}]{0,5000})\}")
_SIMPLE = re.compile(r"[a-z0-9]*(?:[.#][\w-]+)?")
_SIZE = re.compile(r"([\d.]{1,8})\s*(pt|px|em|rem|%)?")
_MOST_RULES = 5_000
_POINTS = {"pt": 1.0, "px": 0.75, "rem": 12.0}
_NAMED = {
    "xx-small": 7.0,
    "x-small": 7.5,
    "small": 10.0,
    "medium": 12.0,
    "large": 13.5,
    "x-large": 18.0,
    "xx-large": 24.0,
}
_FONT = {"1": 7.5, "2": 10.0, "3": 12.0, "4": 13.5, "5": 18.0, "6": 24.0, "7": 36.0}
_HEADINGS = {"h1": 24.0, "h2": 18.0, "h3": 14.0, "h4": 12.0, "h5": 10.0, "h6": 8.0}
_BOLD = {"b", "strong", "th", *_HEADINGS}
_WHITE = re.compile(r"white|#fff(?:fff)?|rgb\(\s*255\s*,\s*255\s*,\s*255\s*\)")
_INVISIBLE = re.compile(r"(?:0|0?\.0+)(?:pt|px|em|rem|%)?")

Declarations = dict[str, str]


@dataclass(frozen=True, slots=True)
class Look:
    """What an element passes on to what is in it."""

    bold: bool = False
    size: float = 12.0
    hidden: bool = False
    white: bool = False  # in white on a white ground
    ground: bool = False  # whether something gave the ground a colour
    pre: bool = False


class Sheet:
    """The rules of the document's style elements whose selectors are a tag, a class or an id."""

    def __init__(self, styles: Iterable[str]) -> None:
        self._rules: dict[str, Declarations] = {}
        for style in styles:
            for count, rule in enumerate(_RULE.finditer(style[:1_000_000])):
                if count > _MOST_RULES:
                    break
                for selector in rule[1].split(","):
                    name = selector.strip().lower()
                    if name and _SIMPLE.fullmatch(name):
                        self._rules.setdefault(name, {}).update(_declared(rule[2]))

    def of(self, element: Any) -> Declarations:
        """The declarations that hold for an element, its own last."""
        own = element.get("style")
        if not self._rules:
            return _declared(own) if own else {}
        tag, found = str(element.tag), dict(self._rules.get(str(element.tag), ()))
        for name in (element.get("class") or "").lower().split()[:20]:
            found.update(self._rules.get(f".{name}", {}))
            found.update(self._rules.get(f"{tag}.{name}", {}))
        if identifier := (element.get("id") or "").lower():
            found.update(self._rules.get(f"#{identifier}", {}))
            found.update(self._rules.get(f"{tag}#{identifier}", {}))
        if own:
            found.update(_declared(own))
        return found


def _declared(style: str) -> Declarations:
    """Property -> value of a style attribute or rule.

    >>> _declared("Font-Weight: BOLD; color:#FFF !important")
    {'font-weight': 'bold', 'color': '#fff'}
    """
    pairs = (part.partition(":") for part in style[:5000].lower().split(";"))
    return {name.strip(): value.replace("!important", "").strip() for name, colon, value in pairs if colon}


def look_of(element: Any, style: Declarations, around: Look) -> Look:
    """How an element's text looks inside what is around it."""
    tag, bold, size = element.tag, around.bold, around.size
    if tag in _BOLD:
        bold = True
    if tag in _HEADINGS:
        size = _HEADINGS[tag]
    elif tag == "font" and element.get("size", "").strip() in _FONT:
        size = _FONT[element.get("size").strip()]
    look = replace(
        around, bold=bold, size=size, pre=around.pre or tag == "pre", hidden=around.hidden or _hides(element)
    )
    colour = style.get("color") or (element.get("color", "").strip().lower() if tag == "font" else "")
    ground = style.get("background-color") or style.get("background") or element.get("bgcolor", "").lower()
    if not (style or colour or ground):
        return look
    return _styled(look, style, colour, ground, around)


def _hides(element: Any) -> bool:
    return element.get("hidden") is not None and element.tag != "input"


def _styled(look: Look, style: Declarations, colour: str, ground: str, around: Look) -> Look:
    weight = style.get("font-weight", "") or ("bold" if "bold" in style.get("font", "") else "")
    bold = look.bold if not weight else weight in {"bold", "bolder", "600", "700", "800", "900"}
    coloured = look.ground or bool(ground and ground not in {"none", "transparent"} and not _WHITE.match(ground))
    hidden = (
        look.hidden
        or style.get("display") == "none"
        or style.get("visibility") == "hidden"
        or bool(_INVISIBLE.fullmatch(style.get("font-size", "")))
        or bool(_INVISIBLE.fullmatch(style.get("opacity", "")))
    )
    white = bool(_WHITE.match(colour)) if colour else look.white
    size = _points(style.get("font-size", ""), look.size, around.size)
    return replace(look, bold=bold, size=size, hidden=hidden, white=white and not coloured, ground=coloured)


def _points(stated: str, size: float, around: float) -> float:
    """A CSS font size in points."""
    if stated in _NAMED:
        return _NAMED[stated]
    match = _SIZE.match(stated)
    if match is None:
        return size
    try:
        number, unit = float(match[1]), match[2] or "px"
    except ValueError:
        return size
    points = number * (_POINTS[unit] if unit in _POINTS else around / (100 if unit == "%" else 1))
    return round(points, 1) if 1 <= points <= 200 else size


def new_page(style: Declarations, side: str) -> bool:
    """Whether a page ends before (or after) an element."""
    return (
        style.get(f"page-break-{side}", "") in {"always", "left", "right"} or style.get(f"break-{side}", "") == "page"
    )
