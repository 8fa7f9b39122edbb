"""Leases that comply with the law of their place, and the same with one known defect each: what validation finds of them."""

from eval.mutants.run import Outcome, Tally, judge_folder, tally

__all__ = ["Outcome", "Tally", "judge_folder", "tally"]
