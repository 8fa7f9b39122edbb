"""Writes pages as Amazon Textract describes them: blocks with ids, relationships, geometry and confidence."""

import itertools
import math
from collections.abc import Mapping, Sequence
from typing import Any

Block = dict[str, Any]

CHARACTER, HEIGHT = 5.5, 11.0  # points


class BlockPage:
    """One page of blocks; what is written stands at points of a page, from its top left, turned with the page if it is.

    Args:
        number: of the page.
        width, height: in points.
        turned: degrees clockwise by which the writing lies (0, 90, 180, 270); places are given as if it did not.
    """

    def __init__(self, number: int = 1, width: float = 612, height: float = 792, turned: int = 0) -> None:
        self._ids = (f"{number:04d}-{i:06d}" for i in itertools.count())
        self.number, self._width, self._height, self._turned = number, width, height, turned
        self.page = self._block("PAGE", (0, 0, width, height))
        self.blocks: list[Block] = [self.page]

    def line(self, text: str, x: float, y: float, confidence: float = 99.0, words: bool = True) -> list[str]:
        """Write a line; the ids of its words."""
        children, left = [], x
        for word in text.split():
            box = (left, y, left + CHARACTER * len(word), y + HEIGHT)
            children.append(self._add("WORD", box, confidence, Text=word, TextType="PRINTED"))
            left += CHARACTER * (len(word) + 1)
        if not words:
            del self.blocks[-len(children) :]
            children = []
        self._child(self._add("LINE", (x, y, left - CHARACTER, y + HEIGHT), confidence, children, Text=text))
        return children

    def mark(self, selected: bool, x: float, y: float) -> str:
        """Draw a box to tick; its id."""
        status = "SELECTED" if selected else "NOT_SELECTED"
        return self._add("SELECTION_ELEMENT", (x, y, x + HEIGHT, y + HEIGHT), 99.0, SelectionStatus=status)

    def table(
        self, rows: Sequence[Sequence[str]], x: float, y: float, column: float = 120.0, *,
        merged: Sequence[tuple[int, int, int, int]] = (), head: int = 0, confidence: float = 98.0,
    ) -> None:  # fmt: skip
        """Write a table: each cell a line.

        Args:
            merged: first row and column from 1, rows and columns covered.
            head: rows marked as column headers.
        """
        ids: dict[tuple[int, int], str] = {}
        for r, row in enumerate(rows, 1):
            for c, text in enumerate(row, 1):
                left, top = x + (c - 1) * column, y + (r - 1) * 20
                words = self.line(text, left + 2, top + 4) if text else []
                place = {"RowIndex": r, "ColumnIndex": c, "RowSpan": 1, "ColumnSpan": 1}
                kind = {"EntityTypes": ["COLUMN_HEADER"]} if r <= head else {}
                ids[r, c] = self._add("CELL", (left, top, left + column, top + 20), confidence, words, **place, **kind)
        wholes = [
            self._add("MERGED_CELL", (x, y, x + column, y + 20), confidence,
                      [ids[i, j] for i in range(r, r + down) for j in range(c, c + across)],
                      RowIndex=r, ColumnIndex=c, RowSpan=down, ColumnSpan=across)
            for r, c, down, across in merged
        ]  # fmt: skip
        box = (x, y, x + column * max(map(len, rows)), y + 20 * len(rows))
        table = self._add("TABLE", box, confidence, list(ids.values()), EntityTypes=["STRUCTURED_TABLE"])
        if wholes:
            self._block_of(table)["Relationships"].append({"Type": "MERGED_CELL", "Ids": wholes})
        self._child(table)

    def field(self, key: Sequence[str], value: Sequence[str], confidence: float = 95.0) -> None:
        """Pair the ids of a question's words with those of its answer."""
        answer = self._add("KEY_VALUE_SET", (0, 0, 1, 1), confidence, value, EntityTypes=["VALUE"])
        asked = self._add("KEY_VALUE_SET", (0, 0, 1, 1), confidence, key, EntityTypes=["KEY"])
        self._block_of(asked).setdefault("Relationships", []).insert(0, {"Type": "VALUE", "Ids": [answer]})
        self._child(asked)

    def _add(
        self, kind: str, box: tuple[float, float, float, float], confidence: float, children: Sequence[str] = (),
        **more: Any,
    ) -> str:  # fmt: skip
        block = self._block(kind, box, Confidence=confidence, **more)
        if children:
            block["Relationships"] = [{"Type": "CHILD", "Ids": list(children)}]
        self.blocks.append(block)
        return str(block["Id"])

    def _block(self, kind: str, box: tuple[float, float, float, float], **more: Any) -> Block:
        return {"BlockType": kind, "Id": next(self._ids), "Page": self.number, "Geometry": self._geometry(box), **more}

    def _geometry(self, box: tuple[float, float, float, float]) -> Mapping[str, Any]:
        x0, y0, x1, y1 = box
        corners = [self._shown(x, y) for x, y in ((x0, y0), (x1, y0), (x1, y1), (x0, y1))]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return {
            "BoundingBox": {"Left": min(xs), "Top": min(ys), "Width": max(xs) - min(xs), "Height": max(ys) - min(ys)},
            "Polygon": [{"X": x, "Y": y} for x, y in corners],
        }

    def _shown(self, x: float, y: float) -> tuple[float, float]:
        """A place of the writing as a share of the page it lies on."""
        lying = self._turned in (90, 270)
        across, down = (self._height, self._width) if lying else (self._width, self._height)
        angle = math.radians(self._turned)
        u, v = x - across / 2, y - down / 2
        a, b = u * math.cos(angle) - v * math.sin(angle), u * math.sin(angle) + v * math.cos(angle)
        return (a + self._width / 2) / self._width, (b + self._height / 2) / self._height

    def _child(self, block: str) -> None:
        self.page.setdefault("Relationships", [{"Type": "CHILD", "Ids": []}])[0]["Ids"].append(block)

    def _block_of(self, block: str) -> Block:
        return next(b for b in self.blocks if b["Id"] == block)
