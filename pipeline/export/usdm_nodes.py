"""Instances of USDM classes as plain JSON objects, each with an id of its own."""

import re
from collections import Counter
from collections.abc import Sequence
from html import escape
from typing import Any

from pipeline.export.usdm_codes import SYSTEM, VERSION, Term

Node = dict[str, Any]
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")  # what XML may not hold


class Nodes:
    """Makes instances and numbers them by class, so that the same result always gives the same JSON.

    >>> Nodes()("Encounter", name="Visit 1")
    {'id': 'Encounter_1', 'name': 'Visit 1', 'instanceType': 'Encounter'}
    """

    def __init__(self) -> None:
        self._made: Counter[str] = Counter()

    def __call__(self, kind: str, **attributes: Any) -> Node:
        """An instance of the class `kind`."""
        self._made[kind] += 1
        return {"id": f"{kind}_{self._made[kind]}", **attributes, "instanceType": kind}

    def code(self, term: Term, system: str = SYSTEM, version: str = VERSION) -> Node:
        """A coded term."""
        return self("Code", code=term[0], codeSystem=system, codeSystemVersion=version, decode=term[1])

    def alias(self, term: Term) -> Node:
        """A coded term where the model allows for other codes of the same meaning."""
        return self("AliasCode", standardCode=self.code(term), standardCodeAliases=[])

    def quantity(self, value: float, unit: Term | None = None) -> Node:
        """A number with its unit."""
        return self("Quantity", value=float(value), unit=self.alias(unit) if unit else None)

    def note(self, text: str) -> Node:
        """A remark on an instance."""
        return self("CommentAnnotation", text=text, codes=[])


def xhtml(text: str) -> str:
    """A text as USDM wants the texts of criteria, objectives and conditions: XHTML, a paragraph for each line.

    >>> xhtml("Platelets < 100"), xhtml("One of:\\na) tophi")
    ('Platelets &lt; 100', '<p>One of:</p><p>a) tophi</p>')
    """
    lines = [escape(_CONTROL.sub("", line).strip(), quote=False) for line in text.splitlines() if line.strip()]
    return f"<p>{'</p><p>'.join(lines)}</p>" if len(lines) > 1 else "".join(lines)


def in_order(nodes: Sequence[Node]) -> list[Node]:
    """The same instances, each naming the one before and the one after it.

    >>> [(n["previousId"], n["nextId"]) for n in in_order([{"id": "a"}, {"id": "b"}])]
    [(None, 'b'), ('a', None)]
    """
    ids = [None, *(node["id"] for node in nodes), None]
    return [node | {"previousId": ids[i], "nextId": ids[i + 2]} for i, node in enumerate(nodes)]


def unlike(names: Sequence[str], otherwise: str) -> list[str]:
    """Names made unlike each other, as USDM wants them within a parent: a repeated one gets a number, a blank one a word.

    >>> unlike(["Day 1", "Day 1", ""], "Visit")
    ['Day 1', 'Day 1 (2)', 'Visit 3']
    """
    given: set[str] = set()
    made = []
    for number, name in enumerate(names, 1):
        plain = " ".join(name.split()) or f"{otherwise} {number}"
        chosen, again = plain, 1
        while chosen in given:
            again += 1
            chosen = f"{plain} ({again})"
        given.add(chosen)
        made.append(chosen)
    return made
