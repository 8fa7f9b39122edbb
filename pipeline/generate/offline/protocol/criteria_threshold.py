"""Measurable bounds in the text of a criterion: "platelet count ≥ 100 × 10^9/L" -> test, operator, value, unit."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from pipeline.generate.offline.protocol.criteria_measures import measured_in
from schemas import Threshold

Operator = Literal["<", "<=", "=", ">=", ">"]

_NUMBER = (
    r"[-−]?\d{1,3}(?:[ \u2009\u202f]\d{3})+(?=\s?[/xX×cp])|[-−]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[-−]?\d{1,7}(?:\.\d{1,4})?"
)
_TIMES = r"(?:[x×*]|\bX\b|times)"
_UNIT = rf"""(?:
    \s?{_TIMES}?\s?(?:the\s|institutional\s|local\s|laboratory\s){{0,3}}(?:ULN|LLN|(?:upper|lower)\slimits?\sof\s(?:the\s)?(?:normal|reference)(?:\srange)?)\b(?:\s?\(U?L?LN\))?
  | \s?{_TIMES}\s?10\s?[\^ˆ]?\s?\d{{1,2}}\s?(?:cells?|copies|/|per)?\s?/?\s?(?:[µμu]?L|mL|mm\s?[\^ˆ]?[3³]|kg|litre|liter)\b
  | \s?(?:mL|ml)\s?(?:/|per\s)\s?min(?:ute)?(?:\s?(?:/|per\s)\s?1\.73\s?m\s?[\^ˆ]?[2²])?
  | \s?(?:m?g|[µμun]g|mcg|pg|m?mol|[µμun]mol|pmol|mEq|m?U|IU|[µμu]?IU|mIU|kU|cells?|copies|letters|counts?)\s?(?:/|per\s)\s?(?:[dmµμu]?[Ll]|mm\s?[\^ˆ]?[3³]|kg(?:/day)?|day|mol|mmol|m[gm]?|g|min|hour|h|week|µL|cumm)\b
  | \s?kg\s?/\s?m\s?[\^ˆ]?[2²]?
  | \s?/\s?(?:[µμu]L|mm\s?[\^ˆ]?[3³]|mL|HPF|hpf)
  | \s?mm\s?Hg\b | \s?% | \s?percent\b | \s?(?:beats(?:\s?/\s?|\sper\s)min(?:ute)?|bpm)\b
  | \s?(?:kg|cm|mm|msec|ms|milliseconds|letters|ETDRS\sletters|points|lb|°\s?C|°\s?F|g|mg|mEq|units?|IU|pack[- ]years)\b
  | [\s-]?(?:years?|months?|weeks?|days?|hours?)\b
)"""
_OPERATORS: tuple[tuple[Operator, str], ...] = (
    (">=", r"≥|⩾|\uf0b3|>\s?=|=\s?>|greater\sthan\sor\sequal(?:\sto)?|(?:more|higher)\sthan\sor\sequal(?:\sto)?"
           r"|at\sleast|not?\s(?:less|lower|fewer|younger|shorter)\sthan|(?:a\s)?minimum(?:\sof)?|equal\sto\sor\s(?:greater|more|higher)\sthan"),
    ("<=", r"≤|⩽|\uf0a3|<\s?=|=\s?<|(?:less|lower|fewer)\sthan\sor\sequal(?:\sto)?|at\smost|not?\s(?:more|greater|higher|older|longer)\sthan|up\sto"
           r"|(?:must\s|does\s|do\s)?not\sexceed(?:ing)?|(?:a\s)?maximum(?:\sof)?|equal\sto\sor\s(?:less|lower)\sthan"),
    (">", r">|(?:greater|more|higher|older|longer)\sthan|above|exceed(?:s|ing)?|over"),
    ("<", r"<|(?:less|lower|fewer|younger|shorter)\sthan|below|under"),
    ("=", r"="),
)  # fmt: skip
_OPERATOR = "|".join(f"(?P<op{k}>{pattern})" for k, (_, pattern) in enumerate(_OPERATORS))
_AFTER = r"(?P<after>(?:\s(?:of\sage|old|in\sage))?[\s,(]{1,2}(?:or|and)\s(?:(?P<up>older|greater|more|higher|above|over)|(?P<down>younger|less|lower|fewer|below|under)))"
_BOUND = re.compile(
    rf"(?!(?<=[a-z])[a-z])(?:{_OPERATOR})\s?(?:an?\s(?:age|score|value)\sof\s)?(?:or\s)?(?P<value>{_NUMBER})(?!\d|\.\d)(?P<unit>{_UNIT})?",
    re.VERBOSE | re.IGNORECASE,
)
_TRAILED = re.compile(rf"(?<![\w.,/-])(?P<value>{_NUMBER})(?P<unit>{_UNIT})?{_AFTER}\b", re.VERBOSE | re.IGNORECASE)
_RANGE = re.compile(
    rf"(?<![\w.,/≥≤<>-])(?:between\s)?(?:the\sages\sof\s)?(?P<low>{_NUMBER})(?P<lowunit>{_UNIT})?\s?(?P<to>to|through|and|or|[-–−])\s?"
    rf"(?P<high>{_NUMBER})(?!\d|\.\d|\s?/)(?P<unit>{_UNIT})?",
    re.VERBOSE | re.IGNORECASE,
)
_AGE_AFTER = re.compile(
    r"[\s,-]*(?:\(?inclusive\)?[\s,]*)?(?:of\sage|old|in\sage)\b|[\s,(]*(?:or|and)\solder", re.IGNORECASE
)
_LED = re.compile(r"(?:\b(?:of|between|from|range|score|is)|[:=(])\s?$", re.IGNORECASE)
_GRADED = re.compile(r"(?:\bECOG\b|performance status|\bNYHA\b|\bPS\b)[^.;]{0,40}$")
_PRESSURES = re.compile(r"\s?/\s?(\d{2,3})(?=\D|$)")
_JOINED = re.compile(
    r"[\s,]*(?:\(inclusive\)[\s,]*)?(?:and|or|but|to|,)?[\s,]*(?:is\s|are\s|must\sbe\s)?", re.IGNORECASE
)
_LASTING = re.compile(
    r"(\baged?\b|\bages\b)(?=[^.;]{0,25}$)|(?:life expectancy|expected survival)(?=[^.;]{0,60}$)", re.IGNORECASE
)
_FAR = 90  # characters between a test and its bound
_LEAST_PRESSURE = 30  # mmHg; what is less counts readings
_LONGEST = 6_000
_MOST = 40
_SPACE = re.compile(r"\s+")
_DIGIT = re.compile(r"\d")
_TIME_UNITS = ("year", "month", "week", "day", "hour")


class _Found(NamedTuple):
    start: int
    end: int
    operator: Operator
    value: float
    unit: str


def thresholds(text: str) -> list[Threshold]:
    """The bounds a criterion sets, in the order of its text; a range gives two.

    Bounds whose test is not known from the words before (doses, time windows) are left out.

    >>> [(t.test, t.operator, t.value, t.unit) for t in thresholds("Platelet count ≥ 100 × 10^9/L, ALT > 3 x ULN")]
    [('platelets', '>=', 100.0, '× 10^9/L'), ('ALT', '>', 3.0, 'x ULN')]
    >>> [(t.test, t.operator, t.value) for t in thresholds("Men aged 18 to 75 years")]
    [('age', '>=', 18.0), ('age', '<=', 75.0)]
    """
    if not _DIGIT.search(text):
        return []
    text = _SPACE.sub(" ", text[:_LONGEST])
    read: list[Threshold] = []
    test, end = "", 0
    for found in _bounds(text):
        joined = bool(test) and (found.end == end or _JOINED.fullmatch(text, end, found.start) is not None)
        near = test if found.end == end else _test(text, found, end)
        if not near and joined:
            near = test
        test = near
        if test:
            read += _with_diastolic(text, test, found)
        end = found.end
    return _with_units(read[:_MOST])


def _test(text: str, found: _Found, after: int) -> str:
    """What a bound is set on: named before it, or age by the words after a number of years."""
    years = not found.unit or found.unit.strip(" -").lower().startswith("year")
    if years and _AGE_AFTER.match(text, found.end):
        return "age"
    before = max(after, found.start - _FAR)
    if found.unit.strip(" -").lower().startswith(_TIME_UNITS):
        lasting = list(_LASTING.finditer(text[before : found.start]))
        return "" if not lasting else "age" if lasting[-1].group(1) else "life expectancy"
    test = measured_in(text[before : found.start])
    return "" if test == "age" and found.unit else test


def _with_diastolic(text: str, test: str, found: _Found) -> Iterator[Threshold]:
    """The bound; for a blood pressure of "140/90" the systolic and the diastolic."""
    unit = _SPACE.sub(" ", found.unit).strip(" -")
    second = _PRESSURES.match(text, found.end - len(found.unit)) if "blood pressure" in test else None
    if second and test == "blood pressure":
        yield Threshold.model_construct(
            test="systolic blood pressure", operator=found.operator, value=found.value, unit="mmHg"
        )
        yield Threshold.model_construct(
            test="diastolic blood pressure", operator=found.operator, value=float(second.group(1)), unit="mmHg"
        )
        return
    fraction = test == "visual acuity" and text.startswith("/", found.end)
    if not fraction and (unit or "blood pressure" not in test or found.value >= _LEAST_PRESSURE):
        yield Threshold.model_construct(test=test, operator=found.operator, value=found.value, unit=unit)


def _with_units(read: list[Threshold]) -> list[Threshold]:
    """Bounds without a unit take that of the next bound on the same test ("≥ 30 to < 90 mL/min")."""
    for k in range(len(read) - 2, -1, -1):
        mine, after = read[k], read[k + 1]
        if not mine.unit and after.unit and mine.test.split()[-1] == after.test.split()[-1]:
            read[k] = mine.model_copy(update={"unit": after.unit})
    return read


def _bounds(text: str) -> Iterator[_Found]:
    """Every number with an operator, before or after, and every range, from left to right."""
    found: list[tuple[int, int, list[_Found]]] = []
    for m in _BOUND.finditer(text):
        operator = next(op for k, (op, _) in enumerate(_OPERATORS) if m[f"op{k}"])
        found.append((m.start(), 0, [_Found(m.start(), m.end(), operator, _number(m["value"]), m["unit"] or "")]))
    for m in _RANGE.finditer(text):
        low, high = _number(m["low"]), _number(m["high"])
        unit = m["unit"] or m["lowunit"] or ""
        graded = high - low == 1 and not unit and _GRADED.search(text, 0, m.start()) is not None
        led = _LED.search(text, 0, m.start("low")) is not None and m["to"].lower() != "or"
        if graded or (low < high and m["to"].lower() != "or" and (unit or led or _AGE_AFTER.match(text, m.end()))):
            span = (m.start("low"), m.end())
            found.append((m.start(), 1, [_Found(*span, ">=", low, unit), _Found(*span, "<=", high, unit)]))
    for m in _TRAILED.finditer(text):
        operator = ">=" if m["up"] else "<="
        end = m.start("after")
        found.append((m.start(), 2, [_Found(m.start(), end, operator, _number(m["value"]), m["unit"] or "")]))
    end = -1
    for start, _, bounds in sorted(found, key=lambda f: f[:2]):
        if start >= end:
            yield from bounds
            end = bounds[0].end


def _number(text: str) -> float:
    return float(re.sub(r"[,\s]", "", text).replace("−", "-"))
