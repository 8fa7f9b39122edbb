"""Learns how sure a chat model's values are, from runs whose values are judged against gold.

    python -m eval.train_llm_confidence record CORPUS --backend openai:gpt-4o-mini --into FOLDER
    python -m eval.train_llm_confidence fit FOLDER... [--strength L] [--write]

`record` reads each labelled document with the backend and writes one JSON file of judged values with their features (numbers
only, no text of the document). `fit` learns a logistic model from all files, every weight drawn to the one shipped (a
Gaussian prior), and reports figures cross-validated by document; each value is learned from with its second opinion and
without. Values of the offline reader that stand in for the model's are not learned from: they have a confidence already.
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.calibration import Bin, calibration_error, reliability
from eval.gold import GoldDocument, load_gold
from eval.judge import Judged, judge
from pipeline import Pipeline, Settings
from pipeline.generate import Backend, backend_for
from pipeline.generate.confidence import FEATURES, without_second
from schemas import Answer, Task

Array = NDArray[np.float64]
NAMES = ("bias", *FEATURES)


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a model: what was known of it, the credit it earned, the confidence it was given."""

    document: str
    field: str
    features: dict[str, float]
    credit: float
    confidence: float


class Recorder:
    """A backend that answers as another does, and keeps the features of its values.

    Args:
        backend: what answers.
    """

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self.features: dict[str, dict[str, float]] = {}

    @property
    def name(self) -> str:
        return self._backend.name

    @property
    def context_tokens(self) -> int | None:
        return self._backend.context_tokens

    @property
    def attachments(self) -> frozenset[str]:
        return getattr(self._backend, "attachments", frozenset())

    def answer(self, task: Task) -> Answer:
        """See `Backend.answer`."""
        answer = self._backend.answer(task)
        if task.kind == "extract":
            said = {name: dict(a.features) for name, a in answer.fields.items() if a.features and a.value is not None}
            self.features.update(said)
        return answer


def record(gold: GoldDocument, pipeline: Pipeline, recorder: Recorder) -> list[Value]:
    """The judged values of one document; a field that fell to the offline reader has none."""
    recorder.features = {}
    judged = judge(gold, pipeline.run(gold.path))
    return [
        Value(gold.name, j.field, recorder.features[j.field], j.credit if j.right is not None else 0.0, j.confidence)
        for j in judged
        if j.predicted is not None and j.field in recorder.features
    ]


def load(folders: Iterable[Path]) -> list[Value]:
    """Everything recorded in these folders."""
    return [Value(**v) for folder in folders for f in sorted(folder.glob("*.json")) for v in json.loads(f.read_text())]


def fit(values: Sequence[Value], start: Array, strength: float) -> Array:
    """Weights of highest posterior: logistic model, Gaussian prior of precision `strength` about `start`."""
    from scipy.optimize import minimize  # only learning needs it

    rows = np.array([r for v in values for r in (_row(v.features), _row(without_second(v.features)))])
    right = np.array([v.credit for v in values for _ in range(2)])

    def loss(weights: Array) -> tuple[float, Array]:
        scores = rows @ weights
        chance = 1 / (1 + np.exp(-scores))
        drawn = weights - start
        total = 0.5 * float((np.logaddexp(0, scores) - right * scores).sum()) + 0.5 * strength * float((drawn**2).sum())
        return total, 0.5 * rows.T @ (chance - right) + strength * drawn

    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B").x)


def predicted(values: Iterable[Value], weights: Array) -> Iterator[Judged]:
    """The values with the confidence that weights give them."""
    for v in values:
        confidence = float(1 / (1 + np.exp(-_row(v.features) @ weights)))
        yield _judged(v, confidence)


def cross_validated(values: Sequence[Value], start: Array, strength: float, folds: int = 5) -> list[Judged]:
    """Every value with the confidence that the other folds' documents give it."""
    fold_of = {name: number % folds for number, name in enumerate(sorted({v.document for v in values}))}
    done: list[Judged] = []
    for fold in range(folds):
        if tested := [v for v in values if fold_of[v.document] == fold]:
            weights = fit([v for v in values if fold_of[v.document] != fold], start, strength)
            done += predicted(tested, weights)
    return done


def shipped() -> Array:
    """The weights that are in force, in the order of `NAMES`."""
    kept = json.loads(_file().read_text(encoding="utf-8"))
    return np.array([kept["bias"], *(kept["weights"][name] for name in FEATURES)])


def _file() -> Path:
    return Path(str(files("pipeline.generate") / "confidence.json"))


def _row(features: dict[str, float]) -> Array:
    return np.array([1.0, *(features.get(name, 0.0) for name in FEATURES)])


def _judged(value: Value, confidence: float) -> Judged:
    right = value.credit >= 0.999
    return Judged(
        value.document, value.field, "", 1, 1, value.credit, "right" if right else "wrong", 0, 0, 0, confidence, True
    )


def _report(name: str, judged: Sequence[Judged]) -> None:
    def line(b: Bin) -> str:
        return f"{b.count} at {b.confidence:.2f}: {b.accuracy:.2f}"

    print(
        f"{name}: ECE {calibration_error(judged):.4f} of {len(judged)} values; {'; '.join(map(line, reliability(judged)))}"
    )


def _record_all(arguments: argparse.Namespace) -> None:
    """Records every labelled document of a corpus; those that are recorded already are left as they are."""
    settings = Settings(backend=arguments.backend, boxes=False)
    recorder = Recorder(backend_for(settings.backend, settings))
    pipeline = Pipeline(settings, backend=recorder)
    arguments.into.mkdir(parents=True, exist_ok=True)
    for gold in load_gold(arguments.corpus):
        target = arguments.into / f"{gold.name.replace('/', '_')}.json"
        if not target.exists():
            values = record(gold, pipeline, recorder)
            target.write_text(json.dumps([asdict(v) for v in values], indent=1) + "\n", encoding="utf-8")
            print(f"{gold.name}: {len(values)} values")


def main() -> None:
    """Records or fits, as the command says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    recording = commands.add_parser("record")
    recording.add_argument("corpus", type=Path)
    recording.add_argument("--backend", required=True)
    recording.add_argument("--into", type=Path, required=True)
    fitting = commands.add_parser("fit")
    fitting.add_argument("folders", type=Path, nargs="+")
    fitting.add_argument("--strength", type=float, default=2.0, help="how firmly weights are drawn to those shipped")
    fitting.add_argument("--write", action="store_true", help="write pipeline/generate/confidence.json")
    arguments = parser.parse_args()
    if arguments.command == "record":
        _record_all(arguments)
        return
    values, start = load(arguments.folders), shipped()
    _report("as shipped", list(predicted(values, start)))
    _report("cross-validated", cross_validated(values, start, arguments.strength))
    if arguments.write:
        weights = [round(float(w), 3) for w in fit(values, start, arguments.strength)]
        learned = {
            "trained_on": len(values),
            "bias": weights[0],
            "weights": dict(zip(FEATURES, weights[1:], strict=True)),
        }
        _file().write_text(json.dumps(learned, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
