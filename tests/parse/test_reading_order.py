"""Regions of a page are put into the order in which they are read."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.parse.reading_order import reading_order

LEFT, RIGHT = (50.0, 290.0), (310.0, 550.0)


def column(side: tuple[float, float], top: int, count: int) -> list[tuple[float, float, float, float]]:
    return [(side[0], top + 14.0 * i, side[1], top + 14.0 * i + 10) for i in range(count)]


def test_two_columns_of_prose_are_read_one_after_the_other() -> None:
    title, foot = (50.0, 10.0, 550.0, 25.0), (200.0, 400.0, 400.0, 410.0)
    boxes = [title, *column(LEFT, 50, 10), *column(RIGHT, 51, 10), foot]
    assert reading_order(boxes) == [[i] for i in range(len(boxes))]


def test_a_full_width_line_parts_columns_above_from_those_below() -> None:
    heading = (50.0, 150.0, 550.0, 165.0)
    boxes = [*column(LEFT, 50, 6), *column(RIGHT, 50, 6), heading, *column(LEFT, 180, 6), *column(RIGHT, 180, 6)]
    assert reading_order(boxes) == [[i] for i in range(len(boxes))]


def test_a_table_and_a_signature_block_are_read_row_by_row() -> None:
    labels = [(50.0, 20.0 * i, 120.0, 20.0 * i + 10) for i in range(10)]
    values = [(320.0, 20.0 * i + 1, 380.0, 20.0 * i + 11) for i in range(10)]
    assert reading_order([*labels, *values]) == [[i, i + 10] for i in range(10)]
    assert reading_order([*column(LEFT, 0, 3), *column(RIGHT, 0, 3)]) == [[0, 3], [1, 4], [2, 5]]


number = st.floats(0, 500, allow_nan=False)


@given(st.lists(st.tuples(number, number, st.floats(1, 300), st.floats(1, 40)), max_size=40))
def test_every_region_is_read_once(sizes: list[tuple[float, float, float, float]]) -> None:
    boxes = [(x, y, x + w, y + h) for x, y, w, h in sizes]
    assert sorted(i for row in reading_order(boxes) for i in row) == list(range(len(boxes)))


def test_lines_that_touch_stay_apart() -> None:
    long, short = (50.0, 100.0, 550.0, 116.0), (50.0, 106.0, 120.0, 118.0)
    assert reading_order([short, long]) == [[1], [0]]
