"""Text of a DOCX that is set so that nobody sees it."""

from __future__ import annotations

from typing import Any

from pipeline.parse.docx_package import W
from pipeline.parse.docx_styles import size_of

_SMALLEST = 1.0  # points
_WHITE = 240  # of 255
_SHADED = ("shd", "highlight")
_OWN_GROUND = frozenset(
    W + name for name in ("tbl", "txbxContent")
)  # cells and text boxes are often filled with a colour


def unseen(run: Any, properties: Any | None, heading: bool) -> bool:
    """Whether a run is smaller than a point, or white on white.

    Args:
        run: the run.
        properties: of the run itself; what its style says is not looked at.
        heading: whether its paragraph is a heading, which may stand on a coloured band.
    """
    if properties is None:
        return False
    size = size_of(properties)
    if size is not None and size < _SMALLEST:
        return True
    return _white(properties) and not heading and not _shaded(run, properties)


def _white(properties: Any) -> bool:
    colour = properties.find(W + "color")
    value = "" if colour is None else colour.get(W + "val", "")
    try:
        return len(value) == 6 and min(bytes.fromhex(value)) >= _WHITE
    except ValueError:
        return False


def _shaded(run: Any, properties: Any) -> bool:
    """Whether something stands between the run and the white paper."""
    if any(properties.find(W + name) is not None for name in _SHADED):
        return True
    return any(above.tag in _OWN_GROUND or above.find(f"{W}pPr/{W}shd") is not None for above in run.iterancestors())
