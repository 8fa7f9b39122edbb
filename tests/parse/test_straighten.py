"""Scans are turned by the angle of their text."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.parse.ocr_models import Quad
from pipeline.parse.straighten import angle_of, bounds, rotate


def line(y: float, angle: float, length: float = 300) -> Quad:
    """A line of text at height y of a page that was turned clockwise around the origin."""
    corners = np.array([[0, y], [length, y], [length, y + 12], [0, y + 12]])
    turn = math.radians(angle)
    matrix = np.array([[math.cos(turn), math.sin(turn)], [-math.sin(turn), math.cos(turn)]])
    return (corners @ matrix).astype(np.float32)


@given(st.floats(-44, 134))
def test_the_angle_of_lines_is_found(angle: float) -> None:
    if abs(angle - 45) < 1:
        return  # neither across nor down
    assert angle_of([line(20.0 * i, angle) for i in range(10)]) == pytest.approx(angle, abs=0.1)


def test_stamps_and_initials_do_not_turn_the_page() -> None:
    odd = [line(10, 60, 50), line(50, 90, 80), line(90, 30, 40)]
    assert angle_of([line(20.0 * i, 2) for i in range(10)] + odd) == pytest.approx(2, abs=0.1)


@given(st.floats(-180, 180), st.integers(0, 59), st.integers(0, 39))
def test_a_turned_bitmap_maps_back_to_where_it_came_from(angle: float, x: int, y: int) -> None:
    bitmap = np.full((40, 60, 3), 255, np.uint8)
    turned, back = rotate(bitmap, angle)
    forward = np.linalg.inv(np.vstack([back, [0, 0, 1]]))
    there = forward @ [x, y, 1]
    assert -1 <= there[0] <= turned.shape[1] + 1
    assert -1 <= there[1] <= turned.shape[0] + 1
    point = np.tile(there[:2], (4, 1)).astype(np.float32)
    assert bounds(point, back) == pytest.approx((x, y, x, y), abs=0.01)


def test_a_page_without_text_is_left_alone() -> None:
    assert angle_of([]) == 0
