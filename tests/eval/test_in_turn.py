"""Two ways timed in turn: each as often, neither always first, the ratio of each round."""

from pathlib import Path

import pytest

from eval.bench.in_turn import copied, median_ratio


def test_each_way_is_timed_in_every_round_and_neither_is_always_first(capsys: pytest.CaptureFixture[str]) -> None:
    done: list[str] = []

    def way(name: str, seconds: list[float]) -> float:
        done.append(name)
        return seconds.pop(0)

    old, new = [3.0, 8.0, 5.0], [1.0, 2.0, 5.0]
    ratio = median_ratio({"old": lambda: way("old", old), "new": lambda: way("new", new)}, 3, "5 documents")
    assert ratio == 3.0  # of 3, 4 and 1
    assert done == ["old", "new", "new", "old", "old", "new"]
    assert capsys.readouterr().out.startswith("5 documents: old 3.0 s, new 1.0 s, ratio 3.000")


def test_files_are_copied_until_there_are_enough(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(name)
    names = copied([tmp_path / "a.txt", tmp_path / "b.txt"], tmp_path / "in", 3)
    assert names == ["0000-a.txt", "0001-b.txt", "0002-a.txt"]
    assert [(tmp_path / "in" / name).read_text() for name in names] == ["a.txt", "b.txt", "a.txt"]
