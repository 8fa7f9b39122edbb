"""Small charts as inline SVG: a reliability diagram and a coverage curve."""

from collections.abc import Sequence

from eval.calibration import Bin, Point

_SIDE = 260
_EDGE = 36
_FRAME = (
    '<rect x="{e}" y="{e}" width="{w}" height="{w}" fill="none" stroke="#999"/>'
    '<text x="{m}" y="{b}" text-anchor="middle">{x}</text>'
    '<text x="12" y="{m}" text-anchor="middle" transform="rotate(-90 12 {m})">{y}</text>'
)


def reliability_svg(bins: Sequence[Bin]) -> str:
    """Accuracy over confidence; the dots' area grows with their count, the diagonal is perfect calibration.

    >>> reliability_svg([Bin(4, 0.9, 1.0)]).count("<circle")
    1
    """
    most = max((b.count for b in bins), default=1)
    dots = "".join(
        f'<circle cx="{_x(b.confidence):.1f}" cy="{_y(b.accuracy):.1f}" r="{3 + 9 * (b.count / most) ** 0.5:.1f}" '
        f'fill="#2a6f97" fill-opacity=".7"><title>{b.count} values: confidence {b.confidence:.2f}, right {b.accuracy:.2f}'
        "</title></circle>"
        for b in bins
    )
    diagonal = f'<line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}" stroke="#bbb" stroke-dasharray="4"/>'
    return _svg("confidence", "share that is right", diagonal + dots)


def coverage_svg(points: Sequence[Point]) -> str:
    """Precision over coverage, from the surest value to all of them; the line at the top is 99 %."""
    path = " ".join(f"{_x(p.coverage):.1f},{_y(p.precision):.1f}" for p in points)
    goal = f'<line x1="{_x(0)}" y1="{_y(0.99):.1f}" x2="{_x(1)}" y2="{_y(0.99):.1f}" stroke="#2a9d5c" stroke-dasharray="4"/>'
    return _svg(
        "coverage", "precision", f'{goal}<polyline points="{path}" fill="none" stroke="#2a6f97" stroke-width="2"/>'
    )


def _svg(x: str, y: str, inside: str) -> str:
    frame = _FRAME.format(e=_EDGE, w=_SIDE - 2 * _EDGE, m=_SIDE // 2, b=_SIDE - 10, x=x, y=y)
    ticks = "".join(
        f'<text x="{_x(v):.0f}" y="{_SIDE - _EDGE + 14}" text-anchor="middle">{v:g}</text>'
        f'<text x="{_EDGE - 5}" y="{_y(v) + 4:.0f}" text-anchor="end">{v:g}</text>'
        for v in (0, 0.5, 1)
    )
    return (
        f'<svg width="{_SIDE}" height="{_SIDE}" font-size="11" fill="currentColor" role="img" aria-label="{y} over {x}">'
        f"{frame}{ticks}{inside}</svg>"
    )


def _x(value: float) -> float:
    return _EDGE + value * (_SIDE - 2 * _EDGE)


def _y(value: float) -> float:
    return _SIDE - _EDGE - value * (_SIDE - 2 * _EDGE)
