"""Lengths of time: "thirty (30) days", "two years", "5-year", "36 full calendar months"."""

import re
from dataclasses import dataclass
from typing import Literal, cast

from pipeline.values.found import Found
from pipeline.values.keywords import lowered, places
from pipeline.values.numerals import CARDINAL_WORDS, cardinal

Unit = Literal["minute", "hour", "day", "week", "month", "year"]


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time as it is counted; `business` if in working days."""

    count: float
    unit: Unit
    business: bool = False

    @property
    def days(self) -> int:
        """In days, a month as 30 and a year as 365.

        >>> Duration(2, "month").days
        60
        """
        return round(
            self.count * {"minute": 1 / 1440, "hour": 1 / 24, "day": 1, "week": 7, "month": 30, "year": 365}[self.unit]
        )

    @property
    def months(self) -> int | None:
        """In whole months, None if it is counted in days or weeks."""
        if self.unit not in ("month", "year"):
            return None
        months = self.count * (12 if self.unit == "year" else 1)
        return int(months) if months == int(months) else None


_UNITS = ("minute", "hour", "day", "week", "month", "year")
_UNIT = re.compile(r"(?i:minute|hour|day|week|month|year)[sS]?(?:['’]s?)?(?![a-zA-Z])")
_COUNT = re.compile(
    rf"(?:(?<![a-z])(?P<words>{CARDINAL_WORDS})(?P<half>\s+and\s+(?:one|a)[\s-]half)?|(?<![\d.,/$])(?P<digits>\d{{1,4}}(?:\.\d|\s?½)?))"
    r"(?:[\s_]*[(\[]\s*(?:(?P<figures>\d{1,4})|[a-z\s-]{3,30})\s*[)\]])?[\s_-]*"
    r"(?P<kind>(?:or\s+more\s+)?(?:(?:full|complete|consecutive|calendar|business|working|lease|additional|more|clear|successive)[\s-]+){0,3})$",
    re.IGNORECASE,
)


def find_durations(text: str, *, minutes: bool = False) -> list[Found[Duration]]:
    """Every counted length of time.

    Args:
        text: where to look.
        minutes: whether minutes count too.

    >>> [(f.value.count, f.value.unit) for f in find_durations("thirty (30) days; two years; a 5-year term; 36 full months")]
    [(30.0, 'day'), (2.0, 'year'), (5.0, 'year'), (36.0, 'month')]
    """
    units = _UNITS if minutes else _UNITS[1:]
    found = [f for at in places(lowered(text), units) if (m := _UNIT.match(text, at)) and (f := _counted(text, m))]
    return _joined(text, sorted(found, key=lambda f: f.start))


def _joined(text: str, found: list[Found[Duration]]) -> list[Found[Duration]]:
    """ "five years and six months" as one length."""
    joined: list[Found[Duration]] = []
    for item in found:
        last = joined[-1] if joined else None
        if (
            last
            and last.value.unit == "year"
            and item.value.unit == "month"
            and last.value.months is not None
            and re.fullmatch(r"[\s,]*(?:and|plus|,)?\s*", text[last.end : item.start])
        ):
            joined[-1] = Found(last.start, item.end, Duration(last.value.months + item.value.count, "month"))
        else:
            joined.append(item)
    return joined


def _counted(text: str, unit: re.Match[str]) -> Found[Duration] | None:
    """The duration that ends with this unit."""
    window = text[max(0, unit.start() - 70) : unit.start()]
    count = _COUNT.search(window)
    if not count:
        return None
    if count["figures"]:
        number = float(count["figures"])
    elif count["digits"]:
        number = float(count["digits"].rstrip("½ ")) + (0.5 if "½" in count["digits"] else 0.0)
    else:
        number = float(cardinal(count["words"]) or 0) + (0.5 if count["half"] else 0.0)
    if not 0 < number < 5000:
        return None
    name = cast(Unit, re.sub(r"['’]s?$", "", unit[0].lower()).rstrip("s"))
    business = bool(re.search(r"business|working", count["kind"], re.IGNORECASE))
    return Found(unit.start() - len(window) + count.start(), unit.end(), Duration(number, name, business))
