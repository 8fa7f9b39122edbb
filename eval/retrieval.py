"""Learns, and measures, what an LLM is shown of a document: which units answer which field.

    python -m eval.retrieval CORPUS [samples/gold ...] [--write] [--share 0.12]

Trains the ranker of pipeline/retrieve on labelled documents, cross-validated by document, and prints the share of gold fields
whose evidence is shown (recall) against the share of the document's tokens that all its prompts' passages add up to. The
offline reader's evidence is a feature: of leases, each is read with weights learned without it. With --write, the weights
learned from all documents are written.
"""

import argparse
import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np

from eval.gold import GoldDocument, load_gold
from eval.gold_places import LISTS, squeezed
from eval.learn_retrieval import Case, case_of, learn
from eval.train_lease import Labelled
from eval.train_lease import learn as learn_reader
from pipeline import ParseOptions, read_document
from pipeline.generate import backend_for
from pipeline.generate.offline import lease
from pipeline.prompt import render
from pipeline.retrieve.ranker import WEIGHTS, Said, Weights, as_data, chances
from pipeline.retrieve.show import LEAST_TOKENS, Ranked, passages_for, tokens_of
from schemas import Analysis, Document, Passage, Task, analysis_for

FOLDS = 6
SHARES = {"LeaseTerms": (0.3, 0.36, 0.38), "ProtocolTerms": (0.102, 0.122, 0.152)}
_READER = 3.0  # strength of the lease reader's priors, as eval.train_lease has it
_SURE = 5  # letters of a value from which its standing in a text is no chance


def labelled(folders: Sequence[Path]) -> list[tuple[Path, GoldDocument, Document]]:
    """The labelled documents of folders that have text and terms."""
    options = ParseOptions(ocr=False)
    found = [(f, g, read_document(g.path, options)) for f in folders for g in load_gold(f) if g.doc_type != "other"]
    return [(f, g, d) for f, g, d in found if len(d.text.strip()) >= 200]


def read_out_of_fold(documents: Sequence[tuple[Path, GoldDocument, Document]]) -> list[Said]:
    """What the offline reader says of each lease, its weights learned without that lease."""
    leases = [Labelled(document, gold) for _, gold, document in documents]
    said: list[Said] = [{} for _ in leases]
    for fold in range(FOLDS):
        weights = learn_reader([x for i, x in enumerate(leases) if i % FOLDS != fold], _READER)
        for i in range(fold, len(leases), FOLDS):
            said[i] = lease.read(leases[i].document, weights)
    return said


def read_by_rules(document: Document, analysis: Analysis) -> Said:
    """What the offline reader says of a document."""
    reader = backend_for("offline")
    tasks = [Task("extract", analysis.doc_type, document, group=group) for group in analysis.groups]
    return {name: said for task in tasks for name, said in reader.answer(task).fields.items()}


@dataclass(frozen=True, slots=True)
class Shown:
    """How far one field of a document was shown: its evidence, and its evidence or its value."""

    name: str
    strict: float
    lenient: float


@dataclass(frozen=True, slots=True)
class Measured:
    """What was shown of one document: its gold fields, and tokens of the document, of the passages, and as they are put."""

    fields: list[Shown]
    whole: int
    spent: int
    put: int


def measured(
    case: Case, weights: Weights, share: float, least: int = LEAST_TOKENS, said: Said | None = None
) -> Measured:
    """Each gold field of a document, how far it is shown at a share.

    Args:
        case: the document.
        weights: learned without it.
        share: of its tokens, that all prompts show together.
        least: tokens that they show even where that is more.
        said: hints in place of the case's own.
    """
    found = Ranked(case.seen, chances(case.seen, case.analysis, case.said if said is None else said, weights))
    whole = tokens_of(case.document.text)
    shown = passages_for(found, case.analysis.groups, max(round(share * whole), least))
    spent = sum(tokens_of(p.text) for own in shown.values() for p in own)
    put = sum(tokens_of(render("extract", case.analysis, passages=own)[1][1]) for own in shown.values())
    of = {name: shown[group.name] for group in case.analysis.groups for name in group.fields}
    return Measured([_field(case, name, of[name]) for name in case.items], whole, spent, put)


