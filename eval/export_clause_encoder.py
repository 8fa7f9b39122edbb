"""Writes a taught sentence encoder as one small file that ONNX Runtime runs: weights in whole numbers of eight bits."""

import json
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import torch  # type: ignore[import-not-found]  # not a dependency of the project

from eval.clause_encoder import HEADS, WIDTH, Encoder
from eval.word_pieces import LONGEST

_OPSET = 18


def write_encoder(encoder: Encoder, kinds: Sequence[str], target: Path) -> None:
    """Write the encoder: from `ids` (sentences x pieces) to `probabilities` (sentences x kinds and none).

    Args:
        encoder: taught.
        kinds: in the order of its outcomes; kept in the file.
        target: file ending in ".onnx".
    """
    import onnx  # type: ignore[import-not-found]
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.transformers.optimizer import optimize_model

    encoder.eval()
    with TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        ids = torch.ones(2, 16, dtype=torch.int64)
        shape = {"ids": {0: torch.export.Dim("sentences"), 1: torch.export.Dim("pieces", min=2, max=LONGEST)}}
        torch.onnx.export(
            encoder,
            (ids,),
            str(whole),
            input_names=["ids"],
            output_names=["probabilities"],
            dynamic_shapes=shape,
            opset_version=_OPSET,
            dynamo=True,
            external_data=False,
        )
        fused = optimize_model(str(whole), model_type="bert", num_heads=HEADS, hidden_size=WIDTH, opt_level=0)
        fused.save_model_to_file(str(whole))
        quantize_dynamic(whole, target, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8)
    model = onnx.load(target)
    onnx.helper.set_model_props(model, {"kinds": json.dumps(list(kinds))})
    onnx.save(model, target)
