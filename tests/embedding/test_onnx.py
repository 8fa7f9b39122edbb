"""Sentence encoders as ONNX files: tokens pooled, vectors of length 1, trouble told in a line."""

from pathlib import Path

import numpy as np
import pytest

from pipeline.embedding import embedder_for
from pipeline.errors import WrongUsage
from pipeline.settings import Settings
from tests.embedding.onnx_file import write_encoder

WORDS = ["[PAD]", "[UNK]", "rent", "pet", "late"]
TABLE = np.array([[9, 9, 9], [0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 2]], dtype=np.float32)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_encoder(tmp_path, WORDS, TABLE, limit=4)
    return tmp_path


def test_tokens_are_averaged_and_padding_does_not_count(folder: Path) -> None:
    embed = embedder_for(Settings(embedder=f"onnx:{folder}")).embed
    alone = embed(["rent late"])
    assert np.allclose(alone, np.array([[1, 0, 2]]) / np.sqrt(5))
    among = embed(["rent", "Rent late", "pet pet pet pet", "", " \n"])
    assert np.allclose(among[1], alone[0]) and among.dtype == np.float32
    assert np.allclose(among[[0, 2]], [[1, 0, 0], [0, 1, 0]]) and not among[3:].any()
    assert embed([]).shape == (0, 3)


def test_a_long_text_is_cut_at_the_models_limit(folder: Path) -> None:
    embed = embedder_for(Settings(embedder=f"onnx:{folder}")).embed
    assert np.allclose(embed(["rent rent rent rent " + "pet " * 1_000]), [[1, 0, 0]])


def test_more_texts_than_one_run_takes_come_back_in_their_order(folder: Path) -> None:
    embed = embedder_for(Settings(embedder=f"onnx:{folder}")).embed
    texts = ["pet" if i % 3 else "rent late rent" for i in range(100)]
    assert [bool(row[1]) for row in embed(texts)] == [bool(i % 3) for i in range(100)]


def test_the_first_token_stands_for_the_text_where_the_model_says_so(folder: Path) -> None:
    (folder / "1_Pooling").mkdir()
    (folder / "1_Pooling" / "config.json").write_text('{"pooling_mode_cls_token": true}')
    assert np.allclose(embedder_for(Settings(embedder=f"onnx:{folder}")).embed(["pet late rent"]), [[0, 1, 0]])


def test_another_model_has_another_name(folder: Path) -> None:
    before = embedder_for(Settings(embedder=f"onnx:{folder}")).model
    assert before.startswith(f"onnx-{folder.name}-")
    write_encoder(folder, WORDS, TABLE + 1)
    assert embedder_for(Settings(embedder=f"onnx:{folder}")).model != before


def test_a_folder_without_a_model_is_told_in_a_line(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(WrongUsage, match=r"no model\.onnx"):
        embedder_for(Settings(embedder=f"onnx:{tmp_path / 'nowhere'}"))
    (folder / "model.onnx").write_text("not a model")
    with pytest.raises(WrongUsage, match="can't be loaded"):
        embedder_for(Settings(embedder=f"onnx:{folder}"))
    with pytest.raises(WrongUsage, match="no such one as 'fast'"):
        embedder_for(Settings(embedder="fast"))
