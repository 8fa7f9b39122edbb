"""Finds and reads text regions in a bitmap with RapidOCR's models (PP-OCRv6), run by ONNX Runtime.

The models are read straight from the installed RapidOCR wheel, so nothing can be downloaded, and are run one region at a
time: on two cores that is as fast as batches and keeps the memory at a third of what RapidOCR's own driver takes.
Detection: Liao et al., "Real-time scene text detection with differentiable binarization" (AAAI 2020). Reading: CTC.
"""

from __future__ import annotations

import importlib.util
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Bitmap = NDArray[np.uint8]  # height x width x 3, BGR
Quad = NDArray[np.float32]  # 4 x 2: corners clockwise from the top left

DETECT_SIDE = 960  # px, longer side of the bitmap shown to the detector; 736 begins to miss, 1280 finds no more
DETECT_THRESHOLD = 0.3
REGION_THRESHOLD = 0.5
UNCLIP = 1.6  # how far a detected kernel is grown, as a share of area / perimeter
READ_HEIGHT = 48  # px, the height the recogniser was trained on
READ_WIDTH = 3200  # px, longest region read in one go
MAX_REGIONS = 2_000
SPACE_THRESHOLD = 0.25  # a blank this likely to be a space is one; the model is shy of narrow spaces


@dataclass(frozen=True, slots=True)
class Region:
    """A piece of text in a bitmap: its corners (px), what it says, the mean probability of its characters."""

    quad: Quad
    text: str
    confidence: float


def models_folder() -> Path:
    """The folder of the models in the installed RapidOCR wheel."""
    spec = importlib.util.find_spec("rapidocr")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("rapidocr is not installed; install it with: pip install rapidocr")
    return Path(spec.submodule_search_locations[0]) / "models"


@cache
def _session(task: str) -> Any:  # an onnxruntime.InferenceSession; the package has no type stubs
    """The model for "det" (detector), "rec" (recogniser) or "cls" (upside-down classifier), loaded once per process."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = min(2, os.cpu_count() or 1)
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # an arena never gives memory back
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # other workers need the cores too
    model = next(models_folder().glob(f"*_{task}_*.onnx"))
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


def _run(task: str, bitmap: NDArray[Any]) -> NDArray[np.float32]:
    """The model's answer to a bitmap of the size it wants."""
    session = _session(task)
    scaled = ((bitmap.astype(np.float32) / 255 - 0.5) / 0.5).transpose(2, 0, 1)[None]
    output: NDArray[np.float32] = session.run(None, {session.get_inputs()[0].name: scaled})[0]
    return output


def detect(bitmap: Bitmap) -> list[Quad]:
    """The text regions of a bitmap, in no particular order."""
    import cv2

    height, width = bitmap.shape[:2]
    scale = min(1.0, DETECT_SIDE / max(height, width))
    size = [max(32, round(side * scale / 32) * 32) for side in (width, height)]
    small = cv2.resize(bitmap, size, interpolation=cv2.INTER_AREA)
    likely = _run("det", small)[0, 0]
    mask = cv2.dilate((likely > DETECT_THRESHOLD).astype(np.uint8), np.ones((2, 2), np.uint8))
    contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    quads = []
    for contour in contours[:MAX_REGIONS]:
        x, y, w, h = cv2.boundingRect(contour)
        inside = np.zeros((h, w), np.uint8)
        cv2.fillPoly(inside, [contour - (x, y)], 1)
        if min(w, h) < 3 or cv2.mean(likely[y : y + h, x : x + w], inside)[0] < REGION_THRESHOLD:
            continue
        centre, (a, b), angle = cv2.minAreaRect(contour)
        grow = 2 * UNCLIP * a * b / max(2 * (a + b), 1.0)
        corners = cv2.boxPoints((centre, (a + grow, b + grow), angle))
        quads.append(_clockwise(corners * (width / size[0], height / size[1])))
    return quads


def _clockwise(corners: NDArray[np.floating[Any]]) -> Quad:
    """Corners ordered top left, top right, bottom right, bottom left (for text that runs more across than down)."""
    left, right = np.split(corners[np.argsort(corners[:, 0], kind="stable")], 2)
    top_left, bottom_left = left[np.argsort(left[:, 1], kind="stable")]
    top_right, bottom_right = right[np.argsort(right[:, 1], kind="stable")]
    return np.array([top_left, top_right, bottom_right, bottom_left], np.float32)


def crop(bitmap: Bitmap, quad: Quad) -> Bitmap:
    """The region cut out and turned to stand straight, `READ_HEIGHT` high; a tall one is laid on its side."""
    import cv2

    width = max(float(np.linalg.norm(quad[0] - quad[1])), 1.0)
    height = max(float(np.linalg.norm(quad[0] - quad[3])), 1.0)
    if height > 1.5 * width:  # text that runs upwards
        quad, width, height = np.roll(quad, 1, axis=0), height, width
    across = int(min(max(READ_HEIGHT * width / height, 8), READ_WIDTH))
    corners = np.array([[0, 0], [across, 0], [across, READ_HEIGHT], [0, READ_HEIGHT]], np.float32)
    matrix = cv2.getPerspectiveTransform(np.ascontiguousarray(quad), corners)
    size = (across, READ_HEIGHT)
    cut = cv2.warpPerspective(bitmap, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(cut, np.uint8)


@cache
def _alphabet() -> tuple[NDArray[np.intp], str]:
    """The recogniser's classes we accept, and their characters: Latin, Greek, digits, punctuation, symbols.

    The model also knows 17,000 Chinese and Japanese characters, which in a Western document are misreadings.
    """
    characters = _session("rec").get_modelmeta().custom_metadata_map["character"].splitlines()
    kept = [(i, c) for i, c in enumerate([*characters, " "], 1) if len(c) == 1 and ord(c) < 0x2E80]
    return np.array([0, *(i for i, _ in kept)]), "\0" + "".join(c for _, c in kept)


def read(cut: Bitmap) -> tuple[str, float]:
    """What a region says, and the mean probability of its characters (0 if it says nothing)."""
    classes, characters = _alphabet()
    likely = _run("rec", cut)[0][:, classes]
    best = likely.argmax(axis=1)
    space = len(characters) - 1
    best[(best == 0) & (likely[:, space] > SPACE_THRESHOLD)] = space
    first = np.ones(len(best), bool)
    first[1:] = best[1:] != best[:-1]
    kept = first & (best != 0)
    text = " ".join("".join(characters[i] for i in best[kept]).split())
    return text, float(likely[np.arange(len(best)), best][kept].mean()) if text else 0.0


def upside_down(cuts: list[Bitmap]) -> bool:
    """Whether most of the regions stand on their heads, by RapidOCR's angle classifier."""
    import cv2

    votes = 0
    for cut in cuts:
        across = min(cut.shape[1], 4 * READ_HEIGHT)
        sample = np.full((READ_HEIGHT, 4 * READ_HEIGHT, 3), 127, np.uint8)
        sample[:, :across] = cv2.resize(cut[:, :across], (across, READ_HEIGHT))
        votes += bool(_run("cls", sample)[0].argmax() == 1)
    return votes * 2 > len(cuts)
