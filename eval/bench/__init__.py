"""Benchmarks: `python -m eval.bench [FOLDER]` prints speed, memory and start-up figures as ratios where it can."""
