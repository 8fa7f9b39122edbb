"""The evaluation harness: scores, floors and benchmarks. Uses only the public API."""