def _field(case: Case, name: str, shown: Sequence[Passage]) -> Shown:
    held = case.seen.within([(p.start, p.end) for p in shown])
    strict = float(np.mean([any(held[units].all() for units in item) for item in case.items[name]]))
    said = case.gold.fields[name]
    text = squeezed("\n".join(p.text for p in shown))
    by_value = said is not None and name not in LISTS and any(_stands(value, text) for value in said.values)
    return Shown(name, strict, max(strict, float(by_value)))


def _stands(value: object, text: str) -> bool:
    parts = [squeezed(str(part)) for part in (value if isinstance(value, list) else [value])]
    return bool(parts) and all(len(part) >= _SURE and part in text for part in parts)


def cross_validated(cases: Sequence[Case]) -> list[Weights]:
    """For each case weights learned without it and the others of its fold."""
    folds = [learn([c for i, c in enumerate(cases) if i % FOLDS != fold]) for fold in range(FOLDS)]
    return [folds[i % FOLDS] for i in range(len(cases))]


def report(cases: Sequence[Case], weights: Sequence[Weights], shares: Sequence[float], folders: Sequence[Path]) -> None:
    """Prints recall at shares, by folder, with the offline reader's hints and without."""
    for folder in folders:
        own = [(c, w) for c, w in zip(cases, weights, strict=True) if c.folder == folder]
        for share in shares if own else ():
            for label, least, said in (("", LEAST_TOKENS, None), (", without a floor", 0, None), (", without hints", LEAST_TOKENS, {})):  # fmt: skip
                results = [measured(case, w, share, least, said) for case, w in own]
                print(f"{folder} {share:.0%}{label}: {len(own)} documents, {_figures(results)}")
        if own:
            _worst([f for c, w in own for f in measured(c, w, shares[-1]).fields])


def _figures(results: Sequence[Measured]) -> str:
    fields = [one for result in results for one in result.fields]
    quoted = [one.lenient for one in fields if one.name not in LISTS]
    whole, spent, put = (sum(getattr(r, name) for r in results) for name in ("whole", "spent", "put"))
    return (
        f"{np.mean([one.strict for one in fields]):.3f} of {len(fields)} fields, quote fields or their values "
        f"{np.mean(quoted):.3f} of {len(quoted)}, share {spent / whole:.3f} ({put / whole:.3f} with tags and headings; "
        f"mean by document {np.mean([r.spent / r.whole for r in results]):.3f})"
    )


def _worst(fields: Sequence[Shown]) -> None:
    by_name: dict[str, list[float]] = {}
    for one in fields:
        by_name.setdefault(one.name, []).append(one.strict)
    lost = sorted(by_name, key=lambda name: sum(by_name[name]) - len(by_name[name]))[:10]
    print("  least shown:", ", ".join(f"{n} {np.mean(by_name[n]):.2f} of {len(by_name[n])}" for n in lost))


def main() -> None:
    """Cross-validates, and writes the weights learned from all documents if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--share", type=float, action="append", help="of a document's tokens; may be repeated")
    parser.add_argument("--write", action="store_true", help=f"write pipeline/retrieve/{WEIGHTS}")
    given = parser.parse_args()
    documents = labelled(given.folders)
    learned_weights: dict[str, Mapping[str, object]] = {}
    for terms_name, shares in SHARES.items():
        own = [d for d in documents if analysis_for(d[1].doc_type).terms == terms_name]
        if not own:
            continue
        if terms_name == "LeaseTerms":
            said = read_out_of_fold(own)
        else:
            said = [read_by_rules(document, analysis_for(gold.doc_type)) for _, gold, document in own]
        cases = [case_of(*parts, hints) for parts, hints in zip(own, said, strict=True)]
        report(cases, cross_validated(cases), given.share or shares, given.folders)
        if given.write:
            learned_weights[terms_name] = as_data(learn(cases))
    if given.write:
        data = json.dumps(learned_weights, sort_keys=True, separators=(",", ":")).encode()
        Path(str(files("pipeline.retrieve") / WEIGHTS)).write_bytes(gzip.compress(data, mtime=0))


if __name__ == "__main__":
    main()
