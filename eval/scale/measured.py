"""What documents take, measured on this machine: `python -m eval.scale.measured [FOLDER...]` writes measured.json beside it.

Processor seconds, which other work on the machine changes little, of one process with its models loaded; sizes of what is kept
of a document; and the questions and tokens that a chat model would be asked (not of scans), from a model on loopback that counts them. Of a
document only figures are kept. Default: the development corpus and the samples.
"""

import json
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import process_time

from pydantic import BaseModel, TypeAdapter

from eval.bench.llm_throughput import model
from pipeline import Pipeline, Settings
from pipeline.batch import PipelineProcess
from schemas import DocType, Result, Usage

KEPT = Path(__file__).with_name("measured.json")
FOLDERS = (
    Path("../shared/corpus"),
    *(Path(__file__).parents[2] / "samples" / name for name in ("gold", "leases", "protocols")),
)
KINDS = (".pdf", ".docx", ".txt")
CHARACTERS_A_TOKEN = 4
ANSWER_OVERHEAD = 25
"""Tokens of a field's answer beside value and quote: names, passage, confidence, brackets."""


class Measured(BaseModel):
    """One document in figures.

    Args:
        seconds: of processor time for everything offline.
        result_bytes: of result.json.
        passages, passage_characters: for the search index.
        questions, input_tokens: put to a chat model; four characters a token, schemas of the answers included.
        output_tokens: of its answers, computed from the values and quotes that the offline reader found.
        asked_seconds: of processor time with a chat model, in the process that reads and, as it asks itself here, that asks.
    """

    doc_type: DocType
    pages: int
    ocr_pages: int
    characters: int
    seconds: float
    result_bytes: int
    passages: int
    passage_characters: int
    questions: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    asked_seconds: float = 0.0


def kept() -> list[Measured]:
    """What was measured last."""
    return TypeAdapter(list[Measured]).validate_json(KEPT.read_bytes())


def measure(paths: Sequence[Path]) -> Iterator[Measured]:
    """Read each document offline, and again with a chat model; those that can't be read are left out."""
    with tempfile.TemporaryDirectory() as folder, model(0.0) as port:
        os.environ["OPENAI_API_KEY"] = "none"  # nobody is asked for one on loopback
        offline = Settings(database=f"sqlite:///{folder}/scale.db", reply_cache=False)
        read = PipelineProcess(offline)
        asking = Pipeline(
            offline.model_copy(update={"backend": "openai:scale", "base_url": f"http://127.0.0.1:{port}/v1"})
        )
        read(paths[0])  # loads models and packs
        asking.run(paths[0])
        for path in paths:
            start = process_time()
            processed = read(path)
            seconds = process_time() - start
            result = processed.result
            if result.status == "failed":
                continue
            start = process_time()
            usage = asking.run(path).usage if not result.document.ocr_pages else Usage()  # once by OCR is enough
            yield Measured(
                doc_type=result.doc_type, pages=result.document.pages, ocr_pages=len(result.document.ocr_pages),
                characters=result.document.characters, seconds=round(seconds, 4),
                result_bytes=len(result.model_dump_json(indent=2)), passages=len(processed.passages),
                passage_characters=sum(len(passage.text) for passage in processed.passages),
                questions=usage.calls, input_tokens=usage.input_tokens, output_tokens=_answer_tokens(result),
                asked_seconds=round(process_time() - start, 4),
            )  # fmt: skip
        asking.close()


def _answer_tokens(result: Result) -> int:
    """Of the answers that would say what the offline reader found."""
    terms = json.loads(result.model_dump_json())["terms"] or {}
    said = (
        json.dumps(term["value"]) + "".join(place["quote"] for place in term["evidence"][:1]) for term in terms.values()
    )
    return sum(ANSWER_OVERHEAD + len(text) // CHARACTERS_A_TOKEN for text in said)


def _documents(folders: Sequence[Path]) -> list[Path]:
    found = [path for folder in folders for path in sorted(folder.rglob("*")) if path.suffix in KINDS]
    return [path for path in found if path.name != "text.txt"]


def main(folders: Sequence[Path]) -> None:
    """Measure, and write it down."""
    made: list[Measured] = []
    for document in measure(_documents(folders)):
        made.append(document)
        print(document.model_dump_json(), flush=True)
    KEPT.write_text("[\n" + ",\n".join(document.model_dump_json() for document in made) + "\n]\n")


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]] or [folder for folder in FOLDERS if folder.is_dir()])
