"""A letter: a template rendered with a record; what the record lacks is a blank to fill in, and is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.calendar import TenancyCalendar
from pipeline.errors import WrongUsage
from pipeline.letters.values import FROM_RECORD, TO_FILL, letter_values
from schemas import LeaseRecord

if TYPE_CHECKING:
    from jinja2 import Environment

BLANK = "____________"
LAYOUT = "page.html.j2"
_ENDING = ".md.j2"
_MOST = 200_000  # characters of a letter


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as text (Markdown) and as a web page, and the names that are left blank in it."""

    kind: str
    on: date
    text: str
    html: str
    blanks: tuple[str, ...]


def letter_kinds(folder: Path | None = None) -> list[str]:
    """The letters there are templates for.

    Args:
        folder: a team's own templates, beside the shipped ones.

    >>> letter_kinds()
    ['deposit-return', 'non-renewal', 'reminder', 'renewal']
    """
    found = {path.name.removesuffix(_ENDING) for place in _places(folder) for path in place.glob(f"*{_ENDING}")}
    return sorted(found)


def write_letter(
    kind: str,
    record: LeaseRecord,
    calendar: TenancyCalendar,
    on: date,
    *,
    fill: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Letter:
    """Render a letter.

    Args:
        kind: one of `letter_kinds`.
        record: of the tenancy.
        calendar: of the record.
        on: the day of the letter.
        fill: values a person gives, by name; they come before those of the record.
        folder: a team's own templates, which come before the shipped ones.

    Raises:
        WrongUsage: there is no such letter, a name that letters don't have, or the template is wrong.
    """
    values = dict(letter_values(record, calendar, on))
    if unknown := sorted(set(fill or ()) - {*FROM_RECORD, *TO_FILL}):
        raise WrongUsage(f"letters have no {', '.join(unknown)}; they have {', '.join((*FROM_RECORD, *TO_FILL))}")
    values |= {name: " ".join(value.split()) for name, value in (fill or {}).items()}
    places = _places(folder)
    source = next((file for place in places if (file := place / f"{kind}{_ENDING}").is_file()), None)
    if source is None or kind not in letter_kinds(folder):
        raise WrongUsage(f"there is no letter {kind!r}; there are {', '.join(letter_kinds(folder))}")
    text, blanks = _rendered(source, values)
    return Letter(kind, on, text, _page(places, text, f"{kind}: {values.get('premises', '')}"), blanks)


def _places(folder: Path | None) -> tuple[Path, ...]:
    """Folders of templates, the team's own first; an installed package has the shipped ones inside."""
    inside, checkout = Path(__file__).parent / "notices", Path(__file__).parents[2] / "samples" / "notices"
    shipped = inside if inside.is_dir() else checkout
    return (folder, shipped) if folder is not None else (shipped,)


def _rendered(source: Path, values: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """The text, and the names that it says but that have no value."""
    from jinja2 import TemplateError, Undefined, meta

    missing: list[str] = []

    class Blank(Undefined):
        """A name without a value, as a place to write in."""

        def __str__(self) -> str:
            missing.append(str(self._undefined_name))
            return BLANK

    environment = _environment(autoescape=False).overlay(undefined=Blank)
    try:
        content = source.read_text(encoding="utf-8")
        if unknown := sorted(meta.find_undeclared_variables(environment.parse(content)) - {*FROM_RECORD, *TO_FILL}):
            raise WrongUsage(
                f"{source.name} says {', '.join(unknown)}; letters have {', '.join((*FROM_RECORD, *TO_FILL))}"
            )
        text = environment.from_string(content).render(values)
    except (OSError, UnicodeDecodeError) as error:
        raise WrongUsage(f"{source} can't be read: {error}") from None
    except (TemplateError, TypeError, ArithmeticError, LookupError) as error:
        raise WrongUsage(f"the template {source.name} is wrong: {' '.join(str(error).split())}") from None
    if len(text) > _MOST:
        raise WrongUsage(f"the template {source.name} makes a letter of more than {_MOST:,} characters")
    return text.strip() + "\n", tuple(dict.fromkeys(missing))


def _page(places: Sequence[Path], text: str, title: str) -> str:
    """The text as a web page by itself; everything in it is escaped."""
    layout = next(file for place in places if (file := place / LAYOUT).is_file())
    template = _environment(autoescape=True).from_string(layout.read_text(encoding="utf-8"))
    return template.render(title=title, blocks=[_block(part) for part in text.strip().split("\n\n")])


def _block(part: str) -> Mapping[str, Any]:
    """A paragraph, a heading ("# ...") or a list ("- ...") of the text."""
    lines = [line for line in part.split("\n") if line.strip()]
    if len(lines) == 1 and lines[0].startswith("# "):
        return {"heading": lines[0].removeprefix("# ")}
    if lines and all(line.startswith("- ") for line in lines):
        return {"points": [line.removeprefix("- ") for line in lines]}
    return {"lines": lines}


@lru_cache(maxsize=2)
def _environment(*, autoescape: bool) -> Environment:
    """Where templates are rendered: in a sandbox, as they may be anybody's."""
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(autoescape=autoescape, trim_blocks=True, lstrip_blocks=True)
